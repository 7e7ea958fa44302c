/** The rich text block as nodes. */

import { dateNode } from "./dates.js";
import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcastMention, channelMention, link, personMention } from "./names.js";

const STYLES = {
  code: "code",
  strike: "s",
  italic: "i",
  bold: "b",
  underline: "u",
  highlight: "mark",
  client_highlight: "mark",
};

function emojiCharacters(element) {
  if (element.unicode) {
    return String.fromCodePoint(...element.unicode.split("-").map((code) => Number.parseInt(code, 16)));
  }
  return emoji(element.name) ?? `:${element.name}:`;
}

const INLINE = {
  text: (element) => document.createTextNode(element.text),
  link: (element) => link(element.url, element.text || element.url),
  user: (element) => personMention(element.user_id),
  usergroup: (element) => el("span.mention", {}, `@${element.usergroup_id}`),
  team: (element) => el("span.mention", {}, element.team_id),
  channel: (element) => channelMention(element.channel_id),
  broadcast: (element) => broadcastMention(element.range),
  emoji: (element) => el(
    "span.emoji",
    { role: "img", "aria-label": element.name.replaceAll("_", " ") },
    emojiCharacters(element),
  ),
  date: (element) => {
    const shown = dateNode(element.timestamp, element.format, element.fallback);
    return element.url ? link(element.url, shown) : shown;
  },
  color: (element) => {
    const swatch = el("span.swatch", { "aria-hidden": "true" });
    swatch.style.backgroundColor = element.value;
    return el("span", {}, element.value, swatch);
  },
};

function styled(element) {
  let node = INLINE[element.type]?.(element) ?? document.createTextNode("");
  for (const [style, tag] of Object.entries(STYLES)) {
    if (element.style?.[style]) node = el(tag, {}, node);
  }
  return node;
}

/** The text, links and mentions of one section. */
export function inlineNodes(elements) {
  return elements.map(styled);
}

function list(element) {
  const ordered = element.style === "ordered";
  const start = ordered && element.offset ? element.offset + 1 : null;
  const node = el(ordered ? "ol" : "ul", { start, "data-depth": (element.indent ?? 0) % 3 });
  node.append(...element.elements.map((item) => el("li", { dir: "auto" }, inlineNodes(item.elements))));
  if (element.indent) node.style.marginInlineStart = `${element.indent * 28}px`;
  if (element.border) node.classList.add("bordered");
  return node;
}

const PARTS = {
  rich_text_section: (element) => el("div.paragraph", { dir: "auto" }, inlineNodes(element.elements)),
  rich_text_list: list,
  rich_text_quote: (element) => el("blockquote", { dir: "auto" }, inlineNodes(element.elements)),
  rich_text_preformatted: (element) => el("pre", { dir: "auto" }, inlineNodes(element.elements)),
};

/** A `rich_text` block, also as it stands in a table cell or in an editor. */
export function richText(block) {
  return el("div.rich-text", {}, block.elements.map((element) => PARTS[element.type]?.(element)));
}
