/** Small panels beside what opened them: menus, lists, cards. */

import { el, uid } from "./dom.js";
import { wayBack } from "./focus.js";

/** Keep `panel` beside `anchor`, above it where there is no room below; gives a function that lets go. */
export function attach(panel, anchor, { align = "start", width = 0 } = {}) {
  (anchor.closest("[role=dialog], [role=alertdialog], main, .topbar, .inspector") ?? document.body).append(panel);
  panel.classList.add("popover");
  const place = () => {
    const at = anchor.getBoundingClientRect();
    if (width) panel.style.width = `${Math.max(at.width, width)}px`;
    const { width: wide, height: high } = panel.getBoundingClientRect();
    const below = window.innerHeight - at.bottom - 12;
    const above = at.top - 12;
    const up = high > below && above > below;
    const left = align === "end" ? at.right - wide : at.left;
    panel.style.maxHeight = `${Math.max(up ? above : below, 120)}px`;
    panel.style.left = `${Math.max(8, Math.min(left, window.innerWidth - wide - 8))}px`;
    panel.style.top = up ? `${Math.max(8, at.top - Math.min(high, above) - 4)}px` : `${at.bottom + 4}px`;
  };
  place();
  const again = (event) => panel.contains(event.target) || place();
  window.addEventListener("scroll", again, true);
  window.addEventListener("resize", place);
  return {
    place,
    detach() {
      window.removeEventListener("scroll", again, true);
      window.removeEventListener("resize", place);
      panel.remove();
    },
  };
}

let open = null;

/** Close the panel that is open, if any. */
export function closePopover({ refocus = false } = {}) {
  if (!open) return;
  const { anchor, attached, outside, goBack } = open;
  open = null;
  document.removeEventListener("pointerdown", outside, true);
  anchor.setAttribute("aria-expanded", "false");
  attached.detach();
  if (refocus) goBack();
}

/** Show a panel until something outside it is clicked or Escape is pressed. A second call closes it. */
export function openPopover(anchor, panel, options = {}) {
  const again = open?.anchor === anchor;
  closePopover();
  if (again) return;
  const outside = (event) => {
    if (!panel.contains(event.target) && !anchor.contains(event.target)) closePopover();
  };
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    closePopover({ refocus: true });
  });
  open = { anchor, outside, goBack: wayBack(anchor), attached: attach(panel, anchor, options) };
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
}

function step(panel, by) {
  const items = [...panel.querySelectorAll("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement);
  items.at((at + by + items.length) % items.length)?.focus();
}

/**
 * A menu. Each item is `{ label, note?, before?, checked?, danger?, heading?, run }`; `heading` alone makes a line
 * of small print.
 */
export function openMenu(anchor, items, { label, align } = {}) {
  const panel = el("div.menu", { role: "menu", "aria-label": label, id: uid("menu") });
  for (const item of items) {
    if (item.heading) {
      panel.append(el("div.menu-heading", {}, item.heading));
      continue;
    }
    const radio = item.checked !== undefined;
    const run = () => {
      closePopover({ refocus: true });
      item.run();
    };
    panel.append(
      el(
        `button.menu-item${item.danger ? ".danger" : ""}`,
        {
          type: "button",
          tabindex: "-1",
          role: radio ? "menuitemradio" : "menuitem",
          "aria-checked": radio ? String(item.checked) : null,
          onclick: run,
        },
        item.before,
        el(
          "span.menu-words",
          {},
          el("span.menu-label", { dir: "auto" }, item.label),
          item.note && el("span.menu-note", { dir: "auto" }, item.note),
        ),
      ),
    );
  }
  panel.addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      step(panel, move);
    } else if (event.key === "Tab") closePopover();
  });
  openPopover(anchor, panel, { align });
  if (panel.isConnected) (panel.querySelector("[aria-checked=true]") ?? panel.querySelector("button"))?.focus({ preventScroll: true });
}
