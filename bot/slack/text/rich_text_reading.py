"""Slack's blocks parsed into passages, without raising on malformed content."""

from datetime import UTC, datetime
from typing import Any, cast

from bot.documents.characters import sound
from bot.documents.markdown_reading import read_markdown
from bot.documents.passages import RULE_TEXT, Kind, Passage, Span, Spans, merged, paragraphs
from bot.slack.text.mrkdwn import read_mrkdwn

_STYLES = ("bold", "italic", "strike", "code")
_NAMED_BY = {
    "user": ("@", "user_id"),
    "usergroup": ("@", "usergroup_id"),
    "team": ("@", "team_id"),
    "broadcast": ("@", "range"),
    "channel": ("#", "channel_id"),
}
_DEEPEST = 8
_HIGHEST_NUMBER = 1_000_000
_LATEST = 253_402_300_799
"""The last second of the year 9999."""


def read_blocks(blocks: object) -> list[Passage]:
    """Return the passages of a message's or a view's blocks; blocks without words are left out."""
    return [passage for block in _list(blocks) for passage in _read_block(_dict(block))]


def read_rich_text(block: object) -> list[Passage]:
    """Return the passages of one `rich_text` block."""
    return [
        passage
        for element in _list(_dict(block).get("elements"))
        for passage in _read_element(_dict(element))
    ]


def _read_block(block: dict[str, Any]) -> list[Passage]:
    match block.get("type"):
        case "rich_text":
            return read_rich_text(block)
        case "header":
            words = _string(_dict(block.get("text")).get("text")).strip()
            return [Passage(kind=Kind.HEADING, spans=(Span(words),), level=2)] if words else []
        case "section":
            texts = [block.get("text"), *_list(block.get("fields"))]
            return [passage for text in texts for passage in _read_text(_dict(text))]
        case "context":
            texts = _list(block.get("elements"))
            return [passage for text in texts for passage in _read_text(_dict(text))]
        case "markdown":
            return read_markdown(_string(block.get("text")))
        case "divider":
            return [Passage(kind=Kind.RULE)]
        case _:
            return []


def _read_text(text: dict[str, Any]) -> list[Passage]:
    words = _string(text.get("text"))
    if text.get("type") == "mrkdwn":
        return read_mrkdwn(words)
    return [Passage(spans=spans) for spans in paragraphs((Span(words),))]


def _read_element(element: dict[str, Any]) -> list[Passage]:
    parts = element.get("elements")
    match element.get("type"):
        case "rich_text_section":
            return [
                Passage(kind=Kind.RULE)
                if "".join(span.text for span in spans) == RULE_TEXT
                else Passage(spans=spans)
                for spans in paragraphs(_spans(parts))
            ]
        case "rich_text_quote":
            return [Passage(spans=spans, quoted=True) for spans in paragraphs(_spans(parts))]
        case "rich_text_preformatted":
            code = "".join(span.text for span in _spans(parts))
            quoted = bool(element.get("border"))
            passage = Passage(kind=Kind.CODE, spans=(Span(code.rstrip()),), quoted=quoted)
            return [passage] if code.strip() else []
        case "rich_text_list":
            first = 1 + _number(element.get("offset"), _HIGHEST_NUMBER)
            ordered = element.get("style") == "ordered"
            return [
                Passage(
                    kind=Kind.ITEM,
                    spans=_in_one_piece(_spans(_dict(item).get("elements"))),
                    level=_number(element.get("indent"), _DEEPEST),
                    number=first + position if ordered else None,
                    quoted=bool(element.get("border")),
                )
                for position, item in enumerate(_list(element.get("elements")))
            ]
        case _:
            return []


def _in_one_piece(spans: Spans) -> Spans:
    parts = paragraphs(spans)
    return merged([span for part in parts for span in (Span("\n"), *part)][1:])


def _spans(parts: object) -> Spans:
    spans: list[Span] = []
    for part in map(_dict, _list(parts)):
        styles = frozenset(name for name in _STYLES if _dict(part.get("style")).get(name) is True)
        url = _string(part.get("url")) if part.get("type") == "link" else ""
        spans.append(Span(_words(part, url), styles, url))
    return merged(spans)


def _words(part: dict[str, Any], url: str) -> str:
    """Return the visible text of an inline element; an id stays plain text and pings nobody."""
    kind = part.get("type")
    if isinstance(kind, str) and kind in _NAMED_BY:
        sign, key = _NAMED_BY[kind]
        named = _string(part.get(key))
        return f"{sign}{named}" if named else ""
    match kind:
        case "link":
            return _string(part.get("text")) or url
        case "emoji":
            return _emoji(part)
        case "date":
            return _string(part.get("fallback")) or _moment(part.get("timestamp"))
        case "color":
            return _string(part.get("value"))
        case _:
            return _string(part.get("text")) or _string(part.get("fallback"))


def _emoji(part: dict[str, Any]) -> str:
    try:
        points = [int(point, 16) for point in _string(part.get("unicode")).split("-")]
        return sound("".join(map(chr, points)))
    except (ValueError, OverflowError):
        name = _string(part.get("name"))
        return f":{name}:" if name else ""


def _moment(timestamp: object) -> str:
    seconds = _number(timestamp, _LATEST)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC" if seconds else ""


def _string(value: object) -> str:
    return sound(value) if isinstance(value, str) else ""


def _number(value: object, highest: int) -> int:
    return max(0, min(highest, value)) if isinstance(value, int) else 0


def _dict(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []
