/** The page: who acts, where they are, and what the local Slack tells. */

import { get, listen, who } from "./api.js";
import { frameOf, hideChannel, markRead, showChannel } from "./channel_pane.js";
import { debounced, el } from "./dom.js";
import { guide } from "./guide.js";
import { hideHome, showApp } from "./home.js";
import { inspector } from "./inspector.js";
import { loadStack, takeStack } from "./modals.js";
import { nameOf } from "./names.js";
import { closePopover } from "./popover.js";
import { sidebar } from "./sidebar.js";
import {
  dropMessage,
  emit,
  forget,
  keepMessage,
  loadMessages,
  loadState,
  messagesOf,
  on,
  openChannel,
  store,
  takeClock,
} from "./store.js";
import { topbar } from "./topbar.js";

const asked = new URLSearchParams(window.location.search);
const root = document.documentElement;
const pane = el("main.pane", { id: "pane" });
const away = el("div.away", { role: "status" });
const payloads = inspector(root);
let stream = null;
let wantedTs = asked.get("ts") ?? "";

const narrow = () => window.matchMedia("(max-width: 767px)").matches;

function drawer(open = !root.classList.contains("sidebar-open")) {
  root.classList.toggle("sidebar-open", open);
}

/** Where the address says to be. */
function placeFromAddress() {
  const hash = decodeURIComponent(window.location.hash.slice(1));
  const tab = { "app-home": "home", "app-messages": "messages" }[hash] ?? "";
  if (tab) return { channel: "", tab };
  if (store.channels.has(hash)) return { channel: hash, tab: "" };
  const all = [...store.channels.values()].filter((channel) => channel.kind !== "im");
  const mine = all.filter((channel) => channel.is_member);
  const shown = mine.find((channel) => channel.id === store.guide?.steps[0]?.place);
  const general = mine.find((channel) => channel.name === "general");
  return { channel: (shown ?? general ?? mine[0] ?? all[0])?.id ?? "", tab: all.length ? "" : "home" };
}

let frame = "";

/** Show where the person is; a second call with nothing new leaves the pane alone. */
function go() {
  store.place = placeFromAddress();
  const channel = openChannel();
  const wanted = JSON.stringify([store.place, channel ? frameOf(channel) : store.me.id]);
  if (wanted === frame) return;
  frame = wanted;
  const { tab } = store.place;
  const title = tab ? store.app.name : `#${channel?.name}`;
  document.title = `${title} · ${nameOf(store.me.id)} · Local Slack`;
  if (tab) {
    showApp(pane, tab);
  } else if (channel) {
    hideHome();
    showChannel(pane, channel, { ts: wantedTs });
    wantedTs = "";
  } else {
    hideHome();
    hideChannel();
    pane.replaceChildren(el(
      "div.home-empty",
      {},
      el("p", {}, "There is no channel that this person may see."),
    ));
  }
  emit("place");
}

function drawAway() {
  const sentence = !store.reachable
    ? "The local Slack does not answer. This page goes on by itself when it is back."
    : !store.connected
      ? `The app is not running yet: nothing answers commands and buttons until it is.`
      : "";
  away.textContent = sentence;
  away.hidden = !sentence;
}

const refetch = debounced(async () => {
  if (!(await loadState())) {
    start();
    return;
  }
  go();
  const channel = openChannel();
  if (channel) loadMessages(channel.id);
  loadStack();
}, 40);

const handlers = {
  async opened() {
    store.reachable = true;
    await loadState();
    go();
    const channel = openChannel();
    if (channel && messagesOf(channel.id).size) loadMessages(channel.id);
    loadStack();
    payloads.load();
    drawAway();
  },
  lost() {
    store.reachable = false;
    drawAway();
  },
  message({ channel, message }) {
    const mine = message.user === store.me.id && [...messagesOf(channel).values()].find((one) => one.pending && !one.failed);
    if (mine) messagesOf(channel).delete(mine.ts);
    keepMessage(channel, mine ? { ...message, key: mine.key } : message);
    const known = store.channels.get(channel);
    if (!known) refetch();
    else if (known === openChannel() && !document.hidden) markRead();
    else if (known.is_member && message.user !== store.me.id) {
      known.unread += 1;
      emit("place");
    }
  },
  message_changed({ channel, message }) {
    const { key } = messagesOf(channel).get(message.ts) ?? {};
    keepMessage(channel, key ? { ...message, key } : message);
  },
  message_deleted({ channel, ts }) {
    dropMessage(channel, ts);
  },
  views({ stack }) {
    takeStack(stack);
  },
  home({ view }) {
    store.home = view;
    emit("home");
  },
  state: refetch,
  payload: payloads.take,
  clock({ now }) {
    takeClock(now);
  },
};

/** Act as somebody from now on, in this tab. */
async function become(user) {
  stream?.close();
  closePopover();
  takeStack([]);
  forget();
  who.as = user;
  sessionStorage.setItem("as", user);
  const url = new URL(window.location.href);
  url.search = new URLSearchParams({ as: user });
  window.history.replaceState(null, "", url);
  frame = "";
  stream = listen(handlers);
}

/** Who acts at first: the address says, or this tab remembers, or the guide, or the first person there is. */
async function firstPerson() {
  who.window = sessionStorage.getItem("window") ?? crypto.randomUUID().slice(0, 8);
  sessionStorage.setItem("window", who.window);
  // Slackbot is in every workspace, so asking as Slackbot tells who else is.
  const { people = [], guide: offered } = await get("/_sim/state", { as: "USLACKBOT" });
  const able = people.filter((person) => !person.is_bot && !person.deleted && person.id !== "USLACKBOT");
  const wanted = [
    asked.get("as"),
    sessionStorage.getItem("as"),
    offered?.steps[0]?.person,
  ].find((id) => able.some((person) => person.id === id));
  return wanted ?? able[0]?.id;
}

/** Act as somebody; while there is nobody, look again now and then. */
async function start() {
  const person = await firstPerson();
  if (person) {
    become(person);
    return;
  }
  away.textContent = "There is nobody in this workspace to act as.";
  setTimeout(start, 1_500);
}

/** Lead somebody to a place, as the person who tries something there. */
function lead(person, place) {
  window.location.hash = place;
  if (person && person !== store.me.id) become(person);
}

function build() {
  if (asked.get("channel")) window.location.hash = asked.get("channel");
  const nav = sidebar();
  const veil = el("div.sidebar-veil", { onclick: () => drawer(false) });
  document.body.append(
    topbar({ become, inspector: payloads.toggle, drawer: () => drawer() }),
    nav,
    veil,
    guide(lead),
    pane,
    payloads.drawer,
    away,
  );
  window.addEventListener("hashchange", () => {
    store.newFrom = "";
    go();
  });
  nav.addEventListener("click", (event) => narrow() && event.target.closest("a") && drawer(false));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !store.me) return;
    markRead();
    emit("place");
  });
  on("state", drawAway);
}

build();
start();
