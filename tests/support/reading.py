"""The words that a person sees in a message or a view, and what can be pressed in it."""

import re
from collections.abc import Iterator
from typing import Any

Found = Iterator[tuple[dict[str, Any], dict[str, Any]]]


def fields(blocks: list[dict[str, Any]]) -> Found:
    """Every block with each element in it that a person can act on, in order."""
    for block in blocks:
        for element in (block.get("element"), block.get("accessory"), *block.get("elements", ())):
            if isinstance(element, dict) and "action_id" in element:
                yield block, element
        yield from fields(block.get("child_blocks", ()))


def buttons(block: dict[str, Any], element: dict[str, Any], what: str) -> dict[str, Any] | None:
    """The action of pressing this element, if it is called so; None if it is not."""
    action = {"block_id": block["block_id"], "action_id": element["action_id"]}
    if element["type"] == "button":
        names = {element["text"]["text"], element["action_id"], element.get("value")}
        return action if what in names else None
    if element["type"] == "overflow":
        for option in element["options"]:
            if what in {option["text"]["text"], option.get("value")}:
                return action | {"selected_option": option}
    return None


def words_of(shown: dict[str, Any]) -> str:
    """All visible words of a message or view: its blocks, or its text when it has none."""
    if shown.get("blocks"):
        parts = [shown.get("title"), *shown["blocks"], shown.get("submit"), shown.get("close")]
        if shown.get("type") == "home":
            parts = shown["blocks"]
        return "\n".join(word for part in parts for word in _words(part))
    return str(shown.get("text") or "")


def count_of_words(shown: dict[str, Any]) -> int:
    """The number of words that somebody reads of a message or view; a time is its fallback."""
    said = re.sub(r"<!date\^[^|]*\|([^>]*)>", r"\1", words_of(shown))
    return len(re.findall(r"[\w’'-]+", said))


UNSEEN = {"block_id", "action_id", "value", "type", "style", "url", "confirm", "private_metadata"}


def _words(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        if part and all(isinstance(item, dict) and item.get("type") in INLINE for item in part):
            yield "".join(_inline(item) for item in part)
            return
        for item in part:
            yield from _words(item)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in UNSEEN:
                continue
            if (key in {"text", "alt_text"} and isinstance(value, str)) or (
                key == "initial_value" and isinstance(value, str)
            ):
                yield value
            else:
                yield from _words(value)


INLINE = {"text", "link", "user", "channel", "emoji", "date", "broadcast", "usergroup"}


def _inline(element: dict[str, Any]) -> str:
    match element["type"]:
        case "user":
            return f"<@{element['user_id']}>"
        case "channel":
            return f"<#{element['channel_id']}>"
        case "link":
            return element.get("text") or element["url"]
        case "emoji":
            return f":{element['name']}:"
        case "date":
            return element.get("fallback", "")
        case _:
            return element.get("text", "")
