/** Radio buttons and checkboxes. */

import { el, uid } from "./dom.js";
import { textNodes } from "./mrkdwn.js";
import { naming } from "./naming.js";

function choice(type, name, option, checked, focus) {
  const id = uid("choice");
  const box = el(
    "input",
    {
      type,
      name,
      id,
      checked,
      "data-focus": focus,
      "aria-describedby": option.description ? `${id}-note` : null,
    },
  );
  const node = el(
    "div.choice",
    {},
    box,
    el("label", { for: id, dir: "auto" }, textNodes(option.text)),
    option.description && el(
      "div.choice-note",
      { id: `${id}-note`, dir: "auto" },
      textNodes(option.description),
    ),
  );
  return { box, node, option };
}

function group(role, element, context, type, chosen) {
  const name = uid("group");
  const all = element.options.map((option) =>
    choice(type, name, option, chosen.includes(option.value), `${element.action_id} ${option.value}`),
  );
  const node = el("div.choices", { role, ...naming(context) }, all.map((one) => one.node));
  context.controls.focus = () => (all.find((one) => one.box.checked) ?? all[0]).box.focus();
  if (element.focus_on_load) node.dataset.autofocus = "";
  return { node, all };
}

/** `radio_buttons`. */
export function radioButtons(element, context) {
  const { block, surface, dispatches } = context;
  const { node, all } = group("radiogroup", element, context, "radio", [surface.held(block, element)?.value]);
  const show = () => {
    const value = surface.held(block, element)?.value;
    for (const { box, option } of all) box.checked = option.value === value;
  };
  node.addEventListener("change", async () => {
    const before = surface.held(block, element);
    const { option } = all.find((one) => one.box.checked);
    surface.hold(block, element, option);
    if (!dispatches || (await surface.act(block, element, { selected_option: option }, node))) return;
    surface.hold(block, element, before);
    show();
  });
  context.controls.empty = () => !surface.held(block, element);
  return node;
}

/** `checkboxes`. */
export function checkboxes(element, context) {
  const { block, surface, dispatches } = context;
  const values = () => surface.held(block, element).map((option) => option.value);
  const { node, all } = group("group", element, context, "checkbox", values());
  node.addEventListener("change", async () => {
    const before = surface.held(block, element);
    const chosen = all.filter((one) => one.box.checked).map((one) => one.option);
    surface.hold(block, element, chosen);
    if (!dispatches || (await surface.act(block, element, { selected_options: chosen }, node))) return;
    surface.hold(block, element, before);
    for (const { box, option } of all) box.checked = values().includes(option.value);
  });
  context.controls.empty = () => !surface.held(block, element).length;
  return node;
}
