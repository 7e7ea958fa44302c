/** The bar at the top: the workspace, the clock, the inspector, who acts. */

import { clockButton } from "./clock.js";
import { el } from "./dom.js";
import { guideButton } from "./guide.js";
import { icon } from "./icons.js";
import { avatar, nameOf } from "./names.js";
import { openMenu } from "./popover.js";
import { now, on, store } from "./store.js";
import { clockTime } from "./times.js";

/** The people one can be: no programs, nobody who left. */
export function actors() {
  return [...store.people.values()].filter((person) => !person.is_bot && !person.deleted && person.id !== "USLACKBOT");
}

function mailboxLink() {
  const link = el("a.tool", { href: "/mailbox", target: "_blank", hidden: true }, "Mailbox");
  on("state", () => { link.hidden = !store.mailbox; });
  return link;
}

function personButton(become) {
  const button = el("button.acting", { type: "button", "aria-haspopup": "menu", "aria-expanded": "false" });
  button.addEventListener("click", () => {
    const items = actors().map((person) => ({
      label: nameOf(person.id),
      note: `${person.role} · ${clockTime(now(), person.tz)} in ${person.tz.split("/").at(-1).replaceAll("_", " ")}`,
      before: avatar(person.id, "medium"),
      checked: person.id === store.me.id,
      run: () => become(person.id),
    }));
    openMenu(
      button,
      [{ heading: "Act as" }, ...items, { heading: "Another tab can be another person." }],
      { label: "Act as", align: "end" },
    );
  });
  on("state", () => {
    const { id, role } = store.me;
    button.setAttribute("aria-label", `Acting as ${nameOf(id)}, ${role}`);
    button.replaceChildren(...[
      avatar(id, "small"),
      el("span.me-name", { dir: "auto" }, nameOf(id)),
      role !== nameOf(id) && el("span.me-role", {}, role),
      icon("down", 14),
    ].filter(Boolean));
  });
  return button;
}

/**
 * The top bar.
 *
 * `become` is called with a person's id; `inspector` toggles the drawer; `drawer` toggles the sidebar.
 */
export function topbar({ become, inspector, drawer }) {
  const team = el("span.team", { dir: "auto" }, "Local Slack");
  on("state", () => { team.textContent = store.team.name; });
  return el(
    "header.topbar", {},
    el(
      "button.tool.drawer-toggle",
      { type: "button", "aria-label": "Channels and apps", "aria-controls": "sidebar", onclick: drawer },
      icon("menu"),
    ),
    el("span.brand", {}, "Local Slack"), team,
    el("span.grow"),
    mailboxLink(),
    guideButton(),
    clockButton(),
    inspector,
    personButton(become),
  );
}
