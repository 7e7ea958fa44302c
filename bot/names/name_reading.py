"""Names of organisations split for comparison: words with their meanings, and parts."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from bot.names.countries import country_code
from bot.names.folding import fold
from bot.names.legal_forms import WORD
from bot.names.organisation_keys import (
    UNSPOKEN,
    bare_name,
    capitals,
    capitals_among,
    has_chapters,
    leading_acronym,
    organisation_country,
    organisation_key,
    plain_name,
)
from bot.names.tables import WORDS, read_table
from bot.names.vocabulary import SOFT_SIGNS, concepts, folded, plausible_countries, unspaced

_BODIES = {kind: frozenset(some) for kind, some in read_table(WORDS / "bodies.txt").items()}
_SMALL_WORDS = read_table(WORDS / "small_words.txt")
KINDS = _BODIES["kinds"]
"""Kinds of body, such as "foundation", which a short name omits."""
TRUSTS = _BODIES["trusts"]
UNITED = KINDS | _BODIES["united"]
"""Kinds that translations confuse: a union in one language is a league in another."""
LITTLE_BODIES = UNITED | _BODIES["little"]
"""Meanings with little weight across languages: kinds of body and activities common to all."""
HOUSES = _BODIES["houses"]
BODIES_BESIDES = UNITED | _BODIES["besides"]
"""Kinds of body that may be added to a name without changing which body it means."""
FREQUENT = _BODIES["frequent"]
"""Meanings that very many names have."""
_PARTS_OF_BODIES = HOUSES | _BODIES["sections"]
LITTLE = UNSPOKEN | frozenset(_SMALL_WORDS["little"])
"""Words without a meaning of their own, such as articles."""
_LITTLE_AT_THE_END = LITTLE - UNSPOKEN
"""Little words that are no name at the end either, where "Pará" is one."""
HEAD_SHORTEST = 5
"""The fewest letters of a proper name that identifies an organisation alone."""
_ACRONYM_LONGEST = 12  # letters of an acronym that is a whole name
_COUNTRY_LONGEST = 3  # words
_PARTS_MOST = 3

_UNSPACED = re.compile(
    "[\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\u0e01-\u0e4e]+"
)
_BETWEEN_PARTS = re.compile(r" -+ | / |(?<=[A-Za-z])/(?=[A-Z])| ?[:,;|] | ?[()\[\]] ?")
_QUOTED = re.compile(r"(?:<<|\")([^\"<>]{3,200})(?:>>|\")")
_DISGUISES = {
    sign.lower(): letter
    for letter, signs in read_table(WORDS / "disguises.txt").items()
    for sign in signs
}
_DISGUISED = re.compile("|".join(_DISGUISES))
_FOUR_IS_FOR = re.compile(r"(?<=[A-Za-z])\s?[24]\s?(?=[A-Za-z])")
_DOMAIN = re.compile(r"(?<=[A-Za-z0-9]{3})\.(?:org|net|com|info|eu|[a-z]{2})$")
_FORMERLY = re.compile(
    r"[ (\[,;-]{0,3}\b(?:formerly(?: known as| called)?|previously(?: known as)?|ehemals|vormals|fruher|"
    r"anciennement|anteriormente|antiguamente|antes|dawniej|voorheen|tidligere|tidigare) ",
    re.IGNORECASE,
)
_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]{2})|(?<=\d)(?=[A-Z][a-z]{3})|(?<=[a-z]{4})(?=\d)")
_CHAT_LETTER = re.compile(r"(?<![^\W_])[37](?=[a-z]{3})")
"""A digit used for an Arabic letter in chat spelling."""
_NUMBERS = {word: str(value) for value, word in enumerate(_SMALL_WORDS["numbers"], start=1)}
_ARTICLE = re.compile(r"^the ", re.IGNORECASE)
_BADGE = re.compile(r" \(([A-Z]{2,8})\)(?= |$)")
_BADGE_BESIDES = re.compile(r"^[A-Z]{2,8}(?: -+| /|/| ?[:|])(?= ?\S+ \S)")
_RED_CROSS = re.compile(r"\bred (?=cross|crescent)", re.IGNORECASE)
_TRADE_UNION = re.compile(r"\btrades? (?=unions?\b)", re.IGNORECASE)
SOFT = re.compile(r"[aeiouyhw]")
"""Letters in which two transliterations of one word may differ."""
SIGNS = re.compile(r"\d+|(?<![^\W\d])[B-Zb-z](?![^\W\d])")
"""Numbers and single letters: names that differ in one are different."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name, and its meaning."""

    spelt: str
    meaning: str
    """A concept, a country ("=ke"), a city or region ("@oslo"), or "" for a proper name."""
    bones: str
    """The consonants, which two transliterations of a word have in common."""

    own: bool
    """Whether it is a proper name: a word without a meaning, or a city or region."""
    place: bool
    """Whether it names a country, a city or a region."""
    country: bool
    weight: float
    """Weight in a comparison of two names."""


@lru_cache(maxsize=8192)
def word_of(spelt: str, meaning: str = "") -> Word:
    """Return the `Word` for a spelling, the same object for every name."""
    sounds = meaning[1:] if meaning.startswith("@") else spelt.replace("ph", "f")
    country, city = meaning.startswith("="), meaning.startswith("@")
    return Word(
        spelt=spelt,
        meaning=meaning,
        bones=SOFT.sub("", sounds) or spelt,
        own=city or not meaning,
        place=country or city,
        country=country,
        weight=1.0 if meaning and not (country or city) else 2.0,
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """The comparable parts of a name."""

    plain: str
    bare: str
    """Without its legal form, acronym and country."""
    key: str
    flat: str
    """The key in Latin letters."""
    shape: str
    """The same with letters that look alike made one: two names of one shape may be a disguise."""
    words: tuple[Word, ...]
    own: tuple[Word, ...]
    """The proper names among its words."""
    names: tuple[Word, ...]
    """The same without places."""
    chapters: bool
    """Whether it is the name of a body with national chapters."""
    signs: list[str]
    """Numbers and letters that stand alone."""
    core: str
    """Its proper names joined, if all its other words are kinds of body; else ""."""
    parts: tuple[str, ...]
    """Keys of parts that may identify it: a head before a dash, an acronym in brackets."""
    country: str
    """The code of the country in its brackets."""
    typed: tuple[str, ...]
    """All words of `bare`, in lower case."""
    joined: str
    """The same, joined."""
    spoken: tuple[str, ...]
    """The words of the name before an acronym, a domain and the like were removed from `bare`."""
    badges: frozenset[str]
    """The acronyms among its parts, in lower case."""
    acronyms: tuple[str, ...]
    """Possible acronyms of the whole name: its words, if all are in capitals."""
    capitals: tuple[str, ...]
    """The words that may be acronyms, if other words may not be."""
    leading: tuple[str, tuple[str, ...]]
    """An acronym at the start, and the words after it."""
    spelt: frozenset[str]
    concepts: frozenset[str]
    meant: Counter[str]
    """The count of each meaning among its words; a proper name counts as its own meaning."""
    pieces: tuple[str, ...]
    """The parts that may be names of the organisation by themselves, as typed."""
    plausible: frozenset[str]
    """Countries whose languages it may be in ("=ke"); empty if unknown."""

    def is_unlike(self, other: Self) -> bool:
        """Return whether two names have no word in common, so that one may be a translation."""
        return self.spelt.isdisjoint(other.spelt)

    def may_be_of(self, word: Word) -> bool:
        """Return whether this name may be in a language of the country that a word names."""
        return not (word.country and self.plausible) or word.meaning in self.plausible

    @property
    def acronymic(self) -> bool:
        """Return whether the name may be an acronym."""
        return len(self.words) < 2 and len(self.key) <= _ACRONYM_LONGEST


@lru_cache(maxsize=4096)
def read_name(name: str) -> Reading:
    """Return a name split into the parts that are compared."""
    plain = plain_name(name.translate(SOFT_SIGNS))
    whole = bare_name(plain)
    badge = _BADGE.search(plain)
    told = badge is not None and country_code(badge[1]) is None
    shorn = bare_name(_BADGE.sub("", plain, count=1)) if told else whole
    shorn = _BADGE_BESIDES.sub("", shorn, count=1)
    shorn = _RED_CROSS.sub("rouge ", shorn)  # "red" means network in Spanish
    bare = _TRADE_UNION.sub("", _FOUR_IS_FOR.sub(" ", _DOMAIN.sub("", shorn)))
    key = organisation_key(name)
    found = tuple(dict.fromkeys(_words(bare)))
    own = [word for word in found if word.meaning not in KINDS]
    typed = tuple(word.lower() for word in WORD.findall(bare))
    consonants = (key,) if len(found) < 2 and not SOFT.search(key) else ()
    initials = capitals(_ARTICLE.sub("", bare))
    initials += filter(None, ["".join(capitals(plain))])
    return Reading(
        core="".join(word.spelt for word in own) if all(word.own for word in own) else "",
        plain=plain,
        bare=bare,
        key=key,
        flat=fold(key) or key,
        shape=shape_of(key),
        words=found,
        own=tuple(word for word in found if word.own),
        names=tuple(word for word in found if word.own and not word.place),
        chapters=has_chapters(bare),
        signs=SIGNS.findall(bare),
        parts=_parts(plain),
        country=organisation_country(name, ""),
        typed=typed,
        joined="".join(typed) or key,
        spoken=tuple(word.lower() for word in WORD.findall(whole)),
        badges=_badges(plain),
        acronyms=tuple(dict.fromkeys(initials)) or consonants,
        capitals=tuple(capitals_among(bare)),
        leading=leading_acronym(bare),
        spelt=frozenset(word.spelt for word in found),
        concepts=frozenset(word.meaning for word in found if word.meaning),
        pieces=_pieces(plain),
        plausible=frozenset(
            f"={code}" for code in plausible_countries(name, (word.spelt for word in found))
        ),
        meant=Counter(word.meaning or word.spelt for word in found),
    )


def shape_of(key: str) -> str:
    """Return a name's key in Latin letters, of which those that look alike are one letter."""
    # Before folding too, which spells Cherokee by its sound.
    return _undisguised(fold(_undisguised(key))) or key


def _undisguised(text: str) -> str:
    return _DISGUISED.sub(lambda found: _DISGUISES[found[0]], text)


def _parts(plain: str) -> tuple[str, ...]:
    if quoted := _QUOTED.findall(plain):
        return tuple(map(organisation_key, quoted[:1]))
    parts = [part for part in _split(_FORMERLY.sub(" - ", plain, count=1)) if WORD.search(part)]
    branch = has_chapters(plain) and any(country_code(part) for part in parts)
    if len(parts) < 2 or branch:
        return ()
    return tuple(organisation_key(part) for part in parts[:_PARTS_MOST])


def _pieces(plain: str) -> tuple[str, ...]:
    if quoted := _QUOTED.findall(plain):
        return tuple(quoted[:1])
    pieces = [part for part in _split(plain) if WORD.search(part)]
    read = [tuple(_words(piece)) for piece in pieces]
    if len(pieces) < 2 or has_chapters(plain) or any(map(_is_part_of_a_body, read)):
        return ()
    whole = [piece for piece, words in zip(pieces, read, strict=True) if len(words) > 1]
    return tuple(whole[:_PARTS_MOST])


def _is_part_of_a_body(words: Sequence[Word]) -> bool:
    """Return whether words only name a place, or a part of a body such as a section."""
    return all(word.place for word in words) or any(
        word.meaning in _PARTS_OF_BODIES for word in words
    )


def _split(plain: str) -> list[str]:
    """Return the parts between dashes, brackets and marks, but not the items of an enumeration."""
    listed = plain.count(", ") > 1
    return [
        part.strip() for part in _BETWEEN_PARTS.split(plain.replace(", ", " ") if listed else plain)
    ]


def _badges(plain: str) -> frozenset[str]:
    parts = _split(plain)
    found = [part.lower() for part in parts if part.isalpha() and part.isupper()]
    return frozenset(found[:_PARTS_MOST] if len(parts) > 1 else ())


def _words(bare: str) -> Iterator[Word]:
    if not bare.isascii():
        for run in _UNSPACED.findall(bare):
            for spelt, meant in unspaced(run):
                yield from (word_of(fold(spelt), one) for one in meant or ("",) if one != "-")
        bare = _UNSPACED.sub(" ", bare)
    bare = _SEAM.sub(" ", bare)
    bare = _CHAT_LETTER.sub(lambda digit: "ah"[digit[0] == "7"], bare)
    left = [_NUMBERS.get(one, one) for one in map(folded, WORD.findall(bare))]
    while left:
        country, count = _country_at_start(left)
        word = "".join(left[:count])
        del left[:count]
        if country is not None:
            yield word_of(word, f"={country}")
        elif word and word not in (LITTLE if left else _LITTLE_AT_THE_END):
            yield from (word_of(word, meaning) for meaning in concepts(word) or ("",))


def _country_at_start(spelt: Sequence[str]) -> tuple[str | None, int]:
    """Return the country at the start of the words and its number of words, or None and 1."""
    for count in range(min(_COUNTRY_LONGEST, len(spelt)), 0, -1):
        country = country_code(" ".join(spelt[:count]))
        if country is not None:
            return country, count
    return None, 1
