"""The rich text block: sections, lists, quotes and code, with their elements."""

from .objects import BLOCK_ID, SOME_STRING
from .shapes import Check, Kind, characters, choice, flag, integer, items, kind, one_of, record

_STYLES = (
    *("bold", "italic", "strike", "code", "underline"),
    *("highlight", "client_highlight", "unlink"),
)
_STYLE = record({}, dict.fromkeys(_STYLES, flag))
_BORDER = integer(0, 1)


def _inline(
    name: str, required: dict[str, Check], optional: dict[str, Check] | None = None
) -> Kind:
    return kind(name, required, {"style": _STYLE, **(optional or {})})


_TEXT = _inline("text", {"text": SOME_STRING})
_LINK = _inline("link", {"url": SOME_STRING}, {"text": characters(), "unsafe": flag})
_INLINE = one_of(
    _TEXT,
    _LINK,
    _inline("user", {"user_id": SOME_STRING}),
    _inline("usergroup", {"usergroup_id": SOME_STRING}),
    _inline("channel", {"channel_id": SOME_STRING}),
    _inline("team", {"team_id": SOME_STRING}),
    _inline("broadcast", {"range": choice("here", "channel", "everyone")}),
    _inline("color", {"value": SOME_STRING}),
    _inline("emoji", {"name": SOME_STRING}, {"unicode": SOME_STRING, "skin_tone": integer(1, 6)}),
    _inline(
        "date",
        {"timestamp": integer(), "format": SOME_STRING},
        {"url": SOME_STRING, "fallback": SOME_STRING},
    ),
)

_SECTION = kind("rich_text_section", {"elements": items(_INLINE)})
_LIST = kind(
    "rich_text_list",
    {"elements": items(one_of(_SECTION)), "style": choice("bullet", "ordered")},
    {"indent": integer(0), "offset": integer(0), "border": _BORDER},
)
_QUOTE = kind("rich_text_quote", {"elements": items(_INLINE)}, {"border": _BORDER})
_PREFORMATTED = kind(
    "rich_text_preformatted",
    {"elements": items(one_of(_TEXT, _LINK))},
    {"border": _BORDER, "language": SOME_STRING},
)

RICH_TEXT = kind(
    "rich_text",
    {"elements": items(one_of(_SECTION, _LIST, _QUOTE, _PREFORMATTED))},
    {"block_id": BLOCK_ID},
)
"""Its number of characters has no documented limit."""
