import itertools
from typing import Any

_numbers = itertools.count(0x3A5C1)

ACTING = {
    "button",
    "overflow",
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
    "multi_static_select",
    "multi_external_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
    "radio_buttons",
    "checkboxes",
    "datepicker",
    "timepicker",
    "datetimepicker",
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
    "feedback_buttons",
    "icon_button",
}
"""The elements that Slack assigns an action id if the bot did not."""


def with_ids(blocks: list[Any] | None) -> list[dict[str, Any]]:
    """Return blocks as Slack stores them, with a `block_id` each and the elements' `action_id`s.

    The blocks must have been checked. The given ones are not changed.
    """
    return [_block_with_ids(block) for block in blocks or ()]


def _block_with_ids(block: dict[str, Any]) -> dict[str, Any]:
    kept = block if block.get("block_id") else {**block, "block_id": new_block_id()}
    for name in ("element", "accessory"):
        element = block.get(name)
        if element and _lacks_action_id(element):
            kept = {**kept, name: _element_with_id(element)}
    elements = block.get("elements")
    if elements and any(_lacks_action_id(element) for element in elements):
        kept = {**kept, "elements": [_element_with_id(element) for element in elements]}
    if children := block.get("child_blocks"):
        kept = {**kept, "child_blocks": with_ids(children)}
    return kept


def _lacks_action_id(element: dict[str, Any]) -> bool:
    return element.get("type") in ACTING and not element.get("action_id")


def _element_with_id(element: dict[str, Any]) -> dict[str, Any]:
    return {**element, "action_id": new_block_id()} if _lacks_action_id(element) else element


def new_block_id() -> str:
    """Return a new id, as short as Slack's."""
    return f"{next(_numbers):05x}"
