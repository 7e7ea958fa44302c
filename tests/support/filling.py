"""The value of an input after a person chose or typed something, in Slack's form."""

from datetime import datetime
from typing import Any

TEXTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
PICKED = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
}
PICKED_MANY = {
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
}
SIMPLE = {"datepicker": "selected_date", "timepicker": "selected_time"}


def value_for(element: dict[str, Any], value: Any, names: dict[str, str]) -> dict[str, Any]:
    """The held value of an element.

    Args:
        element: the Block Kit element.
        value: as `Person.fill` takes it; None empties the field.
        names: ids of people and channels by name.
    """
    kind: str = element["type"]
    if kind in TEXTS:
        return {"value": None if value is None else str(value)}
    if kind in PICKED:
        return {PICKED[kind]: names.get(value, value)}
    if kind in PICKED_MANY:
        return {PICKED_MANY[kind]: [names.get(one, one) for one in value or ()]}
    if kind in SIMPLE:
        return {SIMPLE[kind]: value}
    match kind:
        case "rich_text_input":
            return {"rich_text_value": rich_text(value) if isinstance(value, str) else value}
        case "datetimepicker":
            unix = int(value.timestamp()) if isinstance(value, datetime) else value
            return {"selected_date_time": unix}
        case "checkboxes" | "multi_static_select" | "multi_external_select":
            return {"selected_options": [_option(element, one) for one in value or ()]}
        case _:
            # A box to tick may be one of two to choose from.
            chosen = value[0] if isinstance(value, list) else value
            return {"selected_option": None if chosen is None else _option(element, chosen)}


def rich_text(text: str) -> dict[str, Any]:
    """Typed paragraphs as a rich text input gives them."""
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}],
    }


def _option(element: dict[str, Any], wanted: Any) -> dict[str, Any]:
    if isinstance(wanted, dict):
        return wanted
    groups = element.get("option_groups", [{"options": element.get("options", [])}])
    options = [option for group in groups for option in group["options"]]
    for option in options:
        if wanted in {option["text"]["text"], option["value"]}:
            return option
    offered = ", ".join(repr(option["text"]["text"]) for option in options)
    raise AssertionError(f"{wanted!r} is not among the options: {offered}")
