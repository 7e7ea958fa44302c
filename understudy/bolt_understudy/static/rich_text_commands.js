/** What the editor's buttons and keys do to the text around the caret. */

import { el } from "./dom.js";
import { closePopover, openPopover } from "./popover.js";
import { textOf } from "./rich_text_reading.js";

/** One of the browser's own editing commands; they keep its undo. */
export function command(name, value) {
  document.execCommand(name, false, value);
}

/** The nearest element of this tag around the caret, inside the editor. */
export function around(editor, tag) {
  const { anchorNode } = window.getSelection();
  const start = anchorNode?.nodeType === Node.TEXT_NODE ? anchorNode.parentElement : anchorNode;
  const found = start?.closest?.(tag);
  return found && found !== editor && editor.contains(found) ? found : null;
}

/** Put the caret into an empty line that follows `node`. */
function lineAfter(node) {
  const line = el("div", {}, el("br"));
  node.after(line);
  window.getSelection().collapse(line, 0);
}

/** Make the line a quote or a code block, or what is one into lines again. */
export function toggleBlock(editor, tag) {
  const inside = around(editor, tag);
  if (!inside) {
    command("formatBlock", tag);
    return;
  }
  const lines = inside.innerText.replace(/\n$/, "").split("\n").map((text) => el("div", {}, text || el("br")));
  inside.replaceWith(...lines);
  window.getSelection().selectAllChildren(lines.at(-1));
  window.getSelection().collapseToEnd();
}

/** Whether the caret stands in an empty line at the end of `block`. */
function atEmptyEnd(block) {
  const { focusNode, focusOffset } = window.getSelection();
  const [before, after] = [document.createRange(), document.createRange()];
  before.selectNodeContents(block);
  before.setEnd(focusNode, focusOffset);
  after.selectNodeContents(block);
  after.setStart(focusNode, focusOffset);
  return !textOf(after.cloneContents()).trim() && /(^|\n)$/.test(textOf(before.cloneContents()));
}

function trimEnd(block) {
  for (let last = block.lastChild; last; last = block.lastChild) {
    if (last.nodeType === Node.TEXT_NODE && last.data.trim()) {
      last.data = last.data.replace(/\n+$/, "");
      return;
    }
    if (last.nodeName !== "BR" && last.textContent.trim()) return;
    last.remove();
  }
}

/** Enter in a quote or a code block: a new line in it, or out of it at an empty last line. True when it was one. */
export function breakBlock(editor) {
  const inside = around(editor, "blockquote") ?? around(editor, "pre");
  if (!inside) return false;
  if (!atEmptyEnd(inside)) {
    command("insertLineBreak");
    return true;
  }
  trimEnd(inside);
  lineAfter(inside);
  if (!inside.textContent) inside.remove();
  return true;
}

/** Make the selection code, or what is code plain; at the end of code, go on after it. */
export function toggleCode(editor) {
  const selection = window.getSelection();
  const inside = around(editor, "code");
  if (inside && selection.isCollapsed) {
    const next = document.createTextNode("\u200b");
    inside.after(next);
    selection.collapse(next, 1);
    return;
  }
  if (inside) {
    inside.replaceWith(...inside.childNodes);
    return;
  }
  const range = selection.getRangeAt(0);
  const code = el("code");
  code.append(range.collapsed ? "\u200b" : range.extractContents());
  range.insertNode(code);
  selection.selectAllChildren(code);
  if (code.textContent === "\u200b") selection.collapseToEnd();
}

function insertLink(editor, range, url, text) {
  const node = el("a", { href: url }, text || url);
  const after = document.createTextNode("\u200b");
  const at = range ?? document.createRange();
  if (!range) {
    at.selectNodeContents(editor);
    at.collapse(false);
  }
  at.deleteContents();
  at.insertNode(after);
  at.insertNode(node);
  window.getSelection().collapse(after, 1);
}

/** Ask for a link's words and address beside `anchor`, put it where the caret was, and call `done`. */
export function askLink(editor, anchor, done) {
  const selection = window.getSelection();
  const range = selection.rangeCount && editor.contains(selection.anchorNode) ? selection.getRangeAt(0).cloneRange() : null;
  const text = el(
    "input.text",
    { type: "text", "aria-label": "Link text", placeholder: "Text", value: range?.toString() ?? "" },
  );
  const url = el("input.text", { type: "url", "aria-label": "Link address", placeholder: "https://" });
  const save = () => {
    if (!/^(https?:\/\/|mailto:)\S+/.test(url.value)) {
      url.focus();
      return;
    }
    closePopover();
    editor.focus();
    insertLink(editor, range, url.value, text.value);
    done();
  };
  const panel = el(
    "div.card",
    { role: "group", "aria-label": "Add link" },
    text,
    url,
    el("button.button.compact.primary", { type: "button", onclick: save }, "Save link"),
  );
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    save();
  });
  openPopover(anchor, panel);
  (text.value ? url : text).focus();
}
