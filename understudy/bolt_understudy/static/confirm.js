/** The dialog that asks before a deed. */

import { el, uid } from "./dom.js";
import { wayBack } from "./focus.js";
import { textNodes, words } from "./mrkdwn.js";

/** Keep Tab inside a dialog. */
export function trapFocus(event, dialog) {
  if (event.key !== "Tab") return;
  const all = [...dialog.querySelectorAll("a[href], button, input, select, textarea, [contenteditable=true], [tabindex='0']")];
  const reachable = all.filter((node) => !node.disabled && node.tabIndex >= 0 && node.offsetParent !== null);
  const [first, last] = [reachable[0], reachable.at(-1)];
  const at = document.activeElement;
  const leaves = event.shiftKey ? at === first || !dialog.contains(at) : at === last || !dialog.contains(at);
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

/** Show a confirm object; resolves to whether the person agreed. */
export function askFirst(confirm) {
  const goBack = wayBack(document.activeElement);
  const title = uid("title");
  const text = uid("text");
  return new Promise((resolve) => {
    const answer = (yes) => {
      veil.remove();
      goBack();
      resolve(yes);
    };
    const style = confirm.style === "danger" ? "danger" : "primary";
    const yes = el(
      `button.button.${style}`,
      { type: "button", onclick: () => answer(true) },
      words(confirm.confirm),
    );
    const no = el("button.button", { type: "button", onclick: () => answer(false) }, words(confirm.deny));
    const dialog = el(
      "div.dialog.confirm",
      { role: "alertdialog", "aria-modal": "true", "aria-labelledby": title, "aria-describedby": text },
      el("div.dialog-header", {}, el("h2", { id: title, dir: "auto" }, words(confirm.title))),
      el("div.dialog-body", { id: text, dir: "auto" }, textNodes(confirm.text)),
      el("div.dialog-footer", {}, no, yes),
    );
    const veil = el("div.veil.above", { tabindex: "-1" }, dialog);
    veil.addEventListener("keydown", (event) => {
      event.stopPropagation();
      trapFocus(event, dialog);
      if (event.key === "Escape") answer(false);
    });
    document.body.append(veil);
    yes.focus();
  });
}
