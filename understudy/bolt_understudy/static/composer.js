/** Where messages and commands are typed. */

import { post, reason } from "./api.js";
import { completions } from "./completion.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./popover.js";
import { dropMessage, keepMessage, messagesOf, notice, now, store } from "./store.js";
import { toast } from "./toast.js";

const drafts = new Map();
let pending = 0;

/** What the chosen names stand for, put into what is sent. */
function withMentions(text, mentions) {
  const names = [...mentions.keys()].sort((one, other) => other.length - one.length);
  return names.reduce((all, name) => all.replaceAll(name, mentions.get(name)), text);
}

async function runCommand(channel, text) {
  const name = text.split(/\s/)[0];
  const known = name === "/invite" || store.app.commands.some((command) => command.name === name);
  if (!known) {
    notice(
      channel.id,
      `\`${name}\` is not a valid command here. To send a message that begins with \`/\`, type a space before it.`,
    );
    return;
  }
  const answer = await post("/_sim/command", { channel: channel.id, text });
  if (answer.ok) return;
  const away = ["operation_timeout", "dispatch_failed"].includes(answer.error);
  notice(
    channel.id,
    away ? `\`${name}\` failed with the error “${answer.error}”. ${reason(answer)}` : `\`${name}\` failed. ${reason(answer)}`,
  );
}

async function send(channel, text) {
  pending += 1;
  const key = `pending-${pending}`;
  const ts = now().toFixed(6);
  const shown = text.replace(/&/g, "&amp;").replace(/<(?![@#][A-Z0-9])/g, "&lt;");
  keepMessage(
    channel.id,
    {
      ts,
      key,
      channel: channel.id,
      user: store.me.id,
      text: shown,
      blocks: [],
      ephemeral: false,
      pending: true,
      local: true,
    },
  );
  const answer = await post("/_sim/message", { channel: channel.id, text });
  if (answer.ok) {
    messagesOf(channel.id).delete(ts);
    const { message } = answer;
    keepMessage(channel.id, { ...(messagesOf(channel.id).get(message.ts) ?? message), key });
  } else if (messagesOf(channel.id).has(ts)) {
    const failed = { ...messagesOf(channel.id).get(ts), failed: reason(answer) };
    dropMessage(channel.id, ts);
    keepMessage(channel.id, failed);
  }
}

async function runGlobal(shortcut) {
  const answer = await post("/_sim/shortcut", { callback_id: shortcut.callback_id });
  if (!answer.ok) toast(`“${shortcut.name}” failed. ${reason(answer)}`);
}

function shortcutButton() {
  const shortcuts = store.app.shortcuts.filter((one) => one.type === "global");
  if (!shortcuts.length) return null;
  const button = el(
    "button.tool",
    {
      type: "button",
      "aria-label": "Shortcuts",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      title: "Shortcuts",
    },
    icon("bolt", 18),
  );
  button.addEventListener("click", () =>
    openMenu(
      button,
      [
        { heading: store.app.name },
        ...shortcuts.map((one) => ({ label: one.name, note: one.description, run: () => runGlobal(one) })),
      ],
      { label: "Shortcuts" },
    ));
  return button;
}

/** A composer for one channel; `title` is how it is called (`#general`). */
export function composer(channel, title) {
  const draft = drafts.get(`${store.me.id} ${channel.id}`) ?? { text: "", mentions: new Map() };
  drafts.set(`${store.me.id} ${channel.id}`, draft);
  const area = el("textarea", {
    rows: "1", dir: "auto", placeholder: `Message ${title}`, "aria-label": `Message ${title}`, autocomplete: "off",
    "aria-autocomplete": "list", value: draft.text, "data-focus": "composer",
  });
  const hint = el("div.usage", { "aria-live": "polite" });
  const submit = el("button.send", { type: "button", "aria-label": "Send", title: "Send" }, icon("send", 18));
  const box = el(
    "div.composer",
    {},
    hint,
    area,
    el("div.composer-foot", {}, shortcutButton(), el("span.grow"), submit),
  );
  const list = completions(area, box, draft.mentions);

  function shown() {
    draft.text = area.value;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 280)}px`;
    submit.disabled = !area.value.trim();
    const command = store.app.commands.find((one) => area.value.startsWith(`${one.name} `));
    hint.replaceChildren(...(command?.usage_hint ? [el("b", {}, command.name), " ", command.usage_hint] : []));
  }

  function go() {
    const typed = area.value;
    if (!typed.trim()) return;
    const text = withMentions(typed.trimEnd(), draft.mentions);
    area.value = "";
    draft.mentions.clear();
    list.close();
    shown();
    if (text.startsWith("/")) runCommand(channel, text);
    else send(channel, text.trim());
  }

  area.addEventListener("input", shown);
  area.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    go();
  });
  submit.addEventListener("click", () => {
    go();
    area.focus();
  });
  requestAnimationFrame(shown);
  return { node: box, focus: () => area.focus({ preventScroll: true }) };
}
