"""Names as they are filed and compared: under what they sort, and when two are one.

What people see is never made of these; an entry stays as its signer approved it.

A list follows the order of its letter's language, by keys that any database compares by their
bytes. Keys of two releases of ICU need not agree: when it is upgraded, lists are filed again.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from bot.names.cleaning import LONGEST
from bot.names.folding import by_value, fold, words
from bot.names.organisation_keys import organisation_country, organisation_key, same_organisation
from bot.names.person_sort_names import FILING_LOCALES, person_sort_name

__all__ = [
    "KEY_MOST",
    "collation_key",
    "organisation_country",
    "organisation_key",
    "organisation_sort_name",
    "person_sort_name",
    "possible_folds",
    "same_organisation",
    "sort_fold",
]

_ARTICLE = re.compile(r"^\s*the\s+(?=\S)", re.IGNORECASE)
_BREAK = re.compile("[,\uff0c\u060c\u3001](?!\\d)")

KEY_MOST = 1000
"""Characters of a key: what an index takes. Names that agree so far are left to the next column."""

# Sorts below everything on every level: a shorter family name stands first.
_MERGE = "\ufffe"
_THOUSANDS = re.compile(r"(?<=\d)[,.'’\s](?=\d{3}(?!\d))")
# Spaces, marks and symbols decide last of all; numbers count by their value.
_RULES = {
    "colAlternate": "shifted",
    "kv": "symbol",
    "colNumeric": "yes",
    "colStrength": "quaternary",
}


def organisation_sort_name(name: str) -> str:
    """Return the name an organisation is sorted under: without a leading "The".

    Articles of other languages stay: nobody can tell "La Strada" from "La Paz" by rule. The
    signer may change it.
    """
    spaced = " ".join(name[:LONGEST].split())
    return _ARTICLE.sub("", spaced) or spaced


def sort_fold(sort_name: str) -> str:
    """The key that a name is filed by: compare it character by character, or byte by byte.

    Letter by letter: a leading "The", spaces, marks, accents and case do not count; numbers come
    first, by their value. The first comma ends the family name, so that "Li, Wei" stands before
    "Lin, An"; all later marks are ignored. Never empty for a text that is not.
    """
    parts = ["".join(words(fold(part))) for part in _filed_parts(sort_name)]
    return (
        " ".join(by_value(part) for part in parts if part)
        or fold(sort_name[:LONGEST])
        or sort_name[:LONGEST]
    )


def possible_folds(name: str) -> frozenset[str]:
    """Return the keys that a searched name may be filed under, whatever its country."""
    sorted_under = (person_sort_name(name, locale) for locale in ("", *FILING_LOCALES))
    return frozenset(sort_fold(one) for one in (name, *sorted_under))


def _filed_parts(sort_name: str) -> tuple[str, str]:
    """The family's name and the rest: what is before the first comma that ends one, and behind it.

    A leading "The" is gone. Where no comma ends a name, all of it is the family's.
    """
    family, *rest = _BREAK.split(_ARTICLE.sub("", sort_name[:LONGEST]), maxsplit=1)
    return family, "".join(rest)


def collation_key(sort_name: str, language: str) -> str:
    """The key that a name is filed by in a language: lower-case hex, compared byte by byte.

    Letter by letter, as `sort_fold`: a leading "The", spaces and marks do not count, numbers
    come first and by their value, the first comma ends the family's name. Accents, then case, then
    marks decide between names that agree so far. Never empty, at most `KEY_MOST` long.

    Args:
        sort_name: What a signatory is sorted under.
        language: The letter's, as a BCP 47 tag ("sv", "de-AT", "zh-Hant"). One that is unknown or
            malformed has the order that ICU gives to all languages.
    """
    parts = (part.replace(_MERGE, "") for part in _filed_parts(sort_name))
    text = _MERGE.join(_THOUSANDS.sub("", part) for part in parts if part.strip())
    return _sort_key(language)(text).hex()[:KEY_MOST]


@lru_cache(maxsize=64)
def _sort_key(language: str) -> Callable[[str], bytes]:
    import icu  # noqa: PLC0415 - takes 12 MB, which a process that sorts nothing does not owe

    try:
        locale = icu.Locale.forLanguageTag(language.replace("_", "-"))
    except icu.ICUError:
        locale = icu.Locale.getRoot()
    for keyword, value in _RULES.items():
        locale.setKeywordValue(keyword, value)
    return icu.Collator.createInstance(locale).getSortKey
