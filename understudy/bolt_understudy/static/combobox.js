/** A field to search in and choose from: the menus of Block Kit. */

import { el, uid } from "./dom.js";
import { icon } from "./icons.js";
import { attach } from "./popover.js";

/**
 * Draw a combobox.
 *
 * A choice is `{ key, label, note?, before? }` (`before` makes a node). `load(query)` resolves to groups
 * `[{ label?, choices }]`, or to `{ hint }` when there is nothing to choose from yet.
 *
 * @returns `{ node, input, show(choices) }`; `changed(choices)` is called when the list closes or, for a single
 * choice, at once.
 */
export function combobox({ attributes, placeholder, multiple, chosen, most, clearable, load, changed }) {
  const listId = uid("list");
  const input = el("input", {
    ...attributes, type: "text", role: "combobox", autocomplete: "off", dir: "auto",
    "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": listId,
  });
  const clear = el(
    "button.select-clear",
    { type: "button", "aria-label": "Clear", tabindex: "-1" },
    icon("close", 14),
  );
  const pills = el("span.pills");
  const node = el(`div.select${multiple ? ".multi" : ""}`, {}, pills, input, clear, icon("down", 14));
  let selected = chosen;
  let list = null;
  let typed = false;
  let active = -1;
  let touched = false;
  let run = 0;

  const isChosen = (choice) => selected.some((one) => one.key === choice.key);

  function draw() {
    if (multiple) {
      pills.replaceChildren(
        ...selected.map((choice) =>
          el("span.pill", { dir: "auto" }, choice.before?.(), el("span", {}, choice.label),
            el(
              "button",
              { type: "button", "aria-label": `Remove ${choice.label}`, onclick: () => drop(choice) },
              icon("close", 12),
            )),
        ),
      );
    } else if (!typed) {
      pills.replaceChildren(...(selected[0]?.before ? [selected[0].before()] : []));
      input.value = selected[0]?.label ?? "";
    }
    input.placeholder = multiple && selected.length ? "" : placeholder;
    clear.hidden = multiple || !clearable || !selected.length;
  }

  function take(choices) {
    selected = choices;
    touched = true;
    draw();
  }

  function drop(choice) {
    take(selected.filter((one) => one.key !== choice.key));
    if (list) refresh();
    else settle();
  }

  function settle() {
    if (!touched) return;
    touched = false;
    changed(selected);
  }

  function pick(choice) {
    if (!multiple) {
      typed = false;
      take([choice]);
      close();
    } else if (isChosen(choice)) drop(choice);
    else if (!most || selected.length < most) {
      take([...selected, choice]);
      input.value = "";
      refresh();
    }
  }

  function highlight(index) {
    const options = [...list.panel.querySelectorAll("[role=option]")];
    options[active]?.classList.remove("active");
    active = options.length ? (index + options.length) % options.length : -1;
    options[active]?.classList.add("active");
    options[active]?.scrollIntoView({ block: "nearest" });
    if (active >= 0) input.setAttribute("aria-activedescendant", options[active].id);
    else input.removeAttribute("aria-activedescendant");
  }

  function optionNode(choice) {
    const option = el(
      "div.option",
      { role: "option", id: uid("option"), "aria-selected": String(isChosen(choice)), dir: "auto" },
      choice.before?.(),
      el(
        "span.option-words",
        {},
        el("span.option-label", {}, choice.label),
        choice.note && el("span.option-note", {}, choice.note),
      ),
      isChosen(choice) && icon("check", 16),
    );
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", () => pick(choice));
    option.choice = choice;
    return option;
  }

  async function refresh() {
    run += 1;
    const mine = run;
    const slow = setTimeout(() => list?.panel.replaceChildren(el("div.option-hint", {}, "Loading…")), 200);
    const groups = await load(typed || multiple ? input.value.trim() : "");
    clearTimeout(slow);
    if (mine !== run || !list) return;
    const found = groups.hint ? [] : groups.filter((group) => group.choices.length);
    const nodes = found.map((group) =>
      group.label
        ? el(
          "div",
          { role: "group", "aria-label": group.label },
          el("div.option-group", { "aria-hidden": "true" }, group.label),
          group.choices.map(optionNode),
        )
        : group.choices.map(optionNode),
    );
    list.panel.replaceChildren(...(found.length ? nodes.flat() : [el(
      "div.option-hint",
      {},
      groups.hint ?? "No results",
    )]));
    list.attached.place();
    active = -1;
    const at = [...list.panel.querySelectorAll("[role=option]")].findIndex((one) => !multiple && isChosen(one.choice));
    highlight(Math.max(at, 0));
  }

  function open() {
    if (list) return;
    const panel = el(
      "div.listbox",
      {
        role: "listbox",
        id: listId,
        "aria-multiselectable": multiple ? "true" : null,
        "aria-label": placeholder,
      },
    );
    panel.addEventListener("pointerdown", (event) => event.preventDefault());
    list = { panel, attached: attach(panel, node, { width: 240 }) };
    input.setAttribute("aria-expanded", "true");
    node.classList.add("open");
    if (!multiple && !typed) input.select();
    refresh();
  }

  function close() {
    if (!list) return;
    list.attached.detach();
    list = null;
    typed = false;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    node.classList.remove("open");
    if (multiple) input.value = "";
    draw();
    settle();
  }

  clear.addEventListener("click", () => {
    take([]);
    settle();
    input.focus();
  });
  node.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button")) return;
    if (event.target !== input) event.preventDefault();
    input.focus();
    if (list && event.target !== input) close();
    else open();
  });
  input.addEventListener("input", () => {
    typed = true;
    if (list) refresh();
    else open();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      if (list) highlight(active + move);
      else open();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = list?.panel.querySelectorAll("[role=option]")[active];
      if (option) pick(option.choice);
      else open();
    } else if (event.key === "Escape" && list) {
      event.stopPropagation();
      close();
    } else if (event.key === "Backspace" && multiple && !input.value && selected.length) drop(selected.at(-1));
  });
  draw();
  return { node, input, show: (choices) => { selected = choices; touched = false; draw(); } };
}
