"""The writing direction of a text, from its first strong character."""

import unicodedata
from enum import StrEnum

_OPENS, _CLOSES = frozenset(("LRI", "RLI", "FSI")), "PDI"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "sd", "ug", "yi", "dv"})


class Direction(StrEnum):
    """A writing direction, as HTML and CSS name it."""

    LTR = "ltr"
    RTL = "rtl"


def direction_of(text: str, otherwise: Direction = Direction.LTR) -> Direction:
    """Return the direction of a text's first strong character.

    Follows rules P2 and P3 of the Unicode Bidirectional Algorithm (UAX #9): text inside isolates is
    skipped; digits and punctuation are not strong.

    `otherwise` is the result if no character is strong.
    """
    depth = 0
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in _OPENS:
            depth += 1
        elif kind == _CLOSES:
            depth = max(0, depth - 1)
        elif depth == 0 and kind == "L":
            return Direction.LTR
        elif depth == 0 and kind in {"R", "AL"}:
            return Direction.RTL
    return otherwise


def direction_of_language(language: str) -> Direction:
    """Return the direction that a language is written in, from its IETF tag."""
    primary = language.replace("_", "-").partition("-")[0].lower()
    return Direction.RTL if primary in _RIGHT_TO_LEFT else Direction.LTR
