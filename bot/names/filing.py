"""Names as they are filed and compared: under what they sort, and when two are one.

What people see is never made of these; an entry stays as its signer approved it.
"""

import re

from bot.names.cleaning import LONGEST
from bot.names.folding import by_value, fold, words
from bot.names.organisation_keys import organisation_country, organisation_key, same_organisation
from bot.names.person_sort_names import FILING_LOCALES, person_sort_name

__all__ = [
    "filed_parts",
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
    parts = ["".join(words(fold(part))) for part in filed_parts(sort_name)]
    return (
        " ".join(by_value(part) for part in parts if part)
        or fold(sort_name[:LONGEST])
        or sort_name[:LONGEST]
    )


def possible_folds(name: str) -> frozenset[str]:
    """Return the keys that a searched name may be filed under, whatever its country."""
    sorted_under = (person_sort_name(name, locale) for locale in ("", *FILING_LOCALES))
    return frozenset(sort_fold(one) for one in (name, *sorted_under))


def filed_parts(sort_name: str) -> tuple[str, str]:
    """The family's name and the rest: what is before the first comma that ends one, and behind it.

    A leading "The" is gone. Where no comma ends a name, all of it is the family's.
    """
    family, *rest = _BREAK.split(_ARTICLE.sub("", sort_name[:LONGEST]), maxsplit=1)
    return family, "".join(rest)
