/** What one can do with a message: the app's message shortcuts, and copying. */

import { post, reason } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { avatar } from "./names.js";
import { openMenu } from "./popover.js";
import { store } from "./store.js";
import { toast } from "./toast.js";

async function run(shortcut, message) {
  const answer = await post(
    "/_sim/shortcut",
    { callback_id: shortcut.callback_id, channel: message.channel, ts: message.ts },
  );
  if (!answer.ok) toast(`“${shortcut.name}” failed. ${reason(answer)}`);
}

/** The small bar at a message's corner. */
export function messageTools(message) {
  const more = el(
    "button.tool", {
      type: "button",
      "aria-label": "More actions",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      title: "More actions",
    },
    icon("dots", 18),
  );
  more.addEventListener("click", () => {
    const shortcuts = message.ephemeral ? [] : store.app.shortcuts.filter((one) => one.type === "message");
    openMenu(
      more,
      [
        ...shortcuts.map((one) => ({
          label: one.name,
          note: store.app.name,
          before: avatar(store.app.bot_user, "small"),
          run: () => run(one, message),
        })),
        {
          label: "Copy text",
          before: icon("copy", 16),
          run: () => navigator.clipboard.writeText(more.closest(".message").querySelector(".body").innerText.trim()),
        },
      ],
      { label: "More actions", align: "end" },
    );
  });
  return el("div.message-tools", {}, more);
}
