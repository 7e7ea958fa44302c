/** The input block: a label, an element, a hint, and a place for what is wrong. */

import { el, set, uid } from "./dom.js";
import { drawElement } from "./elements.js";
import { icon } from "./icons.js";
import { textNodes, words } from "./mrkdwn.js";

/** Draw it and tell the surface how to check it, how to say what is wrong, and how to go there. */
export function inputBlock(block, surface) {
  const [labelledBy, hintId, errorId] = [uid("label"), uid("hint"), uid("error")];
  const controls = {};
  const element = drawElement(block.element, {
    block,
    surface,
    dispatches: Boolean(block.dispatch_action),
    label: words(block.label),
    labelledBy,
    describedBy: block.hint ? hintId : null,
    controls,
  });
  const error = el("div.field-error", { id: errorId, role: "alert" });
  const label = el(
    "label.field-label", { id: labelledBy, dir: "auto" },
    textNodes(block.label), block.optional && el("span.optional", {}, " (optional)"),
  );
  label.addEventListener("click", () => controls.focus?.());
  const node = el(
    "div.block.input-block", {},
    label, element, error,
    block.hint && el("div.hint", { id: hintId, dir: "auto" }, textNodes(block.hint)),
  );
  const say = (sentence) => {
    error.replaceChildren(...(sentence ? [icon("alert", 14), el("span", { dir: "auto" }, sentence)] : []));
    node.classList.toggle("wrong", Boolean(sentence));
    controls.invalid?.setAttribute("aria-invalid", String(Boolean(sentence)));
    const described = [sentence && errorId, block.hint && hintId].filter(Boolean).join(" ");
    for (const control of node.querySelectorAll(`[aria-labelledby~="${labelledBy}"], input.picker`)) {
      set(control, { "aria-describedby": described || null });
    }
  };
  node.addEventListener("input", () => say(""));
  node.addEventListener("change", () => say(""));
  surface.field(block, {
    say,
    focus() {
      controls.focus?.();
      // A browser shows what has focus, not the sentence under it: on a phone the footer would cover that.
      error.scrollIntoView({ block: "nearest" });
    },
    check() {
      if (controls.empty?.()) return block.optional ? "" : "Please complete this required field.";
      return controls.check?.() ?? "";
    },
  });
  return node;
}
