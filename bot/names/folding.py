"""Folding of texts for comparison: Latin letters without case and accents, and digits."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_NUMBER = re.compile(r"\d+")
_WORD = re.compile("[a-z0-9]+")
_EIGHT = 8
# Scripts that can be transliterated to Latin without making different names equal.
_SPELT_ALIKE = frozenset({"LATIN", "GREEK", "CYRILLIC", "FULLWIDTH"})
_MARKS_APART = frozenset({"COMBINING", "ARABIC", "HEBREW"})
# Arabic letters that writers interchange: alefs, yehs, kafs, teh marbuta and the tatweel.
_ARABIC_ALIKE = {
    0x0622: "\u0627",
    0x0623: "\u0627",
    0x0625: "\u0627",
    0x0671: "\u0627",
    0x0649: "\u064a",
    0x06CC: "\u064a",
    0x06A9: "\u0643",
    0x0629: "\u0647",
    0x0640: None,
}


def fold(text: str) -> str:
    """Return a text in lower-case Latin letters, digits, and ASCII punctuation and spaces.

    Other scripts are transliterated character by character, the same way on every machine.
    Invisible characters (joiners, marks of direction) are removed.
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).casefold()
    return anyascii(unicodedata.normalize("NFKC", plain)).lower()


def words(folded: str) -> list[str]:
    """Return the runs of letters and digits of a folded text."""
    return _WORD.findall(folded)


def by_value(digits_and_letters: str) -> str:
    """Return a text whose numbers sort by value when it is compared character by character.

    Each number is prefixed with its length ("9" → "19", "19" → "219"); digits still sort before
    letters.
    """
    return _NUMBER.sub(lambda run: _by_length(run[0].lstrip("0") or "0"), digits_and_letters)


def _by_length(number: str) -> str:
    nines, rest = divmod(len(number) - 1, _EIGHT)
    return "9" * nines + str(rest + 1) + number


def unaccented(text: str) -> str:
    """Return a text without accents, in Latin letters where its script allows, in the same case.

    Vowel points are removed, and each mark becomes the nearest ASCII mark or a space. Unlike
    `fold`, it keeps Han, Arabic and Indic letters, because many of them sound alike.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFKC", text).translate(_ARABIC_ALIKE)
    return "".join(_plain_sign(sign) for sign in composed)


@lru_cache(maxsize=4096)
def _plain_sign(sign: str) -> str:
    category = unicodedata.category(sign)
    script = unicodedata.name(sign, "").partition(" ")[0]
    if category in {"Cf", "Cc"} and not sign.isspace():
        return ""
    if script == "MODIFIER" or (category[0] == "M" and script in _MARKS_APART):
        return ""
    if category[0] == "M" or (category[0] == "L" and script not in _SPELT_ALIKE):
        return sign
    if category[0] in "LN":
        return anyascii(sign)
    return "".join(
        mark if mark.isascii() and not mark.isalnum() else " " for mark in anyascii(sign)
    )
