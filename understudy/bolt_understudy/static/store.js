/** What this tab knows of the workspace. Views listen for the names that they draw. */

import { get } from "./api.js";

export const store = {
  me: null,
  people: new Map(),
  channels: new Map(),
  app: null,
  team: null,
  guide: null,
  mailbox: false,
  connected: true,
  reachable: true,
  offset: 0,
  place: { channel: "", tab: "" },
  messages: new Map(),
  newFrom: "",
  stack: [],
  home: null,
};

const listeners = new Map();

/** Call `work` whenever one of the names changed. */
export function on(names, work) {
  for (const name of names.split(" ")) {
    listeners.set(name, [...(listeners.get(name) ?? []), work]);
  }
}

/** Say that something changed. */
export function emit(name, data) {
  for (const work of listeners.get(name) ?? []) work(data);
}

/** The workspace's present, in Unix seconds. */
export function now() {
  return Date.now() / 1000 + store.offset;
}

/** The messages of a channel by ts. */
export function messagesOf(channel) {
  if (!store.messages.has(channel)) store.messages.set(channel, new Map());
  return store.messages.get(channel);
}

/** The conversation between the person and the app. */
export function appChannel() {
  return [...store.channels.values()].find(
    (channel) => channel.kind === "im" && channel.with === store.app.bot_user,
  );
}

/** The channel on screen; undefined on the Home tab. */
export function openChannel() {
  if (store.place.tab === "home") return undefined;
  return store.place.tab === "messages" ? appChannel() : store.channels.get(store.place.channel);
}

/** Fetch who and what there is; false when the local Slack refused. */
export async function loadState() {
  const answer = await get("/_sim/state");
  if (answer.ok === false) return false;
  store.me = answer.me;
  store.people = new Map(answer.people.map((person) => [person.id, person]));
  store.channels = new Map(answer.channels.map((channel) => [channel.id, channel]));
  store.app = answer.app;
  store.team = answer.team;
  store.guide = answer.guide ?? null;
  store.mailbox = answer.mailbox ?? false;
  store.connected = answer.connected;
  takeClock(answer.now);
  const open = openChannel();
  if (open && !document.hidden) open.unread = 0;
  emit("state");
  return true;
}

/** Set the clock by what the local Slack says it is. */
export function takeClock(time) {
  store.offset = (Date.parse(time) - Date.now()) / 1000;
  emit("clock");
}

/** Fetch a channel's messages; what only this tab knows (notices, what is being sent) stays. */
export async function loadMessages(channel) {
  const answer = await get("/_sim/messages", { channel });
  if (!answer.messages) return;
  const known = messagesOf(channel);
  const kept = [...known.values()].filter((message) => message.local);
  const fresh = answer.messages.map((one) => (known.get(one.ts)?.key ? {
    ...one,
    key: known.get(one.ts).key,
  } : one));
  store.messages.set(channel, new Map([...fresh, ...kept].map((one) => [one.ts, one])));
  emit("messages", channel);
}

/** Keep a message that came or changed. */
export function keepMessage(channel, message) {
  messagesOf(channel).set(message.ts, message);
  emit("messages", channel);
}

/** Forget one. */
export function dropMessage(channel, ts) {
  messagesOf(channel).delete(ts);
  emit("messages", channel);
}

let notices = 0;

/** Something Slack itself tells this person alone, such as a command that failed. */
export function notice(channel, text) {
  notices += 1;
  const ts = `${now().toFixed(6)}`;
  keepMessage(
    channel,
    {
      ts,
      channel,
      user: "USLACKBOT",
      text,
      blocks: [],
      ephemeral: true,
      local: true,
      key: `notice-${notices}`,
    },
  );
}

/** Forget a person's world before another's is loaded. */
export function forget() {
  store.messages.clear();
  store.stack = [];
  store.home = null;
  store.newFrom = "";
}
