/** Every interactive element, by its type. */

import { el } from "./dom.js";
import { checkboxes, radioButtons } from "./choices.js";
import { icon } from "./icons.js";
import { words } from "./mrkdwn.js";
import { isOurs, isSafe } from "./names.js";
import { datepicker, datetimepicker, timepicker } from "./pickers.js";
import { openMenu } from "./popover.js";
import { richTextInput } from "./rich_text_editor.js";
import { select } from "./selects.js";
import { emailInput, numberInput, plainTextInput, urlInput } from "./text_inputs.js";

function follow(url) {
  if (isOurs(url)) window.location.assign(url);
  else if (isSafe(url)) window.open(url, "_blank", "noopener,noreferrer");
}

function button(element, { block, surface }) {
  const style = element.style ? `.${element.style}` : "";
  const node = el(
    `button.button.compact${style}`,
    { type: "button", "aria-label": element.accessibility_label, dir: "auto", "data-focus": element.action_id },
    el("span.button-label", {}, words(element.text)),
  );
  node.addEventListener("click", async () => {
    const { text, value, style: tone } = element;
    const chosen = { text, ...(value !== undefined && { value }), ...(tone && { style: tone }) };
    if (element.url && !element.confirm) follow(element.url);
    const agreed = await surface.act(block, element, chosen, node);
    if (agreed && element.url && element.confirm) follow(element.url);
  });
  return node;
}

function iconButton(element, { block, surface }) {
  const node = el(
    "button.button.compact.quiet",
    {
      type: "button",
      "aria-label": element.accessibility_label ?? words(element.text),
      "data-focus": element.action_id,
    },
    icon(element.icon === "trash" ? "close" : "bolt", 16),
    words(element.text),
  );
  node.addEventListener("click", () => surface.act(block, element, { value: element.value }, node));
  return node;
}

function feedbackButtons(element, { block, surface }) {
  const one = (choice) => {
    const node = el(
      "button.button.compact.quiet",
      { type: "button", "aria-label": choice.accessibility_label },
      words(choice.text),
    );
    node.addEventListener("click", () => surface.act(block, element, { value: choice.value }, node));
    return node;
  };
  return el("span.feedback", {}, one(element.positive_button), one(element.negative_button));
}

function overflow(element, { block, surface, label }) {
  const name = block.text ? `More options: ${label}` : "More options";
  const node = el(
    "button.button.compact.icon-only",
    {
      type: "button",
      "aria-label": name,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-focus": element.action_id,
    },
    icon("dots_across", 18),
  );
  node.addEventListener("click", () => {
    const items = element.options.map((option) => ({
      label: words(option.text),
      note: option.description && words(option.description),
      run() {
        if (option.url) follow(option.url);
        surface.act(block, element, { selected_option: option }, node);
      },
    }));
    openMenu(node, items, { label: name });
  });
  return node;
}

function workflowButton(element) {
  return el(
    "button.button.compact",
    { type: "button", disabled: true, title: "Workflows do not run here" },
    words(element.text),
  );
}

const ELEMENTS = {
  button,
  icon_button: iconButton,
  feedback_buttons: feedbackButtons,
  overflow,
  workflow_button: workflowButton,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker,
  timepicker,
  datetimepicker,
  plain_text_input: plainTextInput,
  email_text_input: emailInput,
  url_text_input: urlInput,
  number_input: numberInput,
  rich_text_input: richTextInput,
};

/**
 * Draw an element.
 *
 * `context` is `{ block, surface, dispatches, label, labelledBy, describedBy, controls }`: whether the app is told
 * of each change, how the element is called, and, in an input block, the `controls` it fills with
 * `check` (gives a sentence when what was typed cannot be right), `focus`, and `empty`.
 */
export function drawElement(element, context) {
  const draw = ELEMENTS[element.type] ?? (/_select$/.test(element.type) ? select : null);
  if (!draw) return el("span.unknown", {}, `“${element.type}” is not drawn here`);
  return draw(element, context);
}
