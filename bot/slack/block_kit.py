"""Common Block Kit elements, as plain dicts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.locales import Words
from bot.slack.text.escaping import clip, isolate, mrkdwn, plain, width

Blocks = list[dict[str, Any]]
View = dict[str, Any]
"""A modal or a Home tab, in Slack's format."""
Message = tuple[str, Blocks]
"""A message's text, which must be complete by itself, and its blocks."""


DIVIDER: dict[str, Any] = {"type": "divider"}


def _filled(**fields: Any) -> dict[str, Any]:
    """Return an element without its empty fields, which Slack refuses."""
    return {name: value for name, value in fields.items() if value not in (None, "", False)}


def section(
    text: str, block: str | None = None, accessory: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return a section of `mrkdwn`; people's words in it must be escaped already."""
    return _filled(type="section", text=mrkdwn(text), block_id=block, accessory=accessory)


def plain_section(text: str) -> dict[str, Any]:
    """Return a section of plain text, in which people's words need no escaping."""
    return {"type": "section", "text": plain(text)}


def preformatted(text: str) -> dict[str, Any]:
    """Return preformatted text, to be copied."""
    element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [element]}


def context(text: str) -> dict[str, Any]:
    """Return a line of small `mrkdwn`."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def button(
    text: str,
    action: str,
    value: str = "",
    *,
    style: str | None = None,
    confirm: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a button; `action` needs a suffix `:…` if one block has several of the same action."""
    return _filled(
        type="button",
        text=plain(text, 75),
        action_id=action,
        value=value,
        style=style,
        confirm=confirm,
    )


def of_row(pressed: dict[str, Any], row: str, number: int | None = None) -> dict[str, Any]:
    """Return a button of a row with a label for screen readers that is unique among the rows.

    `row`: name of its row, as typed. `number`: number of its row from 0, if two rows can have the
    same name.
    """
    label = pressed["text"]["text"]
    which = label if number is None else f"{label} {number + 1}"
    return pressed | {"accessibility_label": clip(f"{which}: {isolate(row)}", 75)}


def confirm(t: Words, does: str, text: str, *, danger: bool = False) -> dict[str, Any]:
    """Return a confirmation dialog for a button; `does` is the button's own label."""
    return _filled(
        title=plain(does, 100),
        text=plain(text, 300),
        confirm=plain(does, 30),
        deny=plain(t("Keep") if danger else t("Cancel"), 30),
        style="danger" if danger else None,
    )


def actions(*elements: dict[str, Any], block: str | None = None) -> dict[str, Any]:
    """Return a row of buttons and menus."""
    return _filled(type="actions", elements=list(elements), block_id=block)


def text_input(
    field: str,
    label: str,
    *,
    value: str = "",
    most: int | None = None,
    optional: bool = False,
    multiline: bool = False,
    placeholder: str = "",
    hint: str = "",
) -> dict[str, Any]:
    """Return an input block for typed text.

    `field` is its block id; `most` is the most characters, raised to the length of `value` if need
    be.
    """
    element = _filled(
        type="plain_text_input",
        action_id="value",
        initial_value=value,
        # Slack may count an emoji as two characters, and the text that is there already must fit.
        max_length=most and max(most, width(value)),
        multiline=multiline,
        placeholder=placeholder and plain(placeholder, 150),
    )
    return field_block(field, label, element, optional=optional, hint=hint)


def field_block(
    field: str,
    label: str,
    element: dict[str, Any],
    *,
    optional: bool = False,
    hint: str = "",
    dispatch: bool = False,
) -> dict[str, Any]:
    """Return an input block around any element. With `dispatch`, each change sends a click."""
    return _filled(
        type="input",
        block_id=field,
        label=plain(label, 2000),
        element=element,
        optional=optional,
        hint=hint and plain(hint, 2000),
        dispatch_action=dispatch,
    )


def people_picker(most: int) -> dict[str, Any]:
    """Return a menu to choose people from, `most` at most."""
    return {"type": "multi_users_select", "action_id": "value", "max_selected_items": most}


def number_input(
    field: str, label: str, value: int | None, *, least: int = 1, most: int, hint: str = ""
) -> dict[str, Any]:
    """Return an optional input block for a whole number."""
    element: dict[str, Any] = {
        "type": "number_input",
        "action_id": "value",
        "is_decimal_allowed": False,
        "min_value": str(least),
        "max_value": str(most),
    }
    if value is not None:
        element["initial_value"] = str(value)
    return field_block(field, label, element, optional=True, hint=hint)


def time_picker(offered: datetime | None, action: str = "value") -> dict[str, Any]:
    """Return a picker of a day and a time, which Slack shows in the reader's own time zone."""
    seconds = None if offered is None else int(offered.timestamp())
    return _filled(type="datetimepicker", action_id=action, initial_date_time=seconds)


def tick_box(
    field: str, label: str, text: str, *, ticked: bool, optional: bool = False
) -> dict[str, Any]:
    """Return an input block with one box, whose value is `yes` if it is ticked."""
    element = checkboxes({"yes": option(text, "yes")}, ["yes"] if ticked else [])
    return field_block(field, label, element, optional=optional)


def checkboxes(options: Mapping[str, dict[str, Any]], ticked: Sequence[str]) -> dict[str, Any]:
    """Return boxes to tick; `options` are by value."""
    return _filled(
        type="checkboxes",
        action_id="value",
        options=list(options.values()),
        initial_options=[options[one] for one in ticked] or None,
    )


def option(text: str, value: str, description: str = "") -> dict[str, Any]:
    """Return an option of radio buttons, checkboxes or a menu."""
    note = description and plain(description, 75)
    return _filled(text=plain(text, 75), value=value, description=note)


def overflow(action: str, options: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a `⋯` menu of one to five options."""
    return {"type": "overflow", "action_id": action, "options": list(options)}


def radio(action: str, options: Mapping[str, dict[str, Any]], chosen: str) -> dict[str, Any]:
    """Return radio buttons; `options` are by value, and `chosen` is empty for none."""
    return _filled(
        type="radio_buttons",
        action_id=action,
        options=list(options.values()),
        initial_option=options.get(chosen),
    )


def modal(
    title: str,
    blocks: Sequence[dict[str, Any]],
    *,
    close: str,
    submit: str | None = None,
    callback: str = "",
    meta: str = "",
) -> dict[str, Any]:
    """Return a modal view; title, submit and close are cut to Slack's 24 characters."""
    return _filled(
        type="modal",
        title=plain(title, 24),
        close=plain(close, 24),
        blocks=list(blocks),
        submit=submit and plain(submit, 24),
        callback_id=callback,
        private_metadata=meta,
    )
