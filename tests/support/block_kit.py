"""Block Kit payloads for tests: small valid parts, and the whole arguments that hold them."""

import json
from typing import Any

from bolt_understudy.block_kit import Problem, check_message, check_view


def plain(text: str = "Sign") -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*An open letter*") -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def of_type(name: str, /, **fields: Any) -> dict[str, Any]:
    return {"type": name, **fields}


def section(text: str = "An open letter", **fields: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(text), **fields}


def button(**fields: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(), **fields}


def actions(*elements: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **fields}


def asking(element: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An input block around an element."""
    return {"type": "input", "label": plain("Name"), "element": element, **fields}


def option(value: str = "self", **fields: Any) -> dict[str, Any]:
    return {"text": plain(f"As {value}"), "value": value, **fields}


def confirm(**fields: Any) -> dict[str, Any]:
    return {
        "title": plain("Withdraw?"),
        "text": mrkdwn("Your entry leaves the letter."),
        "confirm": plain("Withdraw"),
        "deny": plain("Stay"),
        **fields,
    }


def image(**fields: Any) -> dict[str, Any]:
    return {
        "type": "image",
        "image_url": "https://example.org/seal.png",
        "alt_text": "A seal",
        **fields,
    }


def cells(count: int, text: str = "7") -> list[dict[str, Any]]:
    return [{"type": "raw_text", "text": text} for _ in range(count)]


def table(rows: int = 2, columns: int = 2, text: str = "7", **fields: Any) -> dict[str, Any]:
    return {"type": "table", "rows": [cells(columns, text) for _ in range(rows)], **fields}


def data_table(rows: int = 2, columns: int = 2, text: str = "7", **fields: Any) -> dict[str, Any]:
    return {**table(rows, columns, text), "type": "data_table", "caption": "By day", **fields}


def rich_text(*inline: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": list(inline)}],
        **fields,
    }


def container(*children: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "type": "container",
        "title": plain("Signers"),
        "child_blocks": list(children),
        **fields,
    }


def message(*blocks: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `chat.postMessage` that matter here."""
    return {"blocks": list(blocks)}


def modal(*blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The arguments of `views.open` that matter here."""
    view = {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks), **fields}
    return {"view": view}


def home(*blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The arguments of `views.publish` that matter here."""
    return {"view": {"type": "home", "blocks": list(blocks), **fields}}


def problems(arguments: dict[str, Any]) -> list[Problem]:
    """Return what the local Slack has against the arguments of a call."""
    if "view" in arguments:
        return check_view(arguments["view"])
    return check_message(arguments["blocks"])


def resolve(arguments: Any, pointer: str) -> Any:
    """The part of a payload that a JSON pointer leads to.

    Raises:
        LookupError: The pointer leads nowhere.
    """
    part = arguments
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        part = part[int(name)] if isinstance(part, list) else part[name]
    return part


def with_part(arguments: dict[str, Any], pointer: str, part: Any) -> dict[str, Any]:
    """A copy of the payload in which the part that the pointer leads to is another."""
    changed = json.loads(json.dumps(arguments))
    above, _, last = pointer.rpartition("/")
    holder = resolve(changed, above)
    holder[int(last) if isinstance(holder, list) else last] = part
    return changed


def of_size(arguments: dict[str, Any], pointer: str, size: int) -> dict[str, Any]:
    """A copy in which the text there has that many characters, the list items, or the number is it.

    A list is filled with its own first item.
    """
    part = resolve(arguments, pointer)
    if isinstance(part, str):
        return with_part(arguments, pointer, "x" * size)
    if isinstance(part, list):
        return with_part(arguments, pointer, [part[0]] * size)
    return with_part(arguments, pointer, size)
