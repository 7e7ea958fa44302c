/** JSON as coloured text. */

import { el } from "./dom.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b/g;

function kindOf([, string, colon, word]) {
  if (string) return colon ? "key" : "string";
  return word ? "word" : "number";
}

/** A `pre` that shows a value; a string is shown as it is. */
export function jsonView(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  const node = el("pre.json", { tabindex: "0" });
  let at = 0;
  for (const found of text.matchAll(TOKEN)) {
    const token = found[1] ?? found[0];
    node.append(text.slice(at, found.index), el(`span.json-${kindOf(found)}`, {}, token));
    at = found.index + token.length;
  }
  node.append(text.slice(at));
  return node;
}
