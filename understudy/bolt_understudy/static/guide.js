/** What somebody who has just come may try: a few numbered steps, and what this page is. */

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { emit, on, store } from "./store.js";

const HIDDEN = "guide hidden";

/** What this page is, said wherever somebody may look for it. */
export const DISCLAIMER = "All people and organisations here are fictional. This page isn’t made by Slack.";

/** Whether the steps are put away in this tab. */
const isHidden = () => sessionStorage.getItem(HIDDEN) === "yes";

function hide(away) {
  sessionStorage.setItem(HIDDEN, away ? "yes" : "no");
  emit("guide");
}

function step({ words, person, place }, go) {
  const run = () => {
    // Where there is little room the steps give it to what they lead to.
    if (window.matchMedia("(max-width: 767px)").matches) hide(true);
    go(person, place);
  };
  const sentence = el("span", {}, mrkdwn(words, { verbatim: true }));
  return el("li", {}, el("button.guide-step", { type: "button", onclick: run }, sentence));
}

/** The steps; `go(person, place)` leads to where one can be tried. */
export function guide(go) {
  const steps = el("ol.guide-steps");
  const title = el("h2", { id: "guide-title" });
  const close = el(
    "button.dialog-close",
    { type: "button", "aria-label": "Hide the things to try", onclick: () => hide(true) },
    icon("close"),
  );
  const node = el(
    "section.guide",
    { "aria-labelledby": "guide-title", hidden: true },
    el("div.guide-head", {}, title, el("span.guide-note", {}, DISCLAIMER), close),
    steps,
  );
  let drawn = "";
  const draw = () => {
    node.hidden = !store.guide || isHidden();
    const wanted = JSON.stringify(store.guide);
    if (!store.guide || drawn === wanted) return;
    drawn = wanted;
    title.textContent = store.guide.title;
    steps.replaceChildren(...store.guide.steps.map((one) => step(one, go)));
  };
  on("state guide", draw);
  return node;
}

/** The button that brings the steps back. */
export function guideButton() {
  const button = el(
    "button.tool.guide-toggle",
    { type: "button", hidden: true, "aria-label": "Try it", onclick: () => hide(!isHidden()) },
    icon("numbers", 16),
    el("span", {}, "Try it"),
  );
  on("state guide", () => {
    button.hidden = !store.guide;
    button.setAttribute("aria-pressed", String(!isHidden()));
  });
  return button;
}
