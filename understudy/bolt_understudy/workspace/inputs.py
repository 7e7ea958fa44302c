"""The values of inputs: `view.state` and the `state` of a message."""

from collections.abc import Iterator
from typing import Any

Values = dict[str, dict[str, dict[str, Any]]]

HELD = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", "files"),
}
"""The key of an element type's value in a state, and the key of its initial value."""

LISTS = {
    "selected_options",
    "selected_users",
    "selected_conversations",
    "selected_channels",
    "files",
}


def elements(blocks: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield every block with each of its interactive elements."""
    for block in blocks:
        for element in (block.get("element"), block.get("accessory"), *block.get("elements", ())):
            if isinstance(element, dict) and "action_id" in element:
                yield block, element
        yield from elements([child for child in block.get("child_blocks", ()) if child])


def first_values(blocks: list[dict[str, Any]], conversation: str = "") -> Values:
    """Return the initial state of new blocks.

    Args:
        blocks: complete blocks, each with its ids.
        conversation: the channel that `default_to_current_conversation` refers to.
    """
    values: Values = {}
    for block, element in elements(blocks):
        kind: str = element["type"]
        if kind not in HELD:
            continue
        key, initial = HELD[kind]
        value = element.get(initial, [] if key in LISTS else None)
        if element.get("default_to_current_conversation") and not value and conversation:
            value = [conversation] if key in LISTS else conversation
        held = {"type": kind, key: value}
        values.setdefault(block["block_id"], {})[element["action_id"]] = held
    return values


def kept_values(blocks: list[dict[str, Any]], held: Values) -> Values:
    """Return the state after an update, which keeps values with the same ids and type."""
    values = first_values(blocks)
    for block_id, actions in values.items():
        for action_id, fresh in actions.items():
            before = held.get(block_id, {}).get(action_id)
            if before and before["type"] == fresh["type"]:
                actions[action_id] = before
    return values


def merged(values: Values, given: Any) -> Values:
    """Return the state with a person's input; unknown blocks and actions are left out."""
    if not isinstance(given, dict):
        return values
    result: Values = {}
    for block_id, actions in values.items():
        result[block_id] = {}
        for action_id, held in actions.items():
            offered: Any = given.get(block_id, {}).get(action_id)
            key, _ = HELD[held["type"]]
            if isinstance(offered, dict) and key in offered:
                held = {"type": held["type"], key: offered[key]}  # noqa: PLW2901 - the newer value
            result[block_id][action_id] = held
    return result
