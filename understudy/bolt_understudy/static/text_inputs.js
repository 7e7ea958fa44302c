/** Inputs in which plain text, an address or a number is typed. */

import { debounced, el } from "./dom.js";
import { words } from "./mrkdwn.js";
import { naming } from "./naming.js";

/** Whether the app wants to hear on Enter, or with each character. */
export function dispatchOn(element, { dispatches }) {
  const wanted = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  return {
    enter: dispatches && wanted.includes("on_enter_pressed"),
    character: dispatches && wanted.includes("on_character_entered"),
  };
}

function textControl(control, element, context, check) {
  const { block, surface, controls } = context;
  const { enter, character } = dispatchOn(element, context);
  const tell = () => surface.act(block, element, { value: surface.held(block, element) }, control);
  const tellSoon = debounced(tell, 250);
  control.value = surface.held(block, element) ?? "";
  control.dataset.focus = element.action_id;
  if (element.focus_on_load) control.dataset.autofocus = "";
  control.addEventListener("input", () => {
    surface.hold(block, element, control.value || null);
    if (character) tellSoon();
  });
  control.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || (control.tagName === "TEXTAREA" && event.shiftKey) || !enter) return;
    event.preventDefault();
    event.stopPropagation();
    tell();
  });
  controls.focus = () => control.focus();
  controls.empty = () => !control.value.trim();
  controls.check = () => (control.value ? check(control.value) : "");
  controls.invalid = control;
  return control;
}

function attributes(element, context, type) {
  return {
    ...(type && { type }),
    placeholder: element.placeholder && words(element.placeholder),
    dir: "auto",
    autocomplete: "off",
    ...naming(context),
  };
}

function counted(control, most) {
  const left = el("span.left", { "aria-hidden": "true" });
  const show = () => {
    const remaining = most - control.value.length;
    left.textContent = remaining;
    left.classList.toggle("over", remaining < 0);
  };
  control.addEventListener("input", show);
  show();
  return el("span.counted", {}, control, left);
}

/** `plain_text_input`. */
export function plainTextInput(element, context) {
  const { min_length: least = 0, max_length: most } = element;
  const control = element.multiline
    ? el("textarea.text", { rows: "4", ...attributes(element, context) })
    : el("input.text", attributes(element, context, "text"));
  textControl(control, element, context, (value) => {
    if (value.length < least) return `Write at least ${least} characters.`;
    if (most && value.length > most) return `Write at most ${most} characters: ${value.length - most} too many.`;
    return "";
  });
  return most ? counted(control, most) : control;
}

/** `email_text_input`. */
export function emailInput(element, context) {
  return textControl(el("input.text", attributes(element, context, "email")), element, context, (value) =>
    /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(value) ? "" : "Write a valid email address.",
  );
}

/** `url_text_input`. */
export function urlInput(element, context) {
  return textControl(el("input.text", attributes(element, context, "url")), element, context, (value) =>
    /^https?:\/\/[^\s/]+/.test(value) && URL.canParse(value) ? "" : "Write a valid web address, with https://.",
  );
}

/** `number_input`. */
export function numberInput(element, context) {
  const { min_value: least, max_value: most, is_decimal_allowed: decimal } = element;
  const control = el(
    "input.text.number",
    { ...attributes(element, context, "text"), inputmode: decimal ? "decimal" : "numeric" },
  );
  return textControl(control, element, context, (value) => {
    const form = decimal ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
    if (!form.test(value)) return decimal ? "Write a number." : "Write a whole number.";
    if (least !== undefined && Number(value) < Number(least)) return `Write a number of ${least} or more.`;
    if (most !== undefined && Number(value) > Number(most)) return `Write a number of ${most} or less.`;
    return "";
  });
}
