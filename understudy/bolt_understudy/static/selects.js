/** The select menus: static, external, people, conversations, channels, and their multi forms. */

import { reason } from "./api.js";
import { combobox } from "./combobox.js";
import { words } from "./mrkdwn.js";
import { avatar, channelMark, channelTitle, nameOf } from "./names.js";
import { naming } from "./naming.js";
import { store } from "./store.js";
import { heldKey } from "./surface.js";

const ofOption = (option) => ({
  key: option.value,
  label: words(option.text),
  note: option.description && words(option.description),
  raw: option,
});

function ofPerson(id) {
  const role = store.people.get(id)?.role;
  return {
    key: id,
    label: nameOf(id),
    note: role !== nameOf(id) && role,
    before: () => avatar(id, "small"),
    raw: id,
  };
}

function ofChannel(id) {
  const channel = store.channels.get(id);
  if (!channel) return { key: id, label: id, raw: id };
  const im = channel.kind === "im";
  return {
    key: id,
    label: im ? channelTitle(channel) : channel.name,
    before: () => (im ? avatar(channel.with, "small") : channelMark(channel)),
    raw: id,
  };
}

const matching = (choices, query) => {
  const wanted = query.toLocaleLowerCase();
  return choices.filter((choice) => choice.label.toLocaleLowerCase().includes(wanted));
};

const grouped = (answer) => (answer.option_groups
  ? answer.option_groups.map((group) => ({ label: words(group.label), choices: group.options.map(ofOption) }))
  : [{ choices: (answer.options ?? []).map(ofOption) }]);

function staticSource(element) {
  const groups = grouped(element);
  return async (query) => groups.map((group) => ({ ...group, choices: matching(group.choices, query) }));
}

function externalSource(element, { block, surface }) {
  const least = element.min_query_length ?? 3;
  let latest = 0;
  return async (query) => {
    latest += 1;
    const mine = latest;
    if (query.length < least) {
      return { hint: least === 1 ? "Type to search" : `Type at least ${least} characters to search` };
    }
    await new Promise((resolve) => { setTimeout(resolve, query ? 200 : 0); });
    if (mine !== latest) return { hint: "Loading…" };
    const answer = await surface.options(block, element, query);
    return answer.ok === false ? { hint: `Couldn’t load the options. ${reason(answer)}` } : grouped(answer);
  };
}

function peopleSource() {
  const people = [...store.people.values()].filter((person) => !person.deleted && !person.is_stranger);
  const program = (person) => Number(person.is_bot || person.id === "USLACKBOT");
  people.sort((one, other) => program(one) - program(other));
  const choices = people.map((person) => ofPerson(person.id));
  return async (query) => [{ choices: matching(choices, query) }];
}

function passes(channel, {
  include,
  exclude_bot_users: noBots,
  exclude_external_shared_channels: noShared,
} = {}) {
  const kind = channel.kind === "shared" ? "public" : channel.kind;
  if (include && !include.includes(kind)) return false;
  if (noBots && kind === "im" && channel.with === store.app.bot_user) return false;
  return !(noShared && channel.kind === "shared");
}

function channelSource(element) {
  const publicOnly = element.type.includes("channels");
  const choices = [...store.channels.values()]
    .filter((channel) => !channel.is_archived)
    .filter((channel) => passes(channel, publicOnly ? { include: ["public"] } : element.filter))
    .map((channel) => ofChannel(channel.id));
  return async (query) => [{ choices: matching(choices, query.replace(/^#/, "")) }];
}

const SORTS = {
  static: [staticSource, ofOption, "Select an item"],
  external: [externalSource, ofOption, "Select an item"],
  users: [peopleSource, ofPerson, "Select a person"],
  conversations: [channelSource, ofChannel, "Select a conversation"],
  channels: [channelSource, ofChannel, "Select a channel"],
};

/** Any select element. */
export function select(element, context) {
  const { block, surface, dispatches, controls } = context;
  const key = heldKey(element.type);
  const multiple = element.type.startsWith("multi_");
  const [source, present, otherwise] = SORTS[element.type.replace("multi_", "").replace("_select", "")];
  const placeholder = element.placeholder ? words(element.placeholder) : otherwise;
  const chosen = () => [surface.held(block, element) ?? []].flat().map(present);
  const box = combobox({
    attributes: {
      ...naming({ ...context, label: element.placeholder ? placeholder : context.label }),
      "data-focus": element.action_id,
    },
    placeholder,
    multiple,
    chosen: chosen(),
    most: element.max_selected_items,
    clearable: Boolean(block.optional),
    load: source(element, context),
    async changed(choices) {
      const before = surface.held(block, element);
      const values = choices.map((choice) => choice.raw);
      const value = multiple ? values : (values[0] ?? null);
      surface.hold(block, element, value);
      if (!dispatches || (await surface.act(block, element, { [key]: value }, box.node))) return;
      surface.hold(block, element, before);
      box.show(chosen());
    },
  });
  if (element.focus_on_load) box.input.dataset.autofocus = "";
  controls.focus = () => box.input.focus();
  controls.empty = () => !chosen().length;
  controls.invalid = box.input;
  return box.node;
}
