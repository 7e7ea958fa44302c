"""Places to part a line: outside brackets and quotation marks."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_OPENING = {"(": ")", "[": "]", "（": "）", "【": "】", "«": "»", "“": "”", "„": "“", "《": "》"}
_COMMAS = frozenset(",،，")
_LISTING = frozenset(";؛；、")
_BARS = frozenset("|\t│¦")
_REMEMBERED_MOST = 300
"""Characters of a line whose pieces are remembered."""
_POINTS = frozenset("•·∙‧●")
_DASHES = frozenset("–—―‒−")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line."""

    mark: str
    """The kind of mark before it: `,`, `;`, `|` or `-`, or "" for the first."""
    text: str
    end: int
    """End of the separator in the line."""


def part(text: str) -> list[Part]:
    """Return the pieces of a line between its separators, outside brackets and quotes.

    Commas, semicolons, enumeration commas, bars, tabs, dashes and "@" between spaces, and long
    dashes part it; hyphens inside words do not.
    """
    return list(_parted(text) if len(text) <= _REMEMBERED_MOST else _part(text))


def _part(text: str) -> tuple[Part, ...]:
    found: list[Part] = []
    start, mark = 0, ""
    for place, name in _marks(text):
        found.append(Part(mark, text[start:place].strip(), place))
        start, mark = place + 1, name
    found.append(Part(mark, text[start:].strip(), len(text)))
    return tuple(one for one in found if one.text)


_parted = lru_cache(maxsize=4096)(_part)
"""The pieces of a line that is asked for again and again."""


def _marks(text: str) -> Iterator[tuple[int, str]]:
    last = {sign: text.rfind(sign) for sign in _OPENING.values()}
    closing: list[str] = []
    for place, sign in enumerate(text):
        if closing and sign == closing[-1]:
            closing.pop()
        elif sign in _OPENING and last[_OPENING[sign]] > place:
            closing.append(_OPENING[sign])
        elif not closing:
            name = _name(text, place, sign)
            if name:
                yield place, name


def _name(text: str, place: int, sign: str) -> str:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if sign in _COMMAS:
        # "1,000" is a number.
        return "" if before.isdigit() and after.isdigit() else ","
    if sign in _LISTING:
        return ";"
    if sign in _BARS:
        return "|"
    if sign in _POINTS and before.isspace() and after.isspace():
        return "|"
    if sign in _DASHES:
        return "-" if before.isspace() or after.isspace() or _is_han(before) else ""
    if sign in "-@" and before.isspace() and after.isspace():
        return "-"
    return ""


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff"


def closing_bracket(text: str) -> tuple[str, str] | None:
    """Return what stands before the last bracket of a text and what is inside, if it ends so."""
    for opening, closing in (("(", ")"), ("[", "]"), ("（", "）"), ("【", "】")):
        if text.endswith(closing):
            head, found, inside = text[: -len(closing)].rpartition(opening)
            if found and head.strip():
                return head.strip(), inside.strip()
    return None
