/** Slack's mrkdwn and plain text as nodes. Line breaks stay characters; the CSS keeps them. */

import { dateNode } from "./dates.js";
import { el, fragment } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { broadcastMention, channelMention, link, personMention } from "./names.js";
import { store } from "./store.js";

const MARKS = { "*": "b", _: "i", "~": "s" };

function unescaped(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** What stands between `<` and `>`: a mention, a date or a link. */
function reference(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : unescaped(inside.slice(bar + 1));
  if (target.startsWith("@")) return personMention(target.slice(1), label);
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!date^")) {
    const [, unix, template, url] = target.split("^");
    if (!Number.isFinite(Number(unix))) return document.createTextNode(label);
    const shown = dateNode(Number(unix), unescaped(template), label);
    return url ? link(unescaped(url), shown) : shown;
  }
  if (target.startsWith("!subteam^")) return el("span.mention", {}, label || "@group");
  if (target.startsWith("!")) return broadcastMention(target.slice(1));
  const url = unescaped(target);
  return label ? link(url, label) : link(url);
}

const isWord = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Where the mark that opens at `start` closes again on its line, or -1. */
function closing(text, start, mark) {
  const next = text[start + 1];
  if (next === undefined || next === mark || /\s/.test(next) || isWord(text[start - 1])) return -1;
  for (let at = start + 1; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] === "<") at = Math.max(at, text.indexOf(">", at));
    else if (text[at] === "`" && mark !== "`") at = Math.max(at, text.indexOf("`", at + 1));
    else if (text[at] === mark && at > start + 1 && !/\s/.test(text[at - 1]) && !isWord(text[at + 1])) return at;
  }
  return -1;
}

const ADDRESS = /https?:\/\/[^\s<>|]*[^\s<>|.,;:!?'")\]}]/y;
const NAME = /:([a-z0-9_+-]+)(?:::skin-tone-\d)?:/y;
const TYPED_CHANNEL = /#([\p{Ll}\p{N}_-]+)/uy;
const TYPED_RANGE = /@(here|channel|everyone)\b/y;

function matchAt(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** What Slack makes of bare words unless the text is verbatim. */
function parsedByItself(text, at) {
  if (isWord(text[at - 1])) return null;
  const address = matchAt(ADDRESS, text, at);
  if (address) return [link(unescaped(address[0])), address[0].length];
  const range = matchAt(TYPED_RANGE, text, at);
  if (range) return [broadcastMention(range[1]), range[0].length];
  const named = matchAt(TYPED_CHANNEL, text, at);
  const channel = named && [...store.channels.values()].find((one) => one.name === named[1]);
  return channel ? [channelMention(channel.id), named[0].length] : null;
}

function inline(text, verbatim) {
  const nodes = [];
  let plain = "";
  const add = (node) => {
    if (plain) nodes.push(unescaped(plain));
    plain = "";
    nodes.push(node);
  };
  for (let at = 0; at < text.length; ) {
    const character = text[at];
    const end = character === "<" ? text.indexOf(">", at) : -1;
    const close = character === "`" || MARKS[character] ? closing(text, at, character) : -1;
    const named = character === ":" ? matchAt(NAME, text, at) : null;
    const found = !verbatim && "h@#".includes(character) ? parsedByItself(text, at) : null;
    if (end > 0) {
      add(reference(text.slice(at + 1, end)));
      at = end + 1;
    } else if (close > 0) {
      const inside = text.slice(at + 1, close);
      add(character === "`" ? el("code", {}, unescaped(inside)) : el(
        MARKS[character],
        {},
        inline(inside, verbatim),
      ));
      at = close + 1;
    } else if (named && emoji(named[1])) {
      add(el("span.emoji", { role: "img", "aria-label": named[1].replaceAll("_", " ") }, emoji(named[1])));
      at += named[0].length;
    } else if (found) {
      add(found[0]);
      at += found[1];
    } else {
      plain += character;
      at += 1;
    }
  }
  if (plain) nodes.push(unescaped(plain));
  return nodes;
}

/** Quotes and the lines between them. */
function lines(text, verbatim) {
  const nodes = [];
  let quoted = null;
  let open = [];
  const flush = () => {
    if (!open.length) return;
    const content = inline(open.join("\n"), verbatim);
    nodes.push(quoted ? el("blockquote", { dir: "auto" }, content) : content);
    open = [];
  };
  const all = text.split("\n");
  for (const [index, line] of all.entries()) {
    const rest = /^(?:>>>|&gt;&gt;&gt;) ?/.exec(line);
    if (rest) {
      flush();
      quoted = true;
      open = [line.slice(rest[0].length), ...all.slice(index + 1)];
      break;
    }
    const quote = /^(?:>|&gt;) ?/.exec(line);
    if (Boolean(quote) !== quoted) flush();
    quoted = Boolean(quote);
    open.push(quote ? line.slice(quote[0].length) : line);
  }
  flush();
  return nodes;
}

/** mrkdwn as nodes; `verbatim` leaves bare addresses, channels and `@here` as typed. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const nodes = text.split(/```\n?([^]*?)\n?```\n?/).map((part, index) => {
    if (index % 2) return el(
      "pre",
      { dir: "auto" },
      unescaped(part.replace(/<([^>|]+)(?:\|([^>]*))?>/g, (_, url, label) => label || url)),
    );
    return part && lines(part, verbatim);
  });
  return fragment(nodes);
}

/** A text object: `plain_text` or `mrkdwn`. */
export function textNodes(object) {
  if (object.type === "mrkdwn") return mrkdwn(object.text, object);
  return fragment(object.emoji === false ? object.text : withEmoji(object.text));
}

/** The words of a text object, for labels. */
export function words(object) {
  const node = el("span");
  node.append(textNodes(object));
  return node.textContent;
}
