"""Meanings of common words in organisations' names, in many languages.

"Fundación", "Stiftung" and "Foundation" are one concept. A word without a concept is a proper name.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.names.folding import fold, unaccented, words
from bot.names.tables import WORDS, read_table

_FAMILIES = ("romance", "germanic", "slavic", "others")
STEMS = ("common", "places", "english", *_FAMILIES, "scripts")
"""Files of stems; if two files have the same stem, the first counts."""
_OF_COMPOUNDS = ("common", "places", "germanic", "slavic", "others")
_SHORTEST, _LONGEST, _LONGEST_ENDING = 5, 24, 6
_SHORTEST_PART = 4
_LINKS = ("", "s", "es", "n", "en", "e", "er", "ers", "i", "a", "o")
"""Letters that join the parts of a compound."""
SOFT_SIGNS = dict.fromkeys(map(ord, "ьъ"))
_PARTICLES = ("w", "l", "ll", "b", "f", "k", "wl", "bl", "h", "v", "vh", "m", "sh")
"""Particles that Arabic and Hebrew join to the next word, without their vowels."""
VOWEL = re.compile("[aeiou]")
_SHORTEST_BEHIND = 3
_ARABIC_ARTICLE = re.compile("^\u0648?\u0627\u0644(?=..)")


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    stems: dict[str, tuple[str, ...]]
    """Concepts of every stem; a concept is named by an English word."""
    open: set[str]
    """Short stems that match every word starting with them."""
    joined: dict[str, tuple[str, ...]]
    """Stems of the languages that form compounds."""
    english: dict[str, tuple[str, ...]]
    families: dict[str, dict[str, tuple[str, ...]]]
    unspaced: dict[str, tuple[str, ...]]
    longest_unspaced: int
    countries: dict[str, frozenset[str]]
    """Country codes by the Unicode name of a script or by a family of languages."""


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    open_stems: set[str] = set()
    for file in STEMS:
        tables[file] = {}
        for meant, stems in read_table(WORDS / f"{file}.txt").items():
            plain = [folded(unaccented(stem.translate(SOFT_SIGNS))) for stem in stems]
            tables[file] |= dict.fromkeys(plain, tuple(meant.split("+")))
            open_stems.update(
                one for one, stem in zip(plain, stems, strict=True) if stem.endswith("*")
            )
    found = _merged(*map(tables.__getitem__, STEMS))
    themselves = {one: (one,) for meant in found.values() for one in meant if one.isalpha()}
    unspaced = {
        unaccented(word): tuple(meant.split("+"))
        for meant, several in read_table(WORDS / "unspaced.txt").items()
        for word in several
    }
    return _Vocabulary(
        stems=themselves | found,
        open=open_stems,
        joined=_merged(*map(tables.__getitem__, _OF_COMPOUNDS)),
        english=themselves | tables["english"],
        families={family: tables[family] for family in _FAMILIES},
        unspaced=unspaced,
        longest_unspaced=max(map(len, unspaced)),
        countries={
            one: frozenset(codes) for one, codes in read_table(WORDS / "languages.txt").items()
        },
    )


def _merged(*tables: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {stem: meant for table in reversed(tables) for stem, meant in table.items()}


def folded(word: str) -> str:
    """Return a word of `unaccented` text as the tables have it, without an Arabic article."""
    return "".join(words(fold(word if word.isascii() else _ARABIC_ARTICLE.sub("", word))))


@lru_cache(maxsize=65536)
def concepts(word: str) -> tuple[str, ...]:
    """Return the concepts of a folded word, a country as "=dk"; () for a proper name."""
    known = _vocabulary()
    stem = _stem_of(word, known.stems)
    if len(stem) * 4 < len(word) * 3:  # what is nearly the whole word is not part of a compound
        first, second = parts_of_compound(word)
        if second:
            return known.joined[first] + concepts(second)
    if stem or VOWEL.search(word):
        return known.stems.get(stem, ())
    bare = (word[len(one) :] for one in _PARTICLES if word.startswith(one))
    behind = (known.stems.get(one) for one in bare if len(one) >= _SHORTEST_BEHIND)
    return next(filter(None, behind), ())


@lru_cache(maxsize=65536)
def parts_of_compound(word: str) -> tuple[str, str]:
    """Return the two parts of a folded compound, the first a known word; else the word and ""."""
    joined = _vocabulary().joined
    for end in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        if word[:end] in joined:
            links = (link for link in _LINKS if word.startswith(link, end))
            for second in (word[end + len(link) :] for link in links):
                if len(second) >= _SHORTEST_PART and (
                    _stem_of(second, joined) or parts_of_compound(second)[1]
                ):
                    return word[:end], second
    return word, ""


def plausible_countries(name: str, spelt: Iterable[str]) -> frozenset[str]:
    """Return the codes of countries whose languages a name may be in; empty if unknown."""
    countries = _vocabulary().countries
    foreign = (sign for sign in name if not sign.isascii() and sign.isalpha())
    script = unicodedata.name(next(foreign, " "), "").partition(" ")[0]
    if script in countries:
        return countries[script]
    found = [_families(word) for word in spelt]
    told = frozenset[str]().union(*(some for some in found if len(some) == 1))
    return frozenset[str]().union(*(countries[one] for one in told))


@lru_cache(maxsize=65536)
def _families(word: str) -> frozenset[str]:
    known = _vocabulary()
    first, second = parts_of_compound(word)
    if not second and _stem_of(word, known.english):
        return frozenset()
    return frozenset(
        family
        for family, stems in known.families.items()
        if len(_stem_of(second or first, stems)) >= _SHORTEST_PART
    )


def unspaced(run: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return the words of a text without spaces, each with its concepts."""
    known = _vocabulary()
    told = start = 0
    while start < len(run):
        ends = range(min(len(run), start + known.longest_unspaced), start, -1)
        end = next((end for end in ends if run[start:end] in known.unspaced), None)
        if end is None:
            start += 1
            continue
        if told < start:
            yield run[told:start], ()
        yield run[start:end], known.unspaced[run[start:end]]
        told = start = end
    if told < len(run):
        yield run[told:], ()


def _stem_of(word: str, stems: Mapping[str, tuple[str, ...]]) -> str:
    """Return the longest stem of which a word is a form, or "".

    The shorter a stem is, the fewer letters may follow it.
    """
    for end in range(min(_LONGEST, len(word)), 2, -1):
        stem, ending = word[:end], len(word) - end
        if stem in stems and (
            not ending
            or (end >= _SHORTEST and ending <= _LONGEST_ENDING)
            or (end < _SHORTEST and ending <= 2 * end - 4 and stem in _vocabulary().open)
        ):
            return stem
    return ""
