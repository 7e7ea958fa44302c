/** What elements stand on: a message, a modal or the Home tab. It holds what people chose. */

import { post, reason } from "./api.js";
import { askFirst } from "./confirm.js";

const HELD = {
  plain_text_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  rich_text_input: ["rich_text_value", "initial_value"],
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  radio_buttons: ["selected_option", "initial_option"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  checkboxes: ["selected_options", "initial_options"],
  users_select: ["selected_user", "initial_user"],
  multi_users_select: ["selected_users", "initial_users"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
};

/** The key under which a state holds what was chosen in such an element. */
export function heldKey(type) {
  return HELD[type][0];
}

function* heldElements(blocks) {
  for (const block of blocks) {
    for (const element of [block.element, block.accessory, ...(block.elements ?? [])]) {
      if (element && HELD[element.type]) yield [block.block_id, element];
    }
    yield* heldElements(block.child_blocks ?? []);
  }
}

export class Surface {
  /**
   * @param container what `/_sim/action` calls it: `{ type, … }`
   * @param failed called with one sentence when the app did not answer
   * @param channel the conversation that `default_to_current_conversation` means
   */
  constructor(container, { failed, channel = "" }) {
    this.container = container;
    this.failed = failed;
    this.channel = channel;
    this.values = {};
    this.fields = new Map();
  }

  /** Take new blocks: what was chosen under the same ids and type stays. */
  take(blocks, given = {}) {
    const before = this.values;
    this.values = {};
    for (const [block_id, element] of heldElements(blocks)) {
      const [key, initial] = HELD[element.type];
      const { type, action_id } = element;
      const held = before[block_id]?.[action_id];
      const first = { type, [key]: element[initial] ?? (key.endsWith("s") ? [] : null) };
      if (element.default_to_current_conversation && this.channel && !element[initial]) {
        first[key] = key.endsWith("s") ? [this.channel] : this.channel;
      }
      this.values[block_id] ??= {};
      this.values[block_id][action_id] = held?.type === type ? held : (given[block_id]?.[action_id] ?? first);
    }
    for (const id of this.fields.keys()) if (!this.values[id]) this.fields.delete(id);
  }

  /** What is chosen or typed in an element: text, an option, a list of ids, … */
  held(block, element) {
    return this.values[block.block_id]?.[element.action_id]?.[heldKey(element.type)];
  }

  /** Remember what is chosen or typed. */
  hold(block, element, value) {
    this.values[block.block_id][element.action_id] = { type: element.type, [heldKey(element.type)]: value };
  }

  /** `{ values }` as Slack sends it. */
  get state() {
    return { values: this.values };
  }

  /** Register an input block's `{ check, say, focus }` for the time of submitting. */
  field(block, controls) {
    this.fields.set(block.block_id, controls);
  }

  /** Check what the browser can check; true when all is well. Otherwise the first wrong field has focus. */
  check() {
    const errors = {};
    for (const [id, { check }] of this.fields) {
      const error = check();
      if (error) errors[id] = error;
    }
    return !this.showErrors(errors);
  }

  /** Put a sentence at each field that has one and take it from the others; true when there was any. */
  showErrors(errors) {
    let first = null;
    for (const [id, controls] of this.fields) {
      controls.say(errors[id] ?? "");
      if (errors[id]) first ??= controls;
    }
    first?.focus();
    return Boolean(first);
  }

  /**
   * Tell the app that the person used an element; asks first where the element says so.
   *
   * @returns false when the person thought better of it
   */
  async act(block, element, chosen, control) {
    if (element.confirm && !(await askFirst(element.confirm))) return false;
    const action = { block_id: block.block_id, action_id: element.action_id, type: element.type, ...chosen };
    const waiting = setTimeout(() => control.setAttribute("aria-busy", "true"), 150);
    const answer = await post("/_sim/action", { container: this.container, action, state: this.state });
    clearTimeout(waiting);
    control.removeAttribute("aria-busy");
    this.failed(answer.ok ? "" : reason(answer));
    return true;
  }

  /** The options of an external select for what was typed. */
  options(block, element, value) {
    const { block_id } = block;
    return post("/_sim/options", { container: this.container, block_id, action_id: element.action_id, value });
  }
}
