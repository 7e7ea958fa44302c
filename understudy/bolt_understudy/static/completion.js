/** Completion while typing: commands after `/`, people after `@`, channels after `#`. */

import { el, uid } from "./dom.js";
import { avatar, channelMark, nameOf } from "./names.js";
import { attach } from "./popover.js";
import { store } from "./store.js";

const MOST = 8;
const BUILT_IN = [{
  name: "/invite",
  description: "Add people or apps to this channel",
  usage_hint: "@someone",
  own: true,
}];

const has = (text, typed) => text.toLocaleLowerCase().includes(typed.toLocaleLowerCase());

function commands(typed) {
  return [...store.app.commands, ...BUILT_IN]
    .filter((command) => command.name.startsWith(`/${typed}`))
    .map((command) => ({
      insert: command.name,
      before: () => (command.own ? avatar("USLACKBOT", "medium") : avatar(store.app.bot_user, "medium")),
      label: `${command.name} ${command.usage_hint}`.trim(),
      note: command.description,
      aside: command.own ? "Slack" : store.app.name,
    }));
}

function people(typed) {
  return [...store.people.values()]
    .filter((person) => !person.deleted && person.id !== "USLACKBOT" && has(
      `${nameOf(person.id)} ${person.name}`,
      typed,
    ))
    .map((person) => ({
      insert: `@${nameOf(person.id)}`,
      means: `<@${person.id}|${person.name}>`,
      before: () => avatar(person.id, "small"),
      label: nameOf(person.id),
      aside: person.role,
    }));
}

function channels(typed) {
  return [...store.channels.values()]
    .filter((channel) => channel.name && has(channel.name, typed))
    .map((channel) => ({
      insert: `#${channel.name}`,
      means: `<#${channel.id}|${channel.name}>`,
      before: () => channelMark(channel),
      label: channel.name,
    }));
}

/** What is being typed at the caret: `{ start, choices }`, or null. */
function asked(area) {
  const before = area.value.slice(0, area.selectionStart);
  const command = /^\/(\S*)$/.exec(before);
  if (command) return { start: 0, choices: commands(command[1]) };
  const mention = /(?:^|\s)([@#])([^\s@#]*(?: [^\s@#]+)?)$/.exec(before);
  if (!mention) return null;
  const start = before.length - mention[2].length - 1;
  return { start, choices: (mention[1] === "@" ? people : channels)(mention[2]) };
}

/** Offer completions for `area`, above `anchor`. Chosen names are put into `mentions`: what is shown to what is meant. */
export function completions(area, anchor, mentions) {
  const id = uid("completions");
  let open = null;

  function close() {
    open?.attached.detach();
    open = null;
    area.removeAttribute("aria-activedescendant");
    area.removeAttribute("aria-controls");
  }

  function choose(choice) {
    const end = area.selectionStart;
    const text = `${choice.insert} `;
    area.setRangeText(text, open.start, end, "end");
    if (choice.means) mentions.set(choice.insert, choice.means);
    close();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function highlight(index) {
    const options = [...open.panel.children];
    options[open.active]?.setAttribute("aria-selected", "false");
    open.active = (index + options.length) % options.length;
    options[open.active].setAttribute("aria-selected", "true");
    options[open.active].scrollIntoView({ block: "nearest" });
    area.setAttribute("aria-activedescendant", options[open.active].id);
  }

  function refresh() {
    const found = asked(area);
    const choices = found?.choices.slice(0, MOST) ?? [];
    const finished = choices.length === 1 && area.value.slice(
      found.start,
      area.selectionStart,
    ) === choices[0].insert && choices[0].means;
    close();
    if (!choices.length || finished) return;
    const panel = el("div.listbox.completions", {
      role: "listbox",
      id,
      "aria-label": "Suggestions",
    }, choices.map((choice) => {
      const option = el("div.option", {
        role: "option",
        id: uid("suggestion"),
        "aria-selected": "false",
        dir: "auto",
      },
        choice.before(),
        el(
          "span.option-words",
          {},
          el("span.option-label", {}, choice.label),
          choice.note && el("span.option-note", {}, choice.note),
        ),
        choice.aside && el("span.option-aside", {}, choice.aside));
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose(choice));
      return option;
    }));
    open = { panel, choices, start: found.start, active: -1, attached: attach(panel, anchor, { width: 320 }) };
    area.setAttribute("aria-controls", id);
    highlight(0);
  }

  area.addEventListener("input", refresh);
  area.addEventListener("blur", close);
  area.addEventListener("click", refresh);
  area.addEventListener("keydown", (event) => {
    if (!open) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) highlight(open.active + move);
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") choose(open.choices[open.active]);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  return { close };
}
