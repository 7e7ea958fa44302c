/** The rich text input: a small editor whose value is a rich text block. */

import { debounced, el } from "./dom.js";
import { icon } from "./icons.js";
import { words } from "./mrkdwn.js";
import { naming } from "./naming.js";
import { around, askLink, breakBlock, command, toggleBlock, toggleCode } from "./rich_text_commands.js";
import { editable, paste } from "./rich_text_content.js";
import { readRichText } from "./rich_text_reading.js";
import { dispatchOn } from "./text_inputs.js";

const LINE = 22;

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
    paste(editor, event);
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
    } else if (event.key === "Enter" && !event.shiftKey && breakBlock(editor)) {
      event.preventDefault();
      changed();
    } else if (event.key === "Tab" && around(editor, "li")) {
      event.preventDefault();
      event.stopPropagation();
      command(event.shiftKey ? "outdent" : "indent");
    }
  });
  const tools = TOOLS.map(([name, label, run]) => {
    const tool = el(
      "button.tool",
      { type: "button", "aria-label": label, title: label, tabindex: "-1" },
      icon(name, 16),
    );
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
  return el(
    "div.rich-input",
    {},
    el("div.toolbar", { role: "toolbar", "aria-label": "Formatting" }, tools),
    editor,
  );
}
