/** Moments as the acting person reads them: in their time zone and their language. */

import { now, store } from "./store.js";

const formats = new Map();

function parts(unix, options, tz = store.me.tz) {
  const key = JSON.stringify([store.me.locale, tz, options]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(store.me.locale || "en-GB", { timeZone: tz, ...options }));
  }
  return formats.get(key).format(new Date(unix * 1000));
}

/** `9:00`. */
export function clockTime(unix, tz) {
  return parts(unix, { hour: "numeric", minute: "2-digit" }, tz);
}

/** `Tue, 24 Nov 2026, 9:00`. */
export function fullMoment(unix) {
  return parts(
    unix,
    { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" },
  );
}

/** `Tue 24 Nov, 9:00`. */
export function shortMoment(unix) {
  return parts(unix, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
}

/** `10:20:31.250`, for the inspector. */
export function preciseTime(iso) {
  return parts(
    Date.parse(iso) / 1000,
    { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 },
  );
}

/** How far a time zone is ahead of UTC at a moment, in milliseconds. */
function zoneOffset(ms, tz) {
  const pieces = new Intl.DateTimeFormat("en-GB", {
    timeZone: tz, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
    hour: "2-digit", minute: "2-digit", second: "2-digit",
  }).formatToParts(new Date(ms));
  const at = Object.fromEntries(pieces.map((piece) => [piece.type, Number(piece.value)]));
  return Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second) - Math.floor(ms / 1000) * 1000;
}

/** Unix seconds of `2026-12-01` at `09:00` in a time zone. */
export function toUnix(date, time, tz = store.me.tz) {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const first = wall - zoneOffset(wall, tz);
  return Math.round((wall - zoneOffset(first, tz)) / 1000);
}

/** `{ date, time }` of a moment in a time zone, as the browser's inputs take them. */
export function fromUnix(unix, tz = store.me.tz) {
  const wall = new Date(unix * 1000 + zoneOffset(unix * 1000, tz)).toISOString();
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) };
}

/** The day of a moment as `2026-12-01`. */
export function dayOf(unix) {
  return fromUnix(unix).date;
}

/** 9:00 of the next Monday to Friday. */
export function nextWeekdayMorning() {
  const noon = new Date(`${dayOf(now())}T12:00:00Z`);
  do noon.setUTCDate(noon.getUTCDate() + 1);
  while ([0, 6].includes(noon.getUTCDay()));
  return toUnix(noon.toISOString().slice(0, 10), "09:00");
}

function pretty(unix) {
  const days = (Date.parse(dayOf(unix)) - Date.parse(dayOf(now()))) / 86_400_000;
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days];
}

const capital = (word) => word && word[0].toUpperCase() + word.slice(1);

/** `Today`, `Yesterday` or `Tuesday, 24 November`. */
export function dayTitle(unix) {
  return capital(pretty(unix)) ?? parts(unix, { weekday: "long", day: "numeric", month: "long" });
}

function ago(unix) {
  const seconds = unix - now();
  const words = new Intl.RelativeTimeFormat(store.me.locale || "en-GB", { numeric: "auto" });
  for (const [unit, length] of [["day", 86_400], ["hour", 3_600], ["minute", 60]]) {
    if (Math.abs(seconds) >= length) return words.format(Math.round(seconds / length), unit);
  }
  return words.format(Math.round(seconds), "second");
}

const LONG = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
const MIDDLE = { day: "numeric", month: "long", year: "numeric" };
const SHORT = { day: "numeric", month: "short", year: "numeric" };
const TOKENS = {
  date_num: (unix) => dayOf(unix),
  date_slash: (unix) => parts(unix, { day: "2-digit", month: "2-digit", year: "numeric" }),
  date: (unix) => parts(unix, MIDDLE),
  date_short: (unix) => parts(unix, SHORT),
  date_long: (unix) => parts(unix, LONG),
  date_long_full: (unix) => parts(unix, LONG),
  date_pretty: (unix) => pretty(unix) ?? parts(unix, MIDDLE),
  date_short_pretty: (unix) => pretty(unix) ?? parts(unix, SHORT),
  date_long_pretty: (unix) => pretty(unix) ?? parts(unix, LONG),
  day_divider_pretty: (unix) => pretty(unix) ?? dayTitle(unix),
  time: (unix) => clockTime(unix),
  time_secs: (unix) => parts(unix, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago,
};

/** Fill Slack's date format, `{date_short_pretty} at {time}`; null where it has an unknown part. */
export function slackDate(unix, template) {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  if (!names.every((name) => Object.hasOwn(TOKENS, name))) return null;
  return template.replace(/\{(\w+)\}/g, (_, name) => TOKENS[name](unix));
}
