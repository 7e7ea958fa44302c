/** The drawer that shows what goes to the bot and what comes from it. */

import { get } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { jsonView } from "./json_view.js";
import { preciseTime } from "./times.js";

const KEPT = 500;
const DIRECTIONS = { to_bot: ["→", "to the app"], from_bot: ["←", "from the app"] };

function part(title, value) {
  if (value === null || value === undefined || value === "") return null;
  const copy = el(
    "button.button.compact",
    { type: "button", "aria-label": `Copy ${title.toLowerCase()}` },
    icon("copy", 14),
    "Copy",
  );
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(typeof value === "string" ? value : JSON.stringify(value, null, 2));
    copy.lastChild.data = "Copied";
  });
  return el(
    "section",
    { "aria-label": title },
    el("div.part-head", {}, el("b", {}, title), copy),
    jsonView(value),
  );
}

function failed({ answer }) {
  return (answer && typeof answer === "object" && answer.ok === false) || answer?.error;
}

function row(record) {
  const [arrow, words] = DIRECTIONS[record.direction];
  const node = el(
    `details.record.${record.direction}${failed(record) ? ".failed" : ""}`, {},
    el("summary", {},
      el("span.arrow", { title: words, "aria-label": words, role: "img" }, arrow),
      el("span.record-title", { dir: "auto" }, record.title),
      el("span.record-kind", {}, record.kind.replaceAll("_", " ")),
      el(
        "span.record-time",
        { title: preciseTime(record.at) },
        `${record.took_ms < 10 ? record.took_ms.toFixed(1) : Math.round(record.took_ms)} ms`,
      )),
  );
  node.addEventListener("toggle", () => {
    if (node.open && node.children.length === 1) {
      node.append(el(
        "div.record-body",
        {},
        el("div.record-at", {}, `${preciseTime(record.at)} · ${words}`),
        part("Payload", record.payload),
        part("Answer", record.answer),
      ));
    }
  });
  return node;
}

/** The drawer and its toggle, `{ toggle, drawer, take, load }`. Whether it is open is remembered. */
export function inspector(root) {
  const list = el("div.records", { role: "list", "aria-label": "Payloads" });
  const filter = el(
    "input.text",
    { type: "search", placeholder: "Filter by title or content", "aria-label": "Filter payloads" },
  );
  const close = el("button.dialog-close", { type: "button", "aria-label": "Close payloads" }, icon("close"));
  const clear = el("button.button.compact", { type: "button" }, "Clear");
  const drawer = el("aside.inspector", { "aria-label": "Payloads", id: "inspector" },
    el(
      "header.inspector-head",
      {},
      el("h2", {}, "Payloads"),
      clear,
      close,
    ), el("div.inspector-filter", {}, filter), list);
  const toggle = el(
    "button.tool.inspector-toggle",
    {
      type: "button",
      "aria-label": "Payloads",
      "aria-controls": "inspector",
      title: "Payloads to and from the app",
    },
    icon("code", 18),
    el("span", {}, "Payloads"),
  );

  let records = [];
  let waiting = [];
  let last = 0;
  let cleared = 0;
  const isOpen = () => root.classList.contains("inspecting");
  const passes = (record) => {
    const wanted = filter.value.trim().toLowerCase();
    return !wanted || JSON.stringify([
      record.title,
      record.kind,
      record.payload,
      record.answer,
    ]).toLowerCase().includes(wanted);
  };
  const rows = (some) => some.filter(passes).map((record) => el(
    "div",
    { role: "listitem" },
    row(record),
  )).toReversed();

  function redraw() {
    list.replaceChildren(...rows(records));
  }

  function addWaiting() {
    list.prepend(...rows(waiting.slice(-KEPT)));
    while (list.childElementCount > KEPT) list.lastChild.remove();
    waiting = [];
  }

  function take(record) {
    if (!isOpen() || record.id <= last) return;
    last = record.id;
    records.push(record);
    if (records.length > 2 * KEPT) records = records.slice(-KEPT);
    waiting.push(record);
    if (waiting.length === 1) requestAnimationFrame(addWaiting);
  }

  async function load(after = 0) {
    if (!isOpen()) return;
    const answer = await get("/_sim/inspector", { after });
    records = (answer.records ?? []).slice(-KEPT);
    last = records.at(-1)?.id ?? after;
    redraw();
  }

  function show(open) {
    root.classList.toggle("inspecting", open);
    toggle.setAttribute("aria-expanded", String(open));
    localStorage.setItem("inspector", open ? "open" : "");
  }

  toggle.addEventListener("click", () => {
    show(!isOpen());
    load(cleared);
  });
  close.addEventListener("click", () => {
    show(false);
    toggle.focus();
  });
  clear.addEventListener("click", () => {
    cleared = last;
    records = [];
    redraw();
  });
  filter.addEventListener("input", redraw);
  show(localStorage.getItem("inspector") === "open");
  return { toggle, drawer, take, load };
}
