/** Moments inside messages, which read differently when the day or the hour changes. */

import { el } from "./dom.js";
import { on } from "./store.js";
import { slackDate } from "./times.js";

/**
 * A moment in Slack's date format, such as `{date_short_pretty} at {time}`; `fallback` is its
 * tooltip, and the plain text that stands for it where the format can't be filled.
 */
export function dateNode(unix, template, fallback) {
  const shown = slackDate(unix, template);
  if (shown === null) return document.createTextNode(fallback || template);
  const node = el("time", { title: fallback || null, "data-unix": unix, "data-template": template });
  node.textContent = shown;
  return node;
}

on("clock", () => {
  for (const node of document.querySelectorAll("time[data-template]")) {
    node.textContent = slackDate(Number(node.dataset.unix), node.dataset.template);
  }
});
