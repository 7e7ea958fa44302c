/** The app's pane: its Home and Messages tabs. */

import { get, post, reason } from "./api.js";
import { reconcileBlocks } from "./blocks.js";
import { hideChannel, showChannel } from "./channel_pane.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { avatar } from "./names.js";
import { appChannel, on, store } from "./store.js";
import { Surface } from "./surface.js";

let shown = null;

function heading(tab) {
  const tabs = [
    store.app.home_tab !== false && ["home", "Home"],
    store.app.messages_tab !== false && ["messages", "Messages"],
  ].filter(Boolean);
  const move = (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    window.location.hash = tab === "home" ? "app-messages" : "app-home";
  };
  return el(
    "header.pane-head.app-head", {},
    el(
      "div.app-title",
      {},
      avatar(store.app.bot_user, "medium"),
      el("h1", { dir: "auto" }, store.app.name),
      el("span.badge", {}, "App"),
    ),
    el("div.tabs", {
      role: "tablist",
      "aria-label": store.app.name,
      onkeydown: move,
    }, tabs.map(([key, label]) =>
      el(
        "a.tab",
        {
          role: "tab",
          href: `#app-${key}`,
          "aria-selected": String(key === tab),
          tabindex: key === tab ? "0" : "-1",
        },
        label,
      ))),
  );
}

function draw() {
  if (!shown) return;
  const { home } = store;
  shown.empty.hidden = Boolean(home);
  if (!home) {
    reconcileBlocks(shown.blocks, [], shown.surface);
    return;
  }
  if (shown.hash === home.hash) return;
  shown.hash = home.hash;
  shown.surface.take(home.blocks, home.state?.values);
  reconcileBlocks(shown.blocks, home.blocks, shown.surface);
}

async function showHome(pane) {
  const failure = el("div.banner", { role: "alert" });
  const failed = (why) => failure.replaceChildren(...(why ? [icon("alert", 16), el("span", {}, why)] : []));
  const surface = new Surface({ type: "home" }, { failed });
  const blocks = el("div.blocks");
  const empty = el(
    "div.home-empty",
    { hidden: true },
    el("h2", {}, "This is a work in progress"),
    el("p", {}, `${store.app.name} has not published its Home yet.`),
  );
  hideChannel();
  pane.replaceChildren(
    heading("home"),
    el("div.scroller.home", { role: "tabpanel", "aria-label": "Home", tabindex: "-1" }, failure, empty, blocks),
  );
  shown = { surface, blocks, empty, hash: "" };
  const mine = shown;
  const before = await get("/_sim/home");
  if (shown !== mine) return;
  store.home = before.view ?? null;
  if (store.home) draw();
  const answer = await post("/_sim/home");
  if (shown !== mine) return;
  if (!answer.ok && answer.error !== "dispatch_failed") failed(reason(answer));
  draw();
}

/** Show the app in `pane`, at one of its tabs. */
export function showApp(pane, tab) {
  if (tab === "home") return showHome(pane);
  hideHome();
  const channel = appChannel();
  if (channel) return showChannel(pane, channel, { heading: heading("messages") });
  hideChannel();
  pane.replaceChildren(
    heading("messages"),
    el("div.scroller", {}, el("div.home-empty", {}, el("p", {}, "There are no messages yet."))),
  );
  return undefined;
}

/** Forget the Home tab: the pane shows something else. */
export function hideHome() {
  shown = null;
}

on("home", draw);
