/** The stack of modals: the topmost is seen, those below keep what was typed in them. */

import { get, post, reason } from "./api.js";
import { reconcileBlocks } from "./blocks.js";
import { trapFocus } from "./confirm.js";
import { el, uid } from "./dom.js";
import { holdFocus, wayBack } from "./focus.js";
import { icon } from "./icons.js";
import { words } from "./mrkdwn.js";
import { avatar } from "./names.js";
import { closePopover } from "./popover.js";
import { emit, on, store } from "./store.js";
import { Surface } from "./surface.js";

const TROUBLE = "We had some trouble connecting. Try again?";
const SILENT = new Set(["operation_timeout", "dispatch_failed", "unreachable"]);
const open = new Map();
let goBack = null;

function trouble(modal, sentence) {
  modal.banner.replaceChildren(...(sentence ? [icon("alert", 16), el("span", {}, sentence)] : []));
}

function waiting(modal, on) {
  modal.busy = on;
  modal.form.setAttribute("aria-busy", String(on));
  // Not `disabled`: that would take the focus, and with it Escape, out of the dialog.
  modal.footer.querySelector("[type=submit]")?.setAttribute("aria-disabled", String(on));
}

async function submit(modal) {
  if (modal.busy || !modal.view.submit || modal.view.submit_disabled) return;
  trouble(modal, "");
  if (!modal.surface.check()) return;
  waiting(modal, true);
  const answer = await post("/_sim/submit", { view_id: modal.view.id, state: modal.surface.state });
  waiting(modal, false);
  if (answer.ok) return;
  if (answer.errors && modal.surface.showErrors(answer.errors)) return;
  trouble(
    modal,
    SILENT.has(answer.error) ? TROUBLE : answer.errors ? Object.values(answer.errors).join(" ") : reason(answer),
  );
}

/** Close a modal, or with `all` the whole stack; the local Slack tells which remain. */
async function close(modal, all) {
  store.stack = all ? [] : store.stack.slice(0, -1);
  emit("views");
  await post("/_sim/close", { view_id: modal.view.id, ...(all && { all: true }) });
}

function build(view) {
  const titleId = uid("title");
  const body = el("div.dialog-body");
  const banner = el("div.banner", { role: "alert" });
  const header = el("div.dialog-header");
  const footer = el("div.dialog-footer");
  const form = el("form", { novalidate: true }, header, banner, body, footer);
  const dialog = el(
    "div.dialog.modal",
    { role: "dialog", "aria-modal": "true", "aria-labelledby": titleId, tabindex: "-1" },
    form,
  );
  const veil = el("div.veil", { tabindex: "-1" }, dialog);
  const modal = { view, titleId, body, banner, header, footer, form, dialog, veil };
  const container = { type: "view", view_id: view.id };
  modal.surface = new Surface(container, { failed: (why) => trouble(modal, why && TROUBLE) });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(modal);
  });
  veil.addEventListener("keydown", (event) => {
    trapFocus(event, dialog);
    if (event.key === "Escape") leave(modal);
  });
  return modal;
}

/** One step back, as Escape does it. */
function leave(modal) {
  close(modal, store.stack.length === 1);
}

/** Whether most of what was on screen is gone, so that the new view is read from its top: a page turned. */
function isAnotherScreen(before, view) {
  const sigs = new Set(before.blocks.map((block) => JSON.stringify(block)));
  const kept = view.blocks.filter((block) => sigs.has(JSON.stringify(block))).length;
  return before.callback_id !== view.callback_id || kept * 2 < Math.min(before.blocks.length, view.blocks.length);
}

function drawFrame(modal, depth) {
  const { view, titleId, header, footer } = modal;
  const frame = JSON.stringify([view.title, view.submit, view.close, view.submit_disabled, depth]);
  if (modal.frame === frame) return;
  modal.frame = frame;
  const back = depth > 0 && el(
    "button.dialog-close",
    { type: "button", "aria-label": "Previous view", onclick: () => close(modal, false) },
    icon("back"),
  );
  const cross = el(
    "button.dialog-close",
    { type: "button", "aria-label": "Dismiss", onclick: () => close(modal, true) },
    icon("close"),
  );
  const restore = [holdFocus(header), holdFocus(footer)];
  header.replaceChildren(...[
    back || avatar(store.app.bot_user, "medium"),
    el("h2", { id: titleId, dir: "auto" }, words(view.title)),
    cross,
  ].filter(Boolean));
  const shut = view.close ? words(view.close) : view.submit ? "Cancel" : "Close";
  footer.replaceChildren(
    el("button.button", { type: "button", onclick: () => close(modal, false) }, shut),
    ...(view.submit ? [el(
      "button.button.primary",
      { type: "submit", disabled: Boolean(view.submit_disabled) },
      words(view.submit),
    )] : []),
  );
  for (const put of restore) put();
}

function focusFirst(modal) {
  const asked = modal.body.querySelector("[data-autofocus]");
  const first = asked ?? modal.body.querySelector("input:not([type=radio]):not([type=checkbox]), textarea, [contenteditable=true]");
  const inside = first?.matches("input, textarea, [contenteditable]") ? first : first?.querySelector("input");
  (inside ?? modal.dialog).focus({ preventScroll: true });
}

function draw() {
  const { stack } = store;
  const wanted = new Set(stack.map((view) => view.id));
  if (stack.length && !open.size) goBack = wayBack(document.activeElement);
  let closed = false;
  for (const [id, modal] of open) {
    if (wanted.has(id)) continue;
    closePopover();
    modal.veil.remove();
    open.delete(id);
    closed = true;
  }
  for (const [depth, view] of stack.entries()) {
    const fresh = !open.has(view.id);
    const modal = open.get(view.id) ?? build(view);
    open.set(view.id, modal);
    const changed = fresh || modal.view.hash !== view.hash;
    const another = !fresh && changed && isAnotherScreen(modal.view, view);
    modal.view = view;
    if (changed) {
      modal.surface.take(view.blocks, view.state?.values);
      reconcileBlocks(modal.body, view.blocks, modal.surface);
      trouble(modal, "");
    }
    if (another) modal.body.scrollTop = 0;
    drawFrame(modal, depth);
    const top = depth === stack.length - 1;
    const uncovered = closed && top && modal.veil.hidden;
    if (!top && !modal.veil.hidden) closePopover();
    modal.veil.hidden = !top;
    if (fresh) document.body.append(modal.veil);
    if (top && (fresh || uncovered)) focusFirst(modal);
  }
  if (!stack.length && goBack) {
    goBack();
    goBack = null;
  }
}

/** Take the open modals as the local Slack gives them, bottom first. */
export function takeStack(stack) {
  store.stack = stack;
  emit("views");
}

/** Fetch the open modals of this window. */
export async function loadStack() {
  const answer = await get("/_sim/views");
  if (answer.stack) takeStack(answer.stack);
}

// A focus that got lost must not leave somebody shut in.
document.addEventListener("keydown", (event) => {
  const top = open.get(store.stack.at(-1)?.id);
  if (event.key === "Escape" && top && document.activeElement === document.body) leave(top);
});
on("views", draw);
