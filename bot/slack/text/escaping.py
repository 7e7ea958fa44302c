"""People's words made safe for Slack's texts: nothing in them pings, links or runs over."""

import re
from typing import Any

from bot.slack.text.graphemes import fit, width

TEXT_LIMIT = 3000
"""Characters of a text object (SLACK.md, elements and composition objects)."""

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"
_ISOLATES = "\u2066\u2067\u2068"
_DIRECTION_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PARAGRAPH_ENDS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TOKEN_MARKS = re.compile(r"[\^|]")


def escape(text: str) -> str:
    """A text whose `&`, `<` and `>` are literal in mrkdwn; Slack wants nothing else encoded."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str, limit: int = TEXT_LIMIT) -> dict[str, Any]:
    """A `plain_text` object, clipped to `limit`, in which `:smile:` stays as typed.

    Slack refuses an empty text.
    """
    return {"type": "plain_text", "text": clip(text, limit), "emoji": False}


def mrkdwn(text: str) -> dict[str, Any]:
    """A `mrkdwn` object in which only what is marked up is live, and no bare address or `@here`.

    Clip and escape people's words before they go into `text`: a cut here could halve an entity.
    """
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def isolate(name: str) -> str:
    """A name that cannot turn the direction of the words around it.

    Direction controls inside it are dropped, save the harmless marks (LRM, RLM, ALM), and line
    ends, which would end the isolate, become spaces.
    """
    name = _DIRECTION_CONTROLS.sub("", _PARAGRAPH_ENDS.sub(" ", name))
    return f"{_FIRST_STRONG_ISOLATE}{name}{_POP_ISOLATE}"


def clip(text: str, limit: int) -> str:
    """A text of at most `limit` UTF-16 units, with an ellipsis where something was cut.

    Neither a grapheme nor an isolate is left broken.
    """
    if width(text) <= limit:
        return text
    for room in range(limit - 1, -1, -1):
        kept = text[: fit(text, room)].rstrip()
        clipped = f"{kept}…{_POP_ISOLATE * _open_isolates(kept)}"
        if width(clipped) <= limit:
            return clipped
    return ""


def date_token(unix: int, date_format: str, fallback: str) -> str:
    """A moment that each reader sees in their own time zone, for `mrkdwn`.

    Args:
        unix: Seconds since 1970, UTC.
        date_format: Words around Slack's `{date_short_pretty}`, `{time}` and the like.
        fallback: What clients that cannot show it say; name the time zone in it.
    """
    words, instead = (_TOKEN_MARKS.sub(" ", escape(part)) for part in (date_format, fallback))
    return f"<!date^{unix}^{words}|{instead}>"


def _open_isolates(text: str) -> int:
    depth = 0
    for character in text:
        if character in _ISOLATES:
            depth += 1
        elif character == _POP_ISOLATE and depth:
            depth -= 1
    return depth
