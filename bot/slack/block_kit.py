"""Common Block Kit elements, as plain dicts."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.locales import Words
from bot.slack.text.escaping import clip, isolate, mrkdwn, plain, width

Blocks = list[dict[str, Any]]
View = dict[str, Any]
"""A modal or a Home tab, in Slack's format."""
Message = tuple[str, Blocks]
"""The text, which must be complete by itself, and the blocks."""


def section(
    text: str, block: str | None = None, accessory: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return a section of `mrkdwn`; people's words in it must be escaped already."""
    made: dict[str, Any] = {"type": "section", "text": mrkdwn(text)}
    if block:
        made["block_id"] = block
    if accessory:
        made["accessory"] = accessory
    return made


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
    made: dict[str, Any] = {"type": "button", "text": plain(text, 75), "action_id": action}
    if value:
        made["value"] = value
    if style:
        made["style"] = style
    if confirm:
        made["confirm"] = confirm
    return made


def of_row(pressed: dict[str, Any], row: str, number: int | None = None) -> dict[str, Any]:
    """Give a button of a row a unique label for screen readers.

    Args:
        pressed: The button.
        row: Name of its row, as typed.
        number: Number of its row from 0, if two rows can have the same name.
    """
    label = pressed["text"]["text"]
    which = label if number is None else f"{label} {number + 1}"
    return pressed | {"accessibility_label": clip(f"{which}: {isolate(row)}", 75)}


def confirm(t: Words, does: str, text: str, *, danger: bool = False) -> dict[str, Any]:
    """Return a question asked before a button acts; `does` is the button's own label."""
    asked: dict[str, Any] = {
        "title": plain(does, 100),
        "text": plain(text, 300),
        "confirm": plain(does, 30),
        "deny": plain(t("Keep") if danger else t("Cancel"), 30),
    }
    return asked | ({"style": "danger"} if danger else {})


def actions(*elements: dict[str, Any], block: str | None = None) -> dict[str, Any]:
    """Return a row of buttons and menus."""
    return {"type": "actions", "elements": list(elements)} | ({"block_id": block} if block else {})


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

    `field` is its block id; `most` counts characters, and is raised to the length of `value`.
    """
    element: dict[str, Any] = {"type": "plain_text_input", "action_id": "value"}
    if value:
        element["initial_value"] = value
    if most is not None:
        # Slack may count an emoji as two: the text that is there already must fit.
        element["max_length"] = max(most, width(value))
    if multiline:
        element["multiline"] = True
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
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
    """Return an input block around any element. `dispatch` sends a click at each change."""
    block: dict[str, Any] = {
        "type": "input",
        "block_id": field,
        "label": plain(label, 2000),
        "element": element,
    }
    if optional:
        block["optional"] = True
    if hint:
        block["hint"] = plain(hint, 2000)
    if dispatch:
        block["dispatch_action"] = True
    return block


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


def option(text: str, value: str, description: str = "") -> dict[str, Any]:
    """Return an option of radio buttons, checkboxes or a menu."""
    made: dict[str, Any] = {"text": plain(text, 75), "value": value}
    return made | ({"description": plain(description, 75)} if description else {})


def overflow(action: str, options: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a `⋯` menu of one to five options."""
    return {"type": "overflow", "action_id": action, "options": list(options)}


def radio(action: str, options: Mapping[str, dict[str, Any]], chosen: str) -> dict[str, Any]:
    """Return radio buttons; `options` are by value."""
    return {
        "type": "radio_buttons",
        "action_id": action,
        "options": list(options.values()),
        "initial_option": options[chosen],
    }


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
    view: dict[str, Any] = {
        "type": "modal",
        "title": plain(title, 24),
        "close": plain(close, 24),
        "blocks": list(blocks),
    }
    if submit:
        view["submit"] = plain(submit, 24)
    if callback:
        view["callback_id"] = callback
    if meta:
        view["private_metadata"] = meta
    return view
