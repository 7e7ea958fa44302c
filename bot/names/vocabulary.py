"""Meaning of common words in organisations' names, in the languages of civil society.

"Fundación", "Stiftung" and "Foundation" are one concept. A word that is in no table is a name's own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from bot.names.folding import fold, unaccented, words
from bot.names.vocabulary_common import COMMON
from bot.names.vocabulary_east import OTHERS, SLAVIC_AND_BALTIC
from bot.names.vocabulary_places import PLACES
from bot.names.vocabulary_scripts import SPACED, UNSPACED
from bot.names.vocabulary_west import ENGLISH, GERMANIC, ROMANCE

_SHORTEST, _LONGEST_ENDING = 5, 6
_SHORTEST_PART = 4
_LINKS = ("", "s", "es", "n", "en", "e", "er", "ers", "i", "a", "o")
"""Letters that join the parts of a compound."""
SOFT_SIGNS = dict.fromkeys(map(ord, "ьъ"))
_PARTICLES = ("w", "l", "ll", "b", "f", "k", "wl", "bl", "h", "v", "vh", "m", "sh")
"""Words that Arabic and Hebrew write without a space before another, without their vowels."""
VOWEL = re.compile("[aeiou]")
_SHORTEST_BEHIND = 3
_ARABIC_ARTICLE = re.compile("^\u0648?\u0627\u0644(?=..)")


def folded(word: str) -> str:
    """Return a word of `unaccented` text as it stands in the tables, without an Arabic article."""
    return "".join(words(fold(word if word.isascii() else _ARABIC_ARTICLE.sub("", word))))


def entries(table: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return each stem of a table, as it is written there, with its concepts."""
    for meant, *stems in (entry.split() for entry in table.split(";") if entry.strip()):
        for stem in stems:
            yield stem, tuple(meant.split("+"))


def _folded(stem: str) -> str:
    plain = stem.removesuffix("*")
    if plain.isascii() and plain.isalnum():
        return plain
    return folded(unaccented(plain.translate(SOFT_SIGNS)))


def _stems(tables: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the concepts of all stems; the first table that has one counts, and its last word."""
    found: dict[str, tuple[str, ...]] = {}
    for table in tables:
        found = _of_table(table) | found
    return found


@lru_cache
def _of_table(table: str) -> dict[str, tuple[str, ...]]:
    return {_folded(stem): meant for stem, meant in entries(table)}


_OF_COMPOUNDS = (COMMON, PLACES, GERMANIC, SLAVIC_AND_BALTIC, OTHERS)
TABLES = (COMMON, PLACES, ENGLISH, ROMANCE, GERMANIC, SLAVIC_AND_BALTIC, OTHERS, SPACED)
_FOUND = _stems(TABLES)
_CONCEPTS = {one: (one,) for meant in _FOUND.values() for one in meant if one.isalpha()}
_STEMS = _CONCEPTS | _FOUND
"""Concepts of all stems; a concept is a word of English, and stands for itself."""
_JOINED = _stems(_OF_COMPOUNDS)
"""Stems of the languages that make one word of two."""
_ENGLISH = _CONCEPTS | _stems((ENGLISH,))
_FAMILIES = {
    "romance": _stems((ROMANCE,)),
    "germanic": _stems((GERMANIC,)),
    "slavic": _stems((SLAVIC_AND_BALTIC,)),
    "others": _stems((OTHERS,)),
}
_OPEN = frozenset(
    _folded(stem)
    for table in TABLES
    for stem, _ in entries(table)
    if stem.endswith("*") and len(stem) <= _SHORTEST
)
"""Stems that stand for the words that start with them, however short they are."""
_UNSPACED = {unaccented(spelt): meant for spelt, meant in entries(UNSPACED)}
_LONGEST_UNSPACED = max(map(len, _UNSPACED))
_LONGEST = max(map(len, _STEMS))


@lru_cache(maxsize=65536)
def concepts(word: str) -> tuple[str, ...]:
    """Return the concepts of a folded word, a country's as "=dk"; empty for a proper name."""
    stem = _stem_of(word, _STEMS)
    if len(stem) * 4 < len(word) * 3:  # what is nearly all of a word is no part of a compound
        first, second = parts_of_compound(word)
        if second:
            return _JOINED[first] + concepts(second)
    return _STEMS.get(stem) or _behind_particle(word)


@lru_cache(maxsize=65536)
def parts_of_compound(word: str) -> tuple[str, str]:
    """Return the two words that a folded one is made of, the first a known one; else it and ""."""
    for end in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        if word[:end] in _JOINED:
            links = (link for link in _LINKS if word.startswith(link, end))
            for start in (end + len(link) for link in links):
                if len(word) - start >= _SHORTEST_PART and _is_joined(word[start:]):
                    return word[:end], word[start:]
    return word, ""


def _is_joined(word: str) -> bool:
    return bool(_stem_of(word, _JOINED) or parts_of_compound(word)[1])


@lru_cache(maxsize=65536)
def families(word: str) -> frozenset[str]:
    """Return the families of languages that have a folded word, or its end; none if English has."""
    parts = [part for part in parts_of_compound(word) if part]
    if len(parts) == 1 and _stem_of(word, _ENGLISH):
        return frozenset()
    return frozenset(
        name
        for name, stems in _FAMILIES.items()
        if len(_stem_of(parts[-1], stems)) >= _SHORTEST_PART
    )


def unspaced(run: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return the words of a run of signs without spaces, each with its concepts."""
    told = start = 0
    while start < len(run):
        ends = range(min(len(run), start + _LONGEST_UNSPACED), start, -1)
        end = next((end for end in ends if run[start:end] in _UNSPACED), None)
        if end is None:
            start += 1
            continue
        if told < start:
            yield run[told:start], ()
        yield run[start:end], _UNSPACED[run[start:end]]
        told = start = end
    if told < len(run):
        yield run[told:], ()


def _stem_of(word: str, stems: Mapping[str, tuple[str, ...]]) -> str:
    """Return the longest stem that a word starts with, and may; "" without."""
    for end in range(min(_LONGEST, len(word)), 2, -1):
        stem = word[:end]
        if stem in stems and (end == len(word) or _may_end(stem, len(word) - end)):
            return stem
    return ""


def _may_end(stem: str, ending: int) -> bool:
    """Return whether so many letters may follow a stem: the shorter it is, the fewer."""
    if len(stem) >= _SHORTEST:
        return ending <= _LONGEST_ENDING
    return stem in _OPEN and ending <= 2 * len(stem) - 4


def _behind_particle(word: str) -> tuple[str, ...]:
    if VOWEL.search(word):
        return ()
    bare = (word[len(one) :] for one in _PARTICLES if word.startswith(one))
    return next(filter(None, (_STEMS.get(one) for one in bare if len(one) >= _SHORTEST_BEHIND)), ())
