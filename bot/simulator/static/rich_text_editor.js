/** The rich text input: a small editor whose value is a rich text block. */

import { debounced, el } from "./dom.js";
import { icon } from "./icons.js";
import { words } from "./mrkdwn.js";
import { naming } from "./naming.js";
import { openPopover, closePopover } from "./popover.js";
import { richText } from "./rich_text.js";
import { readRichText } from "./rich_text_reading.js";
import { dispatchOn } from "./text_inputs.js";

const LINE = 22;

function command(name, value) {
  document.execCommand(name, false, value);
}

/** The nearest element of this tag around the caret, inside the editor. */
function around(editor, tag) {
  const { anchorNode } = window.getSelection();
  const start = anchorNode?.nodeType === Node.TEXT_NODE ? anchorNode.parentElement : anchorNode;
  const found = start?.closest?.(tag);
  return found && found !== editor && editor.contains(found) ? found : null;
}

function toggleBlock(editor, tag) {
  if (around(editor, tag)) command("formatBlock", "div");
  else command("formatBlock", tag);
}

function toggleCode(editor) {
  const inside = around(editor, "code");
  if (inside) {
    inside.replaceWith(...inside.childNodes);
    return;
  }
  const range = window.getSelection().getRangeAt(0);
  const code = el("code");
  code.append(range.collapsed ? "\u200b" : range.extractContents());
  range.insertNode(code);
  window.getSelection().selectAllChildren(code);
}

function askLink(editor, anchor, done) {
  const selection = window.getSelection();
  const range = selection.rangeCount && editor.contains(selection.anchorNode) ? selection.getRangeAt(0).cloneRange() : null;
  const text = el("input.text", { type: "text", "aria-label": "Link text", placeholder: "Text", value: range?.toString() ?? "" });
  const url = el("input.text", { type: "url", "aria-label": "Link address", placeholder: "https://" });
  const save = () => {
    if (!/^(https?:\/\/|mailto:)\S+/.test(url.value)) {
      url.focus();
      return;
    }
    closePopover();
    editor.focus();
    const node = el("a", { href: url.value }, text.value || url.value);
    const at = range ?? document.createRange();
    if (!range) {
      at.selectNodeContents(editor);
      at.collapse(false);
    }
    at.deleteContents();
    at.insertNode(node);
    selection.collapse(node.parentNode, [...node.parentNode.childNodes].indexOf(node) + 1);
    done();
  };
  const panel = el("div.card", { role: "group", "aria-label": "Add link" }, text, url, el("button.button.compact.primary", { type: "button", onclick: save }, "Save link"));
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    save();
  });
  openPopover(anchor, panel);
  (text.value ? url : text).focus();
}

function paste(event) {
  event.preventDefault();
  const html = event.clipboardData.getData("text/html");
  const page = html && new DOMParser().parseFromString(html, "text/html").body;
  const block = page && readRichText(page, { keep: false });
  if (!block) {
    command("insertText", event.clipboardData.getData("text/plain"));
    return;
  }
  const range = window.getSelection().getRangeAt(0);
  range.deleteContents();
  const nodes = [...editable(block)];
  const onlyLine = nodes.length === 1 && nodes[0].tagName === "DIV";
  const pasted = onlyLine ? [...nodes[0].childNodes] : nodes;
  for (const node of pasted.toReversed()) range.insertNode(node);
  range.collapse(false);
}

/** A rich text block as the editor holds it: one `div` a line. */
function editable(block) {
  const nodes = [];
  for (const node of richText(block).childNodes) {
    if (node.tagName !== "DIV") {
      node.style.removeProperty("margin-inline-start");
      nodes.push(node);
      continue;
    }
    let line = el("div");
    for (const child of [...node.childNodes]) {
      if (child.nodeType !== Node.TEXT_NODE) {
        line.append(child);
        continue;
      }
      child.data.split("\n").forEach((text, index) => {
        if (index) {
          nodes.push(line);
          line = el("div");
        }
        line.append(text);
      });
    }
    nodes.push(line);
  }
  for (const node of nodes) if (!node.textContent && node.tagName === "DIV") node.replaceChildren(el("br"));
  return nodes;
}

const TOOLS = [
  ["bold", "Bold", () => command("bold")],
  ["italic", "Italic", () => command("italic")],
  ["strike", "Strikethrough", () => command("strikeThrough")],
  ["link", "Link", null],
  ["numbers", "Ordered list", () => command("insertOrderedList")],
  ["bullets", "Bulleted list", () => command("insertUnorderedList")],
  ["quote", "Quote", (editor) => toggleBlock(editor, "blockquote")],
  ["code", "Code", toggleCode],
  ["code_block", "Code block", (editor) => toggleBlock(editor, "pre")],
];

/** `rich_text_input`. */
export function richTextInput(element, context) {
  const { block, surface, controls } = context;
  const { enter, character } = dispatchOn(element, context);
  const held = surface.held(block, element);
  const editor = el("div.editor", {
    contenteditable: "true", role: "textbox", "aria-multiline": "true", dir: "auto", "data-focus": element.action_id,
    "data-placeholder": element.placeholder ? words(element.placeholder) : null, ...naming(context),
  });
  editor.style.minHeight = `${(element.min_lines ?? 3) * LINE + 16}px`;
  editor.style.maxHeight = `${(element.max_lines ?? 8) * LINE + 16}px`;
  if (held) editor.append(...editable(held));
  if (element.focus_on_load) editor.dataset.autofocus = "";
  const tell = () => surface.act(block, element, { rich_text_value: surface.held(block, element) }, editor);
  const tellSoon = debounced(tell, 250);
  const changed = () => {
    const value = readRichText(editor);
    surface.hold(block, element, value);
    editor.classList.toggle("blank", !value && !editor.querySelector("li, blockquote, pre"));
    if (character) tellSoon();
  };
  editor.classList.toggle("blank", !held);
  editor.addEventListener("focus", () => command("defaultParagraphSeparator", "div"));
  editor.addEventListener("input", changed);
  editor.addEventListener("paste", (event) => {
    paste(event);
    changed();
  });
  editor.addEventListener("keydown", (event) => {
    const strike = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === "x";
    if (strike) {
      event.preventDefault();
      command("strikeThrough");
    } else if (event.key === "Enter" && enter && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      tell();
    } else if (event.key === "Tab" && around(editor, "li")) {
      event.preventDefault();
      event.stopPropagation();
      command(event.shiftKey ? "outdent" : "indent");
    }
  });
  const tools = TOOLS.map(([name, label, run]) => {
    const tool = el("button.tool", { type: "button", "aria-label": label, title: label, tabindex: "-1" }, icon(name, 16));
    tool.addEventListener("pointerdown", (event) => event.preventDefault());
    tool.addEventListener("click", () => {
      if (!run) {
        askLink(editor, tool, changed);
        return;
      }
      editor.focus();
      run(editor);
      changed();
    });
    return tool;
  });
  controls.focus = () => editor.focus();
  controls.empty = () => !surface.held(block, element);
  controls.invalid = editor;
  return el("div.rich-input", {}, el("div.toolbar", { role: "toolbar", "aria-label": "Formatting" }, tools), editor);
}
