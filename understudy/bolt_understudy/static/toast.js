/** A short word at the foot of the page. */

import { el } from "./dom.js";
import { icon } from "./icons.js";

let timer = 0;

/** Show a sentence for a few seconds. */
export function toast(sentence) {
  clearTimeout(timer);
  for (const old of document.querySelectorAll(".toast")) old.remove();
  const node = el("div.toast", { role: "alert" }, icon("alert", 16), sentence);
  document.body.append(node);
  timer = setTimeout(() => node.remove(), 6000);
}
