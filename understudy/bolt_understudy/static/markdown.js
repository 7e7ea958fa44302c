/** The markdown block: the common marks of Markdown as nodes. */

import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./names.js";

const SPANS = [
  [/^(`+)([^]*?[^`])\1(?!`)/, (found) => el("code", {}, found[2].trim())],
  [/^!\[([^\]]*)\]\(([^)\s]+)[^)]*\)/, (found) => link(found[2], found[1] || found[2])],
  [/^\[([^\]]+)\]\(([^)\s]+)[^)]*\)/, (found) => link(found[2], ...spans(found[1]))],
  [/^<(https?:\/\/[^>\s]+)>/, (found) => link(found[1])],
  [/^https?:\/\/[^\s<>]*[^\s<>.,;:!?'")\]}]/, (found) => link(found[0])],
  [/^(\*\*|__)(?=\S)([^]*?\S)\1/, (found) => el("b", {}, spans(found[2]))],
  [/^~~(?=\S)([^]*?\S)~~/, (found) => el("s", {}, spans(found[1]))],
  [/^(\*|_)(?=\S)([^]*?\S)\1(?![\p{L}\p{N}])/u, (found) => el("i", {}, spans(found[2]))],
];

function spans(text) {
  const nodes = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    if (text[at] === "\\" && /[\\`*_{}[\]()#+.!~>|-]/.test(text[at + 1] ?? "")) {
      plain += text[at + 1];
      at += 2;
      continue;
    }
    const rest = text.slice(at);
    const inWord = at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1]);
    const match = "`![<h*_~".includes(text[at]) && !(inWord && "_h".includes(text[at]))
      ? SPANS.map(([pattern, make]) => [pattern.exec(rest), make]).find(([found]) => found)
      : null;
    if (match) {
      if (plain) nodes.push(withEmoji(plain));
      plain = "";
      nodes.push(match[1](match[0]));
      at += match[0][0].length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain) nodes.push(withEmoji(plain));
  return nodes;
}

const FENCE = /^(`{3,}|~{3,})/;
const ITEM = /^( *)([-*+]|\d+[.)]) +(.*)$/;
const RULE = /^ {0,3}([-*_])( *\1){2,} *$/;
const HEADING = /^(#{1,6}) +(.*?) *#*$/;
const TABLE_LINE = /^ *\|?[ :|-]*-[ :|-]*\|[ :|-]*$/;

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim());

function table(head, rows) {
  const row = (tag) => (line) => el("tr", {}, cells(line).map((cell) => el(tag, { dir: "auto" }, spans(cell))));
  return el("table.grid", {}, el("thead", {}, row("th")(head)), el("tbody", {}, rows.map(row("td"))));
}

function item(text) {
  const task = /^\[([ xX])\] +(.*)$/.exec(text);
  if (!task) return el("li", { dir: "auto" }, spans(text));
  const box = el("input", { type: "checkbox", checked: task[1] !== " ", disabled: true });
  return el("li.task", { dir: "auto" }, box, " ", spans(task[2]));
}

/** A list with the lists inside it, from lines that are `[indent, ordered, number, text]`. */
function list(items) {
  const [indent, ordered, number] = items[0];
  const node = el(ordered ? "ol" : "ul", { start: ordered && number !== 1 ? number : null });
  for (let at = 0; at < items.length; ) {
    let end = at + 1;
    while (end < items.length && items[end][0] > indent) end += 1;
    const entry = item(items[at][3]);
    if (end > at + 1) entry.append(list(items.slice(at + 1, end)));
    node.append(entry);
    at = end;
  }
  return node;
}

/** Takes lines from the front as long as they pass. */
function taken(lines, passes) {
  const end = lines.findIndex((line) => !passes(line));
  return lines.splice(0, end < 0 ? lines.length : end);
}

function next(lines, headings) {
  const line = lines[0];
  const fence = FENCE.exec(line);
  if (fence) {
    lines.shift();
    const code = taken(lines, (one) => !one.startsWith(fence[1]));
    lines.shift();
    return el("pre", {}, code.join("\n"));
  }
  if (RULE.test(line)) return lines.shift() && el("hr");
  const heading = HEADING.exec(line);
  if (heading) {
    lines.shift();
    // Below the pane's own heading, and no level left out, whatever level the text begins with.
    const level = headings.indexOf(heading[1].length) + 2;
    return el(`h${Math.min(level, 6)}.level-${heading[1].length}`, { dir: "auto" }, spans(heading[2]));
  }
  if (line.startsWith(">")) {
    const quoted = taken(lines, (one) => one.startsWith(">")).map((one) => one.replace(/^> ?/, ""));
    return el("blockquote", { dir: "auto" }, markdownNodes(quoted.join("\n")));
  }
  if (ITEM.test(line)) {
    const items = taken(lines, (one) => ITEM.test(one) || /^ {2,}\S/.test(one)).reduce((all, one) => {
      const found = ITEM.exec(one);
      if (!found) all.at(-1)[3] += ` ${one.trim()}`;
      else all.push([found[1].length, /\d/.test(found[2]), Number.parseInt(found[2], 10), found[3]]);
      return all;
    }, []);
    return list(items);
  }
  if (line.includes("|") && TABLE_LINE.test(lines[1] ?? "")) {
    const [head] = lines.splice(0, 2);
    return table(head, taken(lines, (one) => one.includes("|")));
  }
  const first = lines.shift();
  const rest = taken(
    lines,
    (one) => one.trim() && !FENCE.test(one) && !HEADING.test(one) && !ITEM.test(one) && !one.startsWith(">"),
  );
  return el("p", { dir: "auto" }, spans([first, ...rest].join("\n")));
}

/** Markdown text as block nodes. */
export function markdownNodes(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const nodes = [];
  const levels = lines.map((line) => HEADING.exec(line)?.[1].length).filter(Boolean);
  const headings = [...new Set(levels)].sort();
  while (lines.length) {
    if (lines[0].trim()) nodes.push(next(lines, headings));
    else lines.shift();
  }
  return nodes;
}
