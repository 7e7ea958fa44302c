"""Suggested sort names of people, which they may change.

The rules are those of library catalogues where the written name and its bearer's locale suffice.
They do not recognise names that start with the family (Hungarian, romanised Chinese or Vietnamese)
or Burmese names: for those, the last word is used.
"""

import re
from functools import lru_cache
from itertools import takewhile

from bot.names.cleaning import LONGEST, has_letters
from bot.names.folding import fold
from bot.names.tables import WORDS, read_table

_TABLE = read_table(WORDS / "people.txt")
_TITLES = frozenset(_TABLE["titles"])
_TITLES_WITH_DOT = frozenset(_TABLE["titles with a dot"])
_SUFFIXES = frozenset(_TABLE["suffixes"])
_PARTICLES = frozenset(_TABLE["particles"])
_PART_OF_NAME = frozenset(_TABLE["part of a family name"])
_PARTICLES_AND_PARTS = _PARTICLES | _PART_OF_NAME
_BEHIND_FAMILY = frozenset(_TABLE["behind a family name"])
_SECOND_GIVEN = frozenset(_TABLE["second given names"])
_LINKS = frozenset({"y", "e", "und"})
_ARTICLE_PREFIX = re.compile(r"^((?:al|el|ad|an|ar|as|ash|at|az)[-\u2010\u2011])(\w.*)$")
_FAMILY_FIRST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_BRACKET = re.compile(r"(?<=\S)\s([(\[][^()\[\]]*[)\]])$")
_BELONGING = re.compile(
    rf"(?<=\S)\s(?=(?:{'|'.join(map(re.escape, _TABLE['born']))})\s)|"
    r"(?<=\S)\s(?=[|/@·•]\s?[^\s|/@·•]|[\u2010-\u2015-] \S)|(?<=[^\s|])(?=\|[^\s|])"
)
"""The space between a person and their organisation: "Maria Silva | APC", "Maria Silva |APC"."""
_GIVEN_FIRST = frozenset({"is"})
"""Languages without family names, whose people are sorted by given name."""
_TWO_FAMILY_NAMES = frozenset({"es"})
FILING_LOCALES = tuple(sorted(_GIVEN_FIRST | _TWO_FAMILY_NAMES))
"""Languages with rules of their own for sorting people."""
_LEAST_IN_CAPITALS = 4
"""Shorter first words in capitals are initials ("JD", "MK")."""


def person_sort_name(name: str, locale: str = "", language: str = "") -> str:
    """Return a name with the family name first: "Vint Cerf" → "Cerf, Vint".

    Nothing is omitted: titles and suffixes move to the end ("King, Martin Luther, Jr."), emoji and
    affiliations after the name ("Silva, Maria | APC"). Unchanged: a single word, a name that
    already has a comma, and Chinese, Japanese and Korean names in their own script.

    `locale`: the bearer's ("is-IS", "es_419"), or "" if unknown. Icelandic names keep their order;
    Spanish names are sorted by the first of two family names. `language`: the language of the
    letter; if it is Spanish, names are taken for Spanish.
    """
    own, around = (one.replace("_", "-").partition("-")[0].lower() for one in (locale, language))
    rules = own if own in FILING_LOCALES or around not in _TWO_FAMILY_NAMES else around
    # Cached by what the language changes, because a form, its entry and its search word all ask.
    return _sorted_by(name, rules if rules in FILING_LOCALES else "")


@lru_cache(maxsize=4096)
def _sorted_by(name: str, language: str) -> str:
    spaced = " ".join(name[:LONGEST].split())
    if _FAMILY_FIRST.search(spaced):
        return spaced
    spaced, *belonging = _BELONGING.split(spaced, maxsplit=1)
    before, comma, after = spaced.partition(",")
    behind = after.replace(",", " ").split()
    suffixed = " " in before and behind and all(map(_is_suffix, behind))
    if comma and not suffixed:
        return " ".join([spaced, *belonging])
    bracketed = _BRACKET.search(before)
    core, bracket = (before[: bracketed.start()], bracketed[1]) if bracketed else (before, "")
    words, signs = _without_signs(core.split())
    titles = list(takewhile(_is_title, words[:-1]))
    words = words[len(titles) :]
    end = len(words) - len(list(takewhile(_is_suffix, words[:1:-1])))
    turned = _turned(words[:end], language)
    named = " ".join(filter(None, (turned, *signs, bracket, *belonging)))
    return ", ".join([named, *titles, *words[end:], *behind])


def _without_signs(words: list[str]) -> tuple[list[str], list[str]]:
    """Return a name's words, and those without letters (such as emoji) removed from both ends."""
    spoken = [has_letters(word) for word in words]
    if not any(spoken):
        return words, []
    start, end = spoken.index(True), len(words) - spoken[::-1].index(True)
    return words[start:end], words[:start] + words[end:]


def _is_title(word: str) -> bool:
    lower = word.lower()
    return lower in _TITLES_WITH_DOT or lower.rstrip(".").replace(".-", "-") in _TITLES


def _is_suffix(word: str) -> bool:
    return word.replace(".", "") in _SUFFIXES


def _turned(words: list[str], language: str) -> str:
    if language in _GIVEN_FIRST:
        return " ".join(words)
    capitals = [len(word) > 1 and word.isupper() and "." not in word for word in words]
    if any(capitals) and not all(capitals):
        if capitals[-1]:
            start = len(words) - capitals[::-1].index(False)
            return _family_first(words[start:], words[:start])
        if capitals[0] and len(words[0]) >= _LEAST_IN_CAPITALS:
            end = capitals.index(False)
            return _family_first(words[:end], words[end:])
    start = _family_start(words)
    if language in _TWO_FAMILY_NAMES:
        start = _start_of_two(words, start)
    return _family_first(words[start:], words[:start])


def _family_start(words: list[str]) -> int:
    start = len(words) - 1
    if start > 1 and words[start].lower() in _BEHIND_FAMILY:
        start -= 1
    while start > 2 and words[start - 1] in _LINKS:
        start -= 2
    while start > 1 and _belongs_to_family(words[start - 1]):
        start -= 1
    first = start
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    # In "Van den Broeck", the words after a capitalised particle belong to the family name.
    start = next((at for at in range(first, start) if words[at][:1].isupper()), start)
    if start == 1 and words[0] in _PARTICLES_AND_PARTS:
        return 0
    if start > 1 and all(word.lower() in _PARTICLES for word in words[:start]):
        return 0
    return start


def _start_of_two(words: list[str], start: int) -> int:
    """Return the index of the first of two family names, or `start` if there is only one."""
    if any(word in _LINKS for word in words[start:]):
        return start
    first = start - 1
    while first > 0 and words[first].lower() in _PARTICLES_AND_PARTS:
        first -= 1
    if first < 1 or (first == 1 and fold(words[1]) in _SECOND_GIVEN):
        return start
    while first > 1 and _belongs_to_family(words[first - 1]):
        first -= 1
    return first


def _belongs_to_family(word: str) -> bool:
    lower = word.lower().rstrip(".")
    return lower in _PART_OF_NAME or (lower in _PARTICLES and word != lower)


def _family_first(family: list[str], given: list[str]) -> str:
    prefixed = _ARTICLE_PREFIX.match(family[0]) if family else None
    if prefixed and given:
        article, rest = prefixed.groups()
        family, given = [rest, *family[1:]], [*given, article]
    return ", ".join(" ".join(part) for part in (family, given) if part)
