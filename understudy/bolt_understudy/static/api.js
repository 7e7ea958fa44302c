/** The local Slack's own doors. */

const EVENTS = ["message", "message_changed", "message_deleted", "views", "home", "state", "payload", "clock"];

/** Who acts, and in which window of theirs. */
export const who = { as: "", window: "" };

const unreachable = {
  ok: false,
  error: "unreachable",
  detail: "The local Slack does not answer. Is it still running?",
};

async function call(door, options) {
  try {
    const response = await fetch(door, options);
    return await response.json();
  } catch {
    return unreachable;
  }
}

/** Read a door; answers its JSON. */
export function get(door, query = {}) {
  return call(`${door}?${new URLSearchParams({ ...who, ...query })}`);
}

/** Do something as the person; answers `{ ok, error?, detail?, … }` and never throws. */
export function post(door, body = {}) {
  return call(door, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...who, ...body }),
  });
}

/** Follow what changes. `handlers` holds one function an event, and `opened` for each (re)connection. */
export function listen(handlers) {
  const source = new EventSource(`/_sim/stream?${new URLSearchParams(who)}`);
  for (const name of EVENTS) {
    source.addEventListener(name, (event) => handlers[name]?.(JSON.parse(event.data)));
  }
  source.addEventListener("open", () => handlers.opened());
  source.addEventListener("error", () => handlers.lost());
  return source;
}

const SENTENCES = {
  operation_timeout: "The app did not answer within 3 seconds.",
  dispatch_failed: "The app could not be reached, or answered with an error.",
};

/** One sentence for a refused call. */
export function reason(answer) {
  return SENTENCES[answer.error] || answer.detail || `Slack answered ${answer.error}.`;
}
