/** The pane of a conversation: its head, its log and what stands below. */

import { post, reason } from "./api.js";
import { composer } from "./composer.js";
import { el } from "./dom.js";
import { holdFocus } from "./focus.js";
import { drawMessages } from "./messages.js";
import { avatar, channelMark, channelTitle, nameOf } from "./names.js";
import { openMenu } from "./popover.js";
import { appChannel, emit, loadMessages, messagesOf, on, openChannel, store } from "./store.js";
import { toast } from "./toast.js";

const NEAR = 80;
let shown = null;

function members(channel) {
  const present = channel.members.filter((user) => !store.people.get(user)?.deleted);
  const button = el("button.button.compact.members", {
    type: "button",
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    "aria-label": `${present.length} members`,
  },
    present.slice(0, 3).map((user) => avatar(user, "small")), el("span", {}, String(present.length)));
  button.addEventListener("click", () => {
    const people = present.map((user) => ({
      label: nameOf(user),
      note: store.people.get(user)?.role,
      before: avatar(user, "small"),
      run() {},
    }));
    const appIn = channel.members.includes(store.app.bot_user);
    const add = {
      label: `Add ${store.app.name}`,
      note: "Lets the app post here",
      before: avatar(store.app.bot_user, "small"),
      run: () => change(channel, { add: [store.app.bot_user] }),
    };
    openMenu(
      button,
      [{ heading: "Members" }, ...people, ...(appIn || !channel.is_member ? [] : [{ heading: "Apps" }, add])],
      { label: "Members", align: "end" },
    );
  });
  return button;
}

async function change(channel, what) {
  const answer = await post("/_sim/channels", { id: channel.id, ...what });
  if (!answer.ok) toast(reason(answer));
}

function head(channel) {
  return [
    el("h1", { dir: "auto" }, channelMark(channel, 18), el("span", {}, channel.name)),
    channel.kind === "shared" && el("span.badge.outside", {}, "Shared with another organisation"),
    channel.topic && el("span.topic", { dir: "auto", title: channel.topic }, channel.topic),
    el("span.grow"),
    members(channel),
  ].filter(Boolean);
}

function foot(channel, title) {
  if (channel.is_archived) return { node: el("div.composer-off", {}, "This channel is archived.") };
  if (channel.is_member === false) {
    const join = el(
      "button.button.primary",
      { type: "button", onclick: () => change(channel, { add: [store.me.id] }) },
      "Join channel",
    );
    return { node: el("div.composer-off", {}, el("b", { dir: "auto" }, title), join) };
  }
  const silent = channel === appChannel() && store.app.messages_tab_read_only;
  return silent ? { node: el(
    "div.composer-off",
    {},
    "Sending messages to this app has been turned off.",
  ) } : composer(channel, title);
}

function beginning(channel, title) {
  const words = channel.kind === "im" ? `This is the beginning of your conversation with ${title}.` : `This is the very beginning of the ${title} channel.`;
  return el(
    "div.beginning",
    {},
    channel.kind === "im" ? avatar(channel.with, "large") : channelMark(channel, 36),
    el("div", {}, el("h2", { dir: "auto" }, title), el("p", {}, words)),
  );
}

const sorted = (channel) => [...messagesOf(channel.id).values()].sort((one, other) => Number(one.ts) - Number(other.ts) || (one.local ? 1 : -1));

function toEnd() {
  shown.scroller.scrollTop = shown.scroller.scrollHeight;
}

function draw() {
  if (!shown) return;
  drawMessages(shown.log, sorted(shown.channel), store.newFrom);
  if (shown.atEnd) toEnd();
}

/** The scrolling part; it stays at its end, once there, whatever grows or shrinks. */
function scrollerFor(...children) {
  const scroller = el("div.scroller", { tabindex: "-1" }, ...children);
  scroller.addEventListener("scroll", () => {
    if (shown?.scroller === scroller) shown.atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
  });
  const observer = new ResizeObserver(() => {
    if (!scroller.isConnected) observer.disconnect();
    else if (shown?.scroller === scroller && shown.atEnd) toEnd();
  });
  observer.observe(scroller);
  return scroller;
}

/** Mark the open channel as read, here and for the local Slack. */
export function markRead() {
  const channel = openChannel();
  if (!channel || document.hidden || !messagesOf(channel.id).size) return;
  if (channel.unread) {
    channel.unread = 0;
    emit("place");
  }
  post("/_sim/read", { channel: channel.id });
}

function firstUnread(channel) {
  if (!channel.unread) return "";
  const others = sorted(channel).filter((message) => message.user !== store.me.id);
  return others.at(-channel.unread)?.ts ?? "";
}

/** What of a channel the pane's frame shows; another value means to draw the frame anew. */
export function frameOf(channel) {
  return JSON.stringify([
    store.me.id,
    channel,
    store.app,
  ].map((part) => (part === channel ? { ...channel, unread: 0 } : part)));
}

/** Show a channel in `pane`; `heading` replaces the channel's own head (the app's tabs). */
export async function showChannel(pane, channel, { heading, ts } = {}) {
  const again = shown?.channel.id === channel.id && shown.me === store.me.id && pane.contains(shown.log);
  const title = channelTitle(channel);
  const log = again ? shown.log : el("div.log", { role: "log", "aria-label": `Messages in ${title}` });
  const scroller = again ? shown.scroller : scrollerFor(beginning(channel, title), log);
  const below = foot(channel, title);
  const top = heading ?? el("header.pane-head", {}, head(channel));
  const bottom = el("footer.pane-foot", {}, below.node);
  if (again) {
    // The log stays where it is: what is taken out and put back loses the focus.
    for (const [old, fresh] of [[scroller.previousElementSibling, top], [scroller.nextElementSibling, bottom]]) {
      const restore = holdFocus(old);
      old.replaceWith(fresh);
      restore(fresh);
    }
  } else {
    pane.replaceChildren(top, scroller, bottom);
  }
  shown = { channel, log, scroller, me: store.me.id, atEnd: again ? shown.atEnd : true };
  if (again) {
    if (shown.atEnd) toEnd();
    return;
  }
  draw();
  await loadMessages(channel.id);
  if (shown?.log !== log) return;
  store.newFrom = firstUnread(channel);
  draw();
  markRead();
  const wanted = ts ? log.querySelector(`[data-ts="${CSS.escape(ts)}"]`) : null;
  wanted?.scrollIntoView({ block: "center" });
  wanted?.classList.add("wanted");
  if (window.matchMedia("(min-width: 768px)").matches && !document.querySelector("[role=dialog]")) below.focus?.();
}

/** Forget what is shown: the pane shows something else. */
export function hideChannel() {
  shown = null;
}

let due = false;
on("messages", (channel) => {
  if (due || shown?.channel.id !== channel) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    draw();
  });
});
on("clock", draw);
