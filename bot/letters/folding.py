"""Texts brought down to what is compared: no case, no accents, Latin letters and digits."""

import re
import unicodedata

from anyascii import anyascii

_NUMBER = re.compile(r"\d+")
_EIGHT = 8


def fold(text: str) -> str:
    """Lower-case Latin letters, digits, and ASCII punctuation and spaces where such were.

    Other scripts are transliterated sign by sign, the same way on every machine and every day.
    What no keyboard shows (joiners, marks of direction) is gone.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return anyascii(unicodedata.normalize("NFKC", plain)).lower()


def words(folded: str) -> list[str]:
    """The runs of letters and digits of a folded text."""
    return re.findall(r"[a-z0-9]+", folded)


def by_value(digits_and_letters: str) -> str:
    """A text whose numbers sort by their value when it is compared character by character.

    Each number gets its length in front ("9" → "19", "19" → "219"), which keeps digits before
    letters.
    """
    return _NUMBER.sub(lambda run: _by_length(run[0].lstrip("0") or "0"), digits_and_letters)


def _by_length(number: str) -> str:
    nines, rest = divmod(len(number) - 1, _EIGHT)
    return "9" * nines + str(rest + 1) + number
