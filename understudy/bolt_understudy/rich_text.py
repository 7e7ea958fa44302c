"""The `rich_text` block that Slack's composer makes from typed text."""

import html
import re
from typing import Any

from bolt_understudy.workspace.blocks import new_block_id

INLINE = re.compile(
    r"<@(?P<user>\w+)>"
    r"|<#(?P<channel>\w+)(?:\|[^<>]*)?>"
    r"|<(?P<url>https?://[^<>|]+)(?:\|[^<>]*)?>"
    r"|:(?P<emoji>[0-9_+-]*+[a-z][a-z0-9_+-]*+):"
    r"|(?<!\w)\*(?P<bold>[^*\n]+)\*(?!\w)"
    r"|(?<!\w)_(?P<italic>[^_\n]+)_(?!\w)"
    r"|(?<!\w)~(?P<strike>[^~\n]+)~(?!\w)"
    r"|`(?P<code>[^`\n]+)`"
)
BULLET = re.compile(r"^(?:[•*-]) +(?P<item>.+)$")
NUMBERED = re.compile(r"^\d+[.)] +(?P<item>.+)$")
QUOTED = re.compile(r"^(?:&gt;|>) ?(?P<item>.*)$")


def rich_text(text: str) -> dict[str, Any]:
    """Return a block made from text in Slack's escaped form: sections, lists and quotes."""
    elements: list[dict[str, Any]] = []
    for line in text.split("\n"):
        if match := BULLET.match(line):
            _into_list(elements, "bullet", match["item"])
        elif match := NUMBERED.match(line):
            _into_list(elements, "ordered", match["item"])
        elif match := QUOTED.match(line):
            _into_lines(elements, "rich_text_quote", match["item"])
        else:
            _into_lines(elements, "rich_text_section", line)
    return {"type": "rich_text", "block_id": new_block_id(), "elements": elements}


def _into_list(elements: list[dict[str, Any]], style: str, item: str) -> None:
    last = elements[-1] if elements else {}
    section = {"type": "rich_text_section", "elements": _inline(item)}
    if last.get("type") == "rich_text_list" and last["style"] == style:
        last["elements"].append(section)
    else:
        elements.append(
            {"type": "rich_text_list", "style": style, "indent": 0, "elements": [section]}
        )


def _into_lines(elements: list[dict[str, Any]], kind: str, line: str) -> None:
    last = elements[-1] if elements else {}
    if last.get("type") == kind:
        inner = last["elements"]
        if inner and inner[-1]["type"] == "text" and "style" not in inner[-1]:
            inner[-1]["text"] += "\n"
        else:
            inner.append({"type": "text", "text": "\n"})
        _join(inner, _inline(line))
    else:
        elements.append({"type": kind, "elements": _inline(line)})


def _join(inner: list[dict[str, Any]], more: list[dict[str, Any]]) -> None:
    if (
        inner
        and more
        and all(one["type"] == "text" and "style" not in one for one in (inner[-1], more[0]))
    ):
        inner[-1]["text"] += more[0]["text"]
        more = more[1:]
    inner.extend(more)


def _inline(text: str) -> list[dict[str, Any]]:
    elements: list[dict[str, Any]] = []
    done = 0
    for match in INLINE.finditer(text):
        if match.start() > done:
            elements.append(_text(text[done : match.start()]))
        elements.append(_element(str(match.lastgroup), match[str(match.lastgroup)]))
        done = match.end()
    if done < len(text):
        elements.append(_text(text[done:]))
    return elements


def _element(kind: str, value: str) -> dict[str, Any]:
    match kind:
        case "user":
            return {"type": "user", "user_id": value}
        case "channel":
            return {"type": "channel", "channel_id": value}
        case "url":
            return {"type": "link", "url": value}
        case "emoji":
            return {"type": "emoji", "name": value}
        case _:
            return _text(value) | {"style": {kind: True}}


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": html.unescape(text)}
