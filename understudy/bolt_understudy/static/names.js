/** How people, the app and channels are shown. */

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { store } from "./store.js";

/** The name beside a message. */
export function nameOf(user) {
  if (user === store.app.bot_user) return store.app.name;
  if (user === "USLACKBOT") return "Slackbot";
  const person = store.people.get(user);
  return person ? person.display_name || person.real_name : user;
}

/** Whether it is a program that speaks under this id. */
export function isApp(user) {
  return user === store.app.bot_user || Boolean(store.people.get(user)?.is_bot);
}

/** A coloured square with initials; `size` is `small`, `medium` or `large`. */
export function avatar(user, size = "large") {
  const person = store.people.get(user);
  const square = el(`span.avatar.${size}`, { "aria-hidden": "true" });
  if (person) {
    square.textContent = person.initials;
    square.style.backgroundColor = `#${person.color.replace("#", "")}`;
  } else {
    square.textContent = nameOf(user).slice(0, 1).toUpperCase();
    square.classList.add("app");
  }
  return square;
}

/** The mark of a channel: `#`, a lock, or two rings for one that is shared with others. */
export function channelMark(channel, size = 16) {
  return icon({ private: "lock", shared: "rings" }[channel.kind] ?? "hash", size);
}

/** `#general`, for labels and sentences. */
export function channelTitle(channel) {
  return channel.kind === "im" ? nameOf(channel.with) : `#${channel.name}`;
}

/** `<@U…>` as people see it. */
export function personMention(user, fallback) {
  const known = store.people.has(user) || user === store.app.bot_user;
  const own = user === store.me.id;
  return el(`span.mention${own ? ".me" : ""}`, { dir: "auto" }, `@${known ? nameOf(user) : fallback || user}`);
}

/** `<#C…>` as people see it: a way to the channel when the person may see it. */
export function channelMention(id, fallback) {
  const channel = store.channels.get(id);
  if (!channel) return el("span.mention", {}, fallback ? `#${fallback}` : "a private channel");
  return el("a.mention", { href: `#${id}` }, channelMark(channel, 13), channel.name);
}

/** `@channel`, `@here` or `@everyone`. */
export function broadcastMention(range) {
  return el("span.mention.me", {}, `@${range}`);
}

/** Whether an address is of the web or of mail; nothing else is followed. */
export function isSafe(url) {
  return /^(https?:|mailto:|\/)/i.test(url);
}

/** Whether an address is of this workspace, as those of messages are. */
export function isOurs(url) {
  return url.startsWith(`${window.location.origin}/`);
}

/** A link: to this workspace in this tab, elsewhere in another; an unsafe one stays dead text. */
export function link(url, ...label) {
  const shown = label.length ? label : [url.replace(/^mailto:/, "")];
  if (!isSafe(url)) return el("span", {}, ...shown);
  return el(
    "a",
    { href: url, ...(!isOurs(url) && { target: "_blank", rel: "noopener noreferrer" }) },
    ...shown,
  );
}
