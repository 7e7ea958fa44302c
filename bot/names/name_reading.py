"""Names of organisations, read for comparing: their words, what these mean, and their parts."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from bot.names.acronyms import capitals, capitals_among, leading_acronym
from bot.names.countries import country_code
from bot.names.folding import fold
from bot.names.languages import plausible_countries
from bot.names.legal_forms import WORD
from bot.names.organisation_keys import (
    UNSPOKEN,
    bare_name,
    has_chapters,
    may_have_chapters,
    organisation_country,
    organisation_key,
    plain_name,
)
from bot.names.vocabulary import SOFT_SIGNS, concepts, folded, unspaced

KINDS = frozenset(
    ("foundation", "association", "organization", "corporation", "chapter", "institute", "centre")
)
"""Kinds of body, which a short name leaves out."""
TRUSTS = frozenset(("foundation", "trust", "charity"))
UNITED = KINDS | {"union", "federation", "league", "society", "coalition", "group", "collective"}
"""Kinds that are one where languages differ: a union in one is a league in another."""
_BODIES = (
    "committee council commission network initiative movement forum agency bureau office aid action "
    "support project programme campaign service fund trust department secretariat chamber assembly "
    "congress platform circle club bank cooperation laboratory observatory academy convention "
    "partnership coordination party citizen"
)
LITTLE_BODIES = UNITED | set(_BODIES.split())
"""Meanings that tell little where languages differ: kinds of body, and what all of them do."""
_LITTLE_WORDS = (
    "about and at auf az cha dans de dei dell della dello den det dla dos ein eine em gia gli icin ile im in "
    "kai na nel no od pro sull sur ta tis ton tou toy til w wa ya ve si pentru za zu zum zur"
)
LITTLE = UNSPOKEN | frozenset(_LITTLE_WORDS.split())
"""Words that say nothing."""
HEAD_SHORTEST = 5
"""Letters of an own word that may stand for a whole name."""
_ACRONYM_LONGEST = 12  # letters of one that stands alone
_COUNTRY_LONGEST = 3  # words
_PARTS_MOST = 3
_PARTS_OF_BODIES = {"university", "faculty", "school", "college", "department", "chapter", "youth"}
_PHRASE = 3  # words that say what a body is

_UNSPACED = re.compile(
    "[\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\u0e01-\u0e4e]+"
)
_BETWEEN_PARTS = re.compile(r" -+ | / |(?<=[A-Za-z])/(?=[A-Z])| ?[:,;|] | ?[()\[\]] ?")
_QUOTED = re.compile(r"(?:<<|\")([^\"<>]{3,200})(?:>>|\")")
_ALSO_CALLED = re.compile(r" / |[(\[]")
_FOUR_IS_FOR = re.compile(r"(?<=[A-Za-z])\s?[24]\s?(?=[A-Za-z])")
_DOMAIN = re.compile(r"(?<=[A-Za-z0-9]{3})\.(?:org|net|com|info|eu|[a-z]{2})$")
_FORMERLY = re.compile(
    r"[ (\[,;-]{0,3}\b(?:formerly(?: known as| called)?|previously(?: known as)?|ehemals|vormals|fruher|"
    r"anciennement|anteriormente|antiguamente|antes|dawniej|voorheen|tidligere|tidigare) ",
    re.IGNORECASE,
)
_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]{2})|(?<=\d)(?=[A-Z][a-z]{3})|(?<=[a-z]{4})(?=\d)")
_CHAT_LETTER = re.compile(r"(?<![^\W_])[37](?=[a-z]{3})")
"""A digit that stands for an Arabic letter."""
_NUMERALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_NUMBERS = {word: str(value) for value, word in enumerate(_NUMERALS.split(), start=1)}
_ARTICLE = re.compile(r"^the ", re.IGNORECASE)
_BADGE = re.compile(r" \(([A-Z]{2,8})\)(?= |$)")
_BADGE_BESIDES = re.compile(r"^[A-Z]{2,8}(?: -+| /|/| ?[:|])(?= ?\S+ \S)")
_PLACE_BEHIND = re.compile(r", ?([^\s,]+(?: [^\s,]+)?)$")
_RED_CROSS = re.compile(r"\bred (?=cross|crescent)", re.IGNORECASE)
_TRADE_UNION = re.compile(r"\btrades? (?=unions?\b)", re.IGNORECASE)
SOFT = re.compile(r"[aeiouyhw]")
"""Letters that two transliterations of a word spell each its way."""
SIGNS = re.compile(r"\d+|(?<![^\W\d])[B-Zb-z](?![^\W\d])")
"""Signs that make two names two: a number, a letter that stands alone."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name, and its meaning."""

    spelt: str
    meaning: str
    """A concept, a country as "=ke", a city or region as "@oslo", or "" for a name's own word."""
    bones: str
    """The consonants: what two transliterations of a word have in common."""

    own: bool
    """Whether it is a proper name, or as good as one."""
    place: bool
    """Whether it names a country, a city or a region."""
    country: bool
    weight: float
    """A measure of what it tells of whose name it is."""


@lru_cache(maxsize=8192)
def word_of(spelt: str, meaning: str = "") -> Word:
    """Return a word of a name, one value for all names that have it."""
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
    """Without its legal form and what else hangs on its ends."""
    key: str
    flat: str
    """The key in Latin letters."""
    words: tuple[Word, ...]
    own: tuple[Word, ...]
    """Those that are its own."""
    names: tuple[Word, ...]
    """Those of them that are no cities or regions."""
    chapters: bool
    """Whether its body has chapters."""
    signs: list[str]
    """Numbers and letters that stand alone."""
    core: str
    """Its own words alone, if it has none besides but what kind of body it is; else ""."""
    parts: tuple[str, ...]
    """Keys of what may stand for the whole: a head before a dash, an acronym in brackets."""
    also: frozenset[str]
    """Parts that are another name of it, in another language or for short."""
    head: str
    """The first of them, if it is the name's own."""
    country: str
    """The code of the country in its brackets."""
    typed: tuple[str, ...]
    """All its words, small."""
    joined: str
    """The same as one."""
    spoken: tuple[str, ...]
    """The same before anything was taken off it: acronyms are made of more."""
    sited: str
    """The key of what is before a comma and a place."""
    badges: frozenset[str]
    """Those of its parts that are acronyms, small."""
    gloss: str
    """The key of what is before a dash or bracket with a whole phrase behind it."""
    acronyms: tuple[str, ...]
    """Its words, if it is nothing but initials, and all of them together."""
    capitals: tuple[str, ...]
    """Its words that may be acronyms, among others."""
    leading: tuple[str, tuple[str, ...]]
    """An acronym that it starts with, and the words behind it."""
    spelt: frozenset[str]
    concepts: frozenset[str]
    meant: Counter[str]
    """Meanings of its words; an own word is its own."""
    pieces: tuple[str, ...]
    """Its parts that may be a name of it by themselves: each speaks of something."""
    plausible: frozenset[str]
    """Countries whose languages it may be in, as "=ke"; empty where nobody knows."""

    def is_unlike(self, other: Self) -> bool:
        """Return whether it shares no word with another: one may be a translation of the other."""
        return self.spelt.isdisjoint(other.spelt)

    def may_be_of(self, word: Word) -> bool:
        """Return whether its language is one of a country that another name has."""
        return not (word.country and self.plausible) or word.meaning in self.plausible

    @property
    def acronymic(self) -> bool:
        """Return whether it may be an acronym."""
        return len(self.words) < 2 and len(self.key) <= _ACRONYM_LONGEST


@lru_cache(maxsize=4096)
def read_name(name: str) -> Reading:
    """Return the parts of a name that are compared."""
    plain = plain_name(name.translate(SOFT_SIGNS))
    whole = bare_name(plain)
    badge = _BADGE.search(plain)
    told = badge is not None and country_code(badge[1]) is None
    shorn = bare_name(_BADGE.sub("", plain, count=1)) if told else whole
    shorn = _BADGE_BESIDES.sub("", shorn, count=1)
    shorn = _RED_CROSS.sub("rouge ", shorn)  # "red" is a network in Spanish
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
        words=found,
        own=tuple(word for word in found if word.own),
        names=tuple(word for word in found if word.own and not word.place),
        chapters=has_chapters(bare),
        signs=SIGNS.findall(bare),
        parts=_parts(plain),
        also=_also(plain),
        head=_head(plain),
        country=organisation_country(name, ""),
        typed=typed,
        joined="".join(typed) or key,
        spoken=tuple(word.lower() for word in WORD.findall(whole)),
        sited=_sited(plain),
        badges=_badges(plain),
        gloss=_gloss(plain),
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


def _parts(plain: str) -> tuple[str, ...]:
    if quoted := _QUOTED.findall(plain):
        return tuple(map(organisation_key, quoted[:1]))
    parts = [part for part in _split(_former(plain)) if WORD.search(part)]
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
    """Return whether it is a house, a section or a place that something else is a part of."""
    return all(word.place for word in words) or any(
        word.meaning in _PARTS_OF_BODIES for word in words
    )


def _split(plain: str) -> list[str]:
    """Return what dashes, brackets and marks part; commas of a list do not."""
    listed = plain.count(", ") > 1
    return [
        part.strip() for part in _BETWEEN_PARTS.split(plain.replace(", ", " ") if listed else plain)
    ]


def _badges(plain: str) -> frozenset[str]:
    parts = _split(plain)
    found = [part.lower() for part in parts if part.isalpha() and part.isupper()]
    return frozenset(found[:_PARTS_MOST] if len(parts) > 1 else ())


def _gloss(plain: str) -> str:
    head, *rest = _BETWEEN_PARTS.split(plain, maxsplit=1)
    told = [word for word in WORD.findall(" ".join(rest).lower()) if word not in LITTLE]
    return organisation_key(head) if len(told) >= _PHRASE and not has_chapters(head) else ""


def _former(plain: str) -> str:
    """Return a name with nothing but a dash between what it is and what it was."""
    return _FORMERLY.sub(" - ", plain, count=1)


def _sited(plain: str) -> str:
    place = _PLACE_BEHIND.search(plain)
    known = has_chapters(plain) and not may_have_chapters(plain)
    if place is None or known:
        return ""
    told = any(word.meaning and not word.country for word in _words(place[1]))
    return "" if told else organisation_key(plain[: place.start()])


def _also(plain: str) -> frozenset[str]:
    if _FORMERLY.search(plain):
        return frozenset(_parts(plain))
    parts = [part for part in _ALSO_CALLED.split(plain.rstrip(")]")) if WORD.search(part)]
    if len(parts) < 2 or any(country_code(part) for part in parts):
        return frozenset()
    first, *others = [{word.meaning for word in _words(part)} - KINDS - {""} for part in parts]
    slash = " / " in plain
    named = [
        part
        for part, meant in zip(parts[1:], others, strict=True)
        if slash or meant & first or len(part.split()) == 1
    ]
    return frozenset(organisation_key(part) for part in (parts if slash else named))


def _head(plain: str) -> str:
    head, *rest = _BETWEEN_PARTS.split(plain)
    own = rest and not has_chapters(head) and all(word.own for word in _words(head))
    return organisation_key(head) if own and len(head) >= HEAD_SHORTEST else ""


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
        elif word and word not in LITTLE:
            yield from (word_of(word, meaning) for meaning in concepts(word) or ("",))


def _country_at_start(spelt: Sequence[str]) -> tuple[str | None, int]:
    """The country that a run of words starts with, and how many they are; else None and 1."""
    for count in range(min(_COUNTRY_LONGEST, len(spelt)), 0, -1):
        country = country_code(" ".join(spelt[:count]))
        if country is not None:
            return country, count
    return None, 1
