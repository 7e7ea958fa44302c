/** The sidebar: channels, direct messages, the app. */

import { el } from "./dom.js";
import { DISCLAIMER } from "./guide.js";
import { reconcile } from "./keyed.js";
import { avatar, channelMark, channelTitle } from "./names.js";
import { appChannel, on, store } from "./store.js";

const byName = (one, other) => one.name.localeCompare(other.name);

function item({ href, label, mark, unread, current, muted }) {
  const kind = unread ? ".unread" : "";
  return {
    key: href,
    sig: JSON.stringify([label, unread, current, muted, mark.sig]),
    make: () => el(
      `a.place${kind}${current ? ".current" : ""}${muted ? ".muted" : ""}`,
      {
        href,
        "aria-current": current ? "page" : null,
        "aria-label": unread ? `${label}, ${unread} unread` : label,
      },
      el("span.place-mark", {}, mark.draw()), el(
        "span.place-name",
        { dir: "auto" },
        label,
      ), unread > 0 && el("span.count", {}, String(unread)),
    ),
  };
}

function section(title, items) {
  return {
    key: title,
    sig: JSON.stringify(items.map((one) => [one.key, one.sig])),
    make() {
      const list = el("div.places");
      reconcile(list, items);
      return el("section", { "aria-label": title }, el("h2", {}, title), list);
    },
    patch: (node) => reconcile(node.lastChild, items),
  };
}

function draw(nav) {
  const { place } = store;
  const all = [...store.channels.values()];
  const app = appChannel();
  const channels = all.filter((channel) => channel.kind !== "im").sort(byName).map((channel) => item({
    href: `#${channel.id}`,
    label: channel.name,
    mark: { sig: channel.kind, draw: () => channelMark(channel) },
    unread: channel.unread,
    current: place.channel === channel.id,
    muted: !channel.is_member,
  }));
  const people = all.filter((channel) => channel.kind === "im" && channel !== app).map((channel) => item({
    href: `#${channel.id}`,
    label: channelTitle(channel),
    mark: { sig: channel.with, draw: () => avatar(channel.with, "small") },
    unread: channel.unread,
    current: place.channel === channel.id,
  }));
  const apps = [item({
    href: app?.unread || store.app.home_tab === false ? "#app-messages" : "#app-home",
    label: store.app.name,
    mark: { sig: "app", draw: () => avatar(store.app.bot_user, "small") },
    unread: app?.unread ?? 0,
    current: Boolean(place.tab),
  })];
  apps[0].key = "app";
  reconcile(
    nav,
    [
      section("Channels", channels),
      ...(people.length ? [section("Direct messages", people)] : []),
      section("Apps", apps),
    ],
  );
}

/** The sidebar's navigation; it draws itself anew when something changes. */
export function sidebar() {
  const nav = el("nav.sidebar", { "aria-label": "Channels and apps", id: "sidebar" });
  const places = el("div.sidebar-places");
  nav.append(places, el("p.disclaimer", {}, DISCLAIMER));
  on("state place", () => store.me && draw(places));
  return nav;
}
