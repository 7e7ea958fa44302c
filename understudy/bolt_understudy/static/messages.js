/** The rows of a conversation. */

import { reconcileBlocks } from "./blocks.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { reconcile } from "./keyed.js";
import { messageTools } from "./message_menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar, isApp, nameOf } from "./names.js";
import { store } from "./store.js";
import { Surface } from "./surface.js";
import { clockTime, dayOf, dayTitle, fullMoment } from "./times.js";

const TOGETHER = 300;
const surfaces = new WeakMap();

function author(message) {
  const person = store.people.get(message.user);
  const outside = person && person.team !== store.team.id && person;
  return el("span.author", {},
    el("span.name", { dir: "auto" }, nameOf(message.user)),
    isApp(message.user) && el("span.badge", {}, "App"),
    outside && el("span.badge.outside", { title: outside.role }, icon("rings", 12)));
}

function time(message, words) {
  return el("time.time", { title: fullMoment(Number(message.ts)) }, words);
}

/** Fill a row, or bring it up to date. */
function fill(row, message, compact) {
  const unix = Number(message.ts);
  row.classList.toggle("ephemeral", message.ephemeral);
  row.classList.toggle("pending", Boolean(message.pending));
  row.classList.toggle("compact", compact);
  row.dataset.ts = message.ts;
  if (!message.local && !row.tools) {
    row.tools = messageTools(message);
    row.append(row.tools);
  }
  row.setAttribute("aria-label", `${nameOf(message.user)}, ${clockTime(unix)}`);
  const [gutter, note, heading, body, failure] = row.parts;
  gutter.replaceChildren(compact ? time(message, clockTime(unix)) : avatar(message.user));
  note.replaceChildren(...(message.ephemeral && !compact ? [icon("eye", 13), "Only visible to you"] : []));
  heading.replaceChildren(...(compact ? [] : [author(message), time(message, clockTime(unix))]));
  if (message.failed) failure.replaceChildren(el("span", {}, `Not sent. ${message.failed}`));
  const edited = message.edited ? [el("span.edited", {}, " (edited)")] : [];
  if (message.blocks?.length) {
    let surface = surfaces.get(row);
    if (!surface) {
      const container = { type: "message", channel: message.channel, ts: message.ts };
      surface = new Surface(container, {
        channel: message.channel,
        failed: (why) => failure.replaceChildren(...(why ? [icon("alert", 14), el("span", {}, why)] : [])),
      });
      surfaces.set(row, surface);
    }
    surface.take(message.blocks);
    if (!body.blocks) {
      body.blocks = el("div.blocks");
      body.replaceChildren(body.blocks);
    }
    reconcileBlocks(body.blocks, message.blocks, surface);
    for (const old of body.querySelectorAll(":scope > .edited")) old.remove();
    body.append(...edited);
  } else {
    body.blocks = null;
    body.replaceChildren(el("div.message-text", { dir: "auto" }, mrkdwn(message.text), edited));
  }
  for (const file of body.querySelectorAll(":scope > .file")) file.remove();
  if (message.files?.length) body.append(...message.files.map(fileCard));
}

function fileCard(file) {
  const kilobytes = Math.max(1, Math.round(file.size / 1024));
  const size = kilobytes < 1024 ? `${kilobytes} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
  const name = el("span.file-name", { dir: "auto" }, file.title);
  const about = el("span.file-about", {}, `${file.filetype.toUpperCase()} · ${size}`);
  const path = new URL(file.url_private_download).pathname;
  return el("a.file", { href: path, download: file.name, "aria-label": `Download ${file.title}, ${size}` }, icon("file", 20), el("span.file-words", {}, name, about));
}

function rowOf(message, compact) {
  const parts = [
    el("div.gutter"),
    el("div.only-you"),
    el("div.heading"),
    el("div.body"),
    el("div.row-failure", { role: "status" }),
  ];
  const row = el("div.message", { role: "article" }, parts[0], el("div.message-main", {}, parts.slice(1)));
  row.parts = parts;
  fill(row, message, compact);
  return row;
}

const sameVoice = (one, other) =>
  one && one.user === other.user && Boolean(one.ephemeral) === Boolean(other.ephemeral) && Number(other.ts) - Number(one.ts) < TOGETHER;

/** Bring a log up to date with the messages of its channel; `newFrom` is the ts of the first unread one. */
export function drawMessages(log, messages, newFrom) {
  const items = [];
  let before = null;
  for (const message of messages) {
    const day = dayOf(Number(message.ts));
    const newDay = !before || dayOf(Number(before.ts)) !== day;
    const title = dayTitle(Number(message.ts));
    if (newDay) items.push({
      key: `day ${day}`,
      sig: title,
      make: () => el("div.day", { role: "separator", "aria-label": title }, el("span", {}, title)),
    });
    const isNew = message.ts === newFrom;
    if (isNew) items.push({
      key: "new",
      sig: "",
      make: () => el(
        "div.new-line",
        { role: "separator", "aria-label": "New messages" },
        el("span", {}, "New"),
      ),
    });
    const compact = !newDay && !isNew && sameVoice(before, message);
    items.push({
      key: message.key ?? message.ts,
      sig: JSON.stringify([message, compact]),
      make: () => rowOf(message, compact),
      patch: (row) => fill(row, message, compact),
    });
    before = message;
  }
  reconcile(log, items);
}
