/** Dates and times, with the browser's own pickers, in the acting person's time zone. */

import { el } from "./dom.js";
import { naming } from "./naming.js";
import { store } from "./store.js";
import { fromUnix, toUnix } from "./times.js";

/** Wire one native input: hold its value, and tell the app where it must be told. */
function picker(element, context, type, key) {
  const { block, surface, dispatches, controls } = context;
  const input = el(
    "input.picker",
    { type, "data-focus": element.action_id, value: surface.held(block, element) ?? "", ...naming(context) },
  );
  if (element.focus_on_load) input.dataset.autofocus = "";
  input.addEventListener("change", async () => {
    const before = surface.held(block, element);
    const chosen = input.value || null;
    if (chosen === before) return;
    surface.hold(block, element, chosen);
    if (!dispatches || (await surface.act(block, element, { [key]: chosen }, input))) return;
    surface.hold(block, element, before);
    input.value = before ?? "";
  });
  controls.focus = () => input.focus();
  controls.empty = () => !input.value;
  controls.invalid = input;
  return input;
}

/** `datepicker`; what it is for is written beside it: the browser's own has no place for that. */
export function datepicker(element, context) {
  const input = picker(element, context, "date", "selected_date");
  const purpose = element.placeholder?.text;
  return purpose ? el("span.picker-pair", {}, el("span.zone", {}, purpose), input) : input;
}

/** `timepicker`; its own time zone is written beside it. */
export function timepicker(element, context) {
  const input = picker(element, context, "time", "selected_time");
  return element.timezone ? el("span.picker-pair", {}, input, el("span.zone", {}, element.timezone)) : input;
}

/** `datetimepicker`: Unix seconds from a day and a time of the person's zone. */
export function datetimepicker(element, context) {
  const { block, surface, dispatches, controls, label } = context;
  const held = surface.held(block, element);
  const first = held ? fromUnix(held) : { date: "", time: "" };
  const described = { "aria-describedby": context.describedBy };
  const date = el(
    "input.picker",
    {
      type: "date",
      value: first.date,
      "data-focus": `${element.action_id} date`,
      "aria-label": `${label}: date`,
      ...described,
    },
  );
  const time = el(
    "input.picker",
    {
      type: "time",
      value: first.time,
      "data-focus": `${element.action_id} time`,
      "aria-label": `${label}: time`,
      ...described,
    },
  );
  const node = el(
    "span.picker-pair",
    { role: "group", ...naming(context) },
    date,
    time,
    el("span.zone", {}, store.me.tz.replaceAll("_", " ")),
  );
  if (element.focus_on_load) date.dataset.autofocus = "";
  const changed = async () => {
    const before = surface.held(block, element);
    if (date.value && !time.value) time.value = "09:00";
    const chosen = date.value && time.value ? toUnix(date.value, time.value) : null;
    if (chosen === before) return;
    surface.hold(block, element, chosen);
    if (!dispatches || (await surface.act(block, element, { selected_date_time: chosen }, node))) return;
    surface.hold(block, element, before);
    Object.assign(date, { value: before ? fromUnix(before).date : "" });
    Object.assign(time, { value: before ? fromUnix(before).time : "" });
  };
  date.addEventListener("change", changed);
  time.addEventListener("change", changed);
  controls.focus = () => date.focus();
  controls.empty = () => !surface.held(block, element);
  controls.invalid = node;
  return node;
}
