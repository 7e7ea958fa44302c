"""Sort keys of names and the comparison of names, neither of which is ever shown.

A list is sorted in the order of its letter's language, by keys that any database can compare byte
by byte. Keys of two ICU releases may differ: after an upgrade, the keys are computed again.
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
"""The most characters of a key that fit into an index; other columns decide between equal keys."""

# Sorts before every other character, so that the shorter of two family names comes first.
_MERGE = "\ufffe"
_THOUSANDS = re.compile(r"(?<=\d)[,.'’\s](?=\d{3}(?!\d))")
# Spaces, marks and symbols only break ties; numbers sort by value.
_RULES = {
    "colAlternate": "shifted",
    "kv": "symbol",
    "colNumeric": "yes",
    "colStrength": "quaternary",
}


def organisation_sort_name(name: str) -> str:
    """Return the name an organisation is sorted by: without a leading "The".

    Articles of other languages stay: no rule can tell the article in "La Strada" from the name in
    "La Paz". The signer may change it.
    """
    spaced = " ".join(name[:LONGEST].split())
    return _ARTICLE.sub("", spaced) or spaced


def sort_fold(sort_name: str) -> str:
    """Return a sort key that databases can compare character by character or byte by byte.

    A leading "The", spaces, marks, accents and case do not count; numbers come first, by value. The
    first comma ends the family name, so that "Li, Wei" comes before "Lin, An"; later marks are
    ignored. Not empty unless the name is.
    """
    parts = ["".join(words(fold(part))) for part in _filed_parts(sort_name)]
    return (
        " ".join(by_value(part) for part in parts if part)
        or fold(sort_name[:LONGEST])
        or sort_name[:LONGEST]
    )


def possible_folds(name: str) -> frozenset[str]:
    """Return the keys a searched name may be stored with, whatever the country of its bearer."""
    sorted_under = (person_sort_name(name, locale) for locale in ("", *FILING_LOCALES))
    return frozenset(sort_fold(one) for one in (name, *sorted_under))


def _filed_parts(sort_name: str) -> tuple[str, str]:
    """Return the part before the first comma that ends a family name, and the part after it.

    A leading "The" is removed. Without such a comma the whole is the family name.
    """
    family, *rest = _BREAK.split(_ARTICLE.sub("", sort_name[:LONGEST]), maxsplit=1)
    return family, "".join(rest)


def collation_key(sort_name: str, language: str) -> str:
    """Return the sort key of a name in a language: lower-case hex, to be compared byte by byte.

    As in `sort_fold`, a leading "The", spaces and marks do not count, numbers come first and by
    value, and the first comma ends the family name. Ties are broken by accents, then case, then
    marks. Never empty, at most `KEY_MOST` characters.

    `sort_name`: the name that a signatory is sorted by. `language`: the letter's, as a BCP 47 tag
    ("sv", "de-AT", "zh-Hant"). An unknown or malformed one gets ICU's root order.
    """
    parts = (part.replace(_MERGE, "") for part in _filed_parts(sort_name))
    text = _MERGE.join(_THOUSANDS.sub("", part) for part in parts if part.strip())
    return _sort_key(language)(text).hex()[:KEY_MOST]


@lru_cache(maxsize=64)
def _sort_key(language: str) -> Callable[[str], bytes]:
    import icu  # noqa: PLC0415 - 12 MB, which only a process that sorts should load

    try:
        locale = icu.Locale.forLanguageTag(language.replace("_", "-"))
    except icu.ICUError:
        locale = icu.Locale.getRoot()
    for keyword, value in _RULES.items():
        locale.setKeywordValue(keyword, value)
    return icu.Collator.createInstance(locale).getSortKey
