/** A rich text block as the editor holds it, and what is pasted into it. */

import { el } from "./dom.js";
import { command } from "./rich_text_commands.js";
import { inlineNodes } from "./rich_text.js";
import { readRichText } from "./rich_text_reading.js";

/** The inline nodes of a section, one `div` a line. */
function lines(elements) {
  const all = [el("div")];
  for (const node of inlineNodes(elements)) {
    const words = node.nodeType === Node.TEXT_NODE ? node.data.split("\n") : [node];
    words.forEach((part, index) => {
      if (index) all.push(el("div"));
      all.at(-1).append(part);
    });
  }
  for (const line of all) if (!line.textContent) line.replaceChildren(el("br"));
  return all;
}

function list({ style, indent = 0, elements }) {
  const tag = style === "ordered" ? "ol" : "ul";
  const items = elements.map((item) => el("li", {}, inlineNodes(item.elements)));
  let node = el(tag, {}, items);
  for (let depth = 0; depth < indent; depth += 1) node = el(tag, {}, node);
  return [node];
}

const PARTS = {
  rich_text_section: (part) => lines(part.elements),
  rich_text_list: list,
  rich_text_quote: (part) => [el("blockquote", {}, inlineNodes(part.elements))],
  rich_text_preformatted: (part) => [el("pre", {}, inlineNodes(part.elements))],
};

/** The nodes that an editor holds for a rich text block. */
export function editable(block) {
  return block.elements.flatMap((part) => PARTS[part.type](part));
}

/** Put whole lines where the caret is, and the rest of its line behind them. */
function insertLines(editor, range, nodes) {
  let top = range.startContainer;
  while (top !== editor && top.parentNode !== editor) top = top.parentNode;
  if (top === editor) {
    editor.append(...nodes);
  } else {
    range.setEndAfter(top);
    const tail = range.extractContents();
    top.after(...nodes);
    if (tail.textContent.trim()) nodes.at(-1).after(el("div", {}, tail));
    if (!top.textContent) top.remove();
  }
  window.getSelection().selectAllChildren(nodes.at(-1));
  window.getSelection().collapseToEnd();
}

/** A copied page's body. Its styles and handlers are set aside: the page's own policy would refuse them, with complaints. */
function bodyOf(html) {
  const quiet = html
    .replace(/<style[^]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)=/gi, " data-$1="));
  return new DOMParser().parseFromString(quiet, "text/html").body;
}

/** Paste: what a web page or a document holds keeps its marks, and nothing else of it. */
export function paste(editor, event) {
  event.preventDefault();
  const html = event.clipboardData.getData("text/html");
  const block = html && readRichText(bodyOf(html), { keep: false });
  if (!block) {
    command("insertText", event.clipboardData.getData("text/plain"));
    return;
  }
  const range = window.getSelection().getRangeAt(0);
  range.deleteContents();
  const nodes = editable(block);
  if (nodes.length > 1 || nodes[0].tagName !== "DIV") {
    insertLines(editor, range, nodes);
    return;
  }
  const last = nodes[0].lastChild;
  for (const node of [...nodes[0].childNodes].toReversed()) range.insertNode(node);
  window.getSelection().collapse(last.parentNode, [...last.parentNode.childNodes].indexOf(last) + 1);
}
