/** The workspace's clock, which anyone may move: reminders depend on it. */

import { post, reason } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { closePopover, openPopover } from "./popover.js";
import { now, on, store, takeClock } from "./store.js";
import { clockTime, fromUnix, nextWeekdayMorning, shortMoment, toUnix } from "./times.js";
import { toast } from "./toast.js";

const AHEAD = 30;

async function move(change) {
  closePopover({ refocus: true });
  const answer = await post("/_sim/clock", change);
  if (answer.now) takeClock(answer.now);
  else toast(`The clock did not move. ${reason(answer)}`);
}

const moveTo = (unix) => move({ set: new Date(unix * 1000).toISOString() });

function panel() {
  const at = fromUnix(now());
  const date = el("input.picker", { type: "date", "aria-label": "Date", value: at.date });
  const time = el("input.picker", { type: "time", "aria-label": "Time", value: at.time });
  const set = () => date.value && time.value && moveTo(toUnix(date.value, time.value));
  const quick = (label, run) => el("button.button.compact", { type: "button", onclick: run }, label);
  return el(
    "div.card.clock-card", { role: "group", "aria-label": "Clock" },
    el("b", {}, `It is ${shortMoment(now())}`), el("span.zone", {}, store.me.tz.replaceAll("_", " ")),
    el("div.clock-row", {},
      quick("Now", () => moveTo(Date.now() / 1000)),
      quick("+1 hour", () => move({ advance: 3600 })),
      quick("+1 day", () => move({ advance: 86_400 })),
      quick("Next weekday 9:00", () => moveTo(nextWeekdayMorning()))),
    el(
      "div.clock-row",
      {},
      date,
      time,
      el("button.button.compact.primary", { type: "button", onclick: set }, "Set"),
    ),
  );
}

/** The clock in the top bar. */
export function clockButton() {
  const words = el("span.clock-words");
  const button = el(
    "button.clock",
    { type: "button", "aria-haspopup": "true", "aria-expanded": "false" },
    icon("clock", 16),
    words,
  );
  button.addEventListener("click", () => {
    openPopover(button, panel(), { align: "end" });
    document.querySelector(".clock-card button")?.focus();
  });
  const tick = () => {
    if (!store.me) return;
    const moved = Math.abs(store.offset) > AHEAD;
    words.textContent = moved ? shortMoment(now()) : clockTime(now());
    button.classList.toggle("moved", moved);
    button.setAttribute("aria-label", `Clock: ${shortMoment(now())}`);
  };
  on("clock state", tick);
  setInterval(tick, 5_000);
  return button;
}
