"""Vocabulary of pasted lists (bodies, titles, given names), from files beside this module."""

import re
from functools import lru_cache
from pathlib import Path

from bot.names.folding import fold, unaccented
from bot.names.folding import words as words_of
from bot.names.tables import read_table
from bot.names.vocabulary import concepts

_FILES = ("around", "bodies", "columns", "given_names", "phrases", "titles")
_EDGES = " \t.,;:!?\"'“”«»„‘’()[]{}<>*_`–—-·|/\\"
LONGEST = 300
CACHED = 1 << 16
"""Cache size for results by text; larger than a list's number of words or lines."""
_STEM_SHORTEST, _STEM_LONGEST = 5, 14
_TAIL_LEAST = 6
BODY, GROUP, COMMON, FAINT = 4.0, 3.0, 1.5, 1.0
_PARTS = re.compile("[.-]+")
_SPELT = re.compile("[a-z0-9]+")


@lru_cache(maxsize=1)
def tables() -> dict[str, frozenset[str]]:
    """Return all word tables, by file and heading, such as "titles: last"."""
    folder = Path(__file__).with_name("words")
    return {
        f"{file}: {heading}": frozenset(items)
        for file in _FILES
        for heading, items in read_table(folder / f"{file}.txt").items()
    }


@lru_cache(maxsize=64)
def ends(table: str) -> tuple[str, ...]:
    """Return the items of a word table, the longest first, for `endswith` and `startswith`."""
    return tuple(sorted(tables()[table], key=len, reverse=True))


@lru_cache(maxsize=16)
def phrases(name: str) -> tuple[str, ...]:
    """Return phrases with the spaces around them, the longest first; none after an apostrophe."""
    return tuple(
        f" {one}" if one.endswith(("’", "'")) else f" {one} " for one in ends(f"phrases: {name}")
    )


@lru_cache(maxsize=CACHED)
def spelt(word: str) -> str:
    """Fold a word to Latin letters and digits, and drop all other characters."""
    return "".join(_SPELT.findall(fold(word)))


@lru_cache(maxsize=CACHED)
def tokens(text: str) -> tuple[str, ...]:
    """Split a text into words without the punctuation around them."""
    found = (word.strip(_EDGES) for word in text[:LONGEST].split())
    return tuple(word for word in found if word)


def phrase_key(text: str) -> list[str]:
    """Return the folded words of a text, also split at apostrophes."""
    return words_of(fold(text.replace("'", " ").replace("’", " ")))


def has_sign_of(table: str, text: str) -> bool:
    """Return whether a text that is not ASCII contains any entry of a word table."""
    if text.isascii():
        return False
    bare = unaccented(text) if any(map(is_arabic, text.split())) else text
    return any(word in bare for word in tables().get(table, ()) if not word.isascii())


def is_arabic(text: str) -> bool:
    """Return whether a text begins with an Arabic letter."""
    return "\u0621" <= text[:1] <= "\u064a"


@lru_cache(maxsize=CACHED)
def is_han(text: str) -> bool:
    """Return whether most letters of a text are Chinese or Japanese characters."""
    if text.isascii():
        return False
    han = sum("\u3400" <= sign <= "\u9fff" or "\u3040" <= sign <= "\u30ff" for sign in text)
    return han > 0 and han * 2 > sum(sign.isalnum() for sign in text)


@lru_cache(maxsize=CACHED)
def worth(word: str) -> float:
    """Weigh a word as evidence for an organisation, from 0 to `BODY`."""
    known, letters = tables(), spelt(word)
    head, _, last = word.rpartition("-")
    if head and last[:1].isupper() and worth(last) == BODY:
        # "Max-Planck-Institut"
        return BODY
    if is_arabic(word):
        bare, bodies = unaccented(word), known["bodies: arabic"]
        before = ("", "و", "ال", "وال", "لل", "ل", "ب", "بال")
        return BODY * any(bare.startswith(one) and bare[len(one) :] in bodies for one in before)
    if letters in known["bodies: family names too"]:
        return FAINT
    stems = range(_STEM_SHORTEST, min(len(letters), _STEM_LONGEST) + 1)
    if not known["bodies: bodies"].isdisjoint((letters, *(letters[:end] for end in stems))):
        return BODY
    if letters in known["bodies: groups"]:
        return GROUP
    if letters in known["bodies: common words"]:
        return COMMON
    meant = concepts(letters)
    kinds = known["bodies: meanings of bodies"]
    if len(letters) >= _STEM_SHORTEST and not kinds.isdisjoint(meant):
        return BODY
    return COMMON if meant else 0.0


def han_body(text: str) -> str:
    """Return a Chinese name's suffix for its kind of organisation (university, union), or ""."""
    return next((word for word in ends("bodies: chinese") if text.endswith(word)), "")


@lru_cache(maxsize=CACHED)
def is_given(word: str) -> bool:
    """Return whether a word is a common given name."""
    if is_arabic(word):
        return unaccented(word) in tables()["given_names: arabic"]
    return spelt(word.partition("-")[0]) in tables()["given_names: latin"]


@lru_cache(maxsize=CACHED)
def is_han_person(text: str) -> bool:
    """Return whether a text is a Chinese or Korean family name and one or two characters."""
    known = tables()
    if text[:2] in known["given_names: chinese double families"]:
        return len(text) in {3, 4}
    families = known["given_names: chinese families"] | known["given_names: korean families"]
    return (
        text[:1] in families
        and len(text) in {2, 3}
        and all("\u3400" <= sign <= "\ud7a3" for sign in text)
    )


@lru_cache(maxsize=CACHED)
def is_title_noun(word: str) -> bool:
    """Return whether a word, or its part before or after a hyphen, is an occupation or position."""
    known = tables()
    if is_arabic(word):
        bare = unaccented(word)
        return not {bare, bare.removeprefix("\u0627\u0644")}.isdisjoint(known["titles: arabic"])
    for letters in map(spelt, {word, *word.replace("/", "-").split("-")}):
        # "ophthalmologist", "Softwareentwickler"
        tails = (letters[start:] for start in range(3, len(letters) - _TAIL_LEAST + 1))
        if (
            letters in known["titles: first"]
            or not known["titles: last"].isdisjoint((letters, *tails))
            or letters.endswith(ends("titles: endings"))
        ):
            return True
    return False


@lru_cache(maxsize=CACHED)
def without_han_title(text: str) -> str:
    """Return a Chinese text without the title at its end: "陈思远" of "陈思远副教授"."""
    title = next((word for word in ends("titles: chinese") if text.endswith(word)), "")
    before = next(
        (word for word in ends("titles: chinese before") if text.endswith(word + title)), ""
    )
    return text[: -len(before + title)] if title else text


@lru_cache(maxsize=CACHED)
def is_honorific(word: str) -> bool:
    """Return whether a word is a form of address before a name ("Dr.", "Mme", "الدكتور")."""
    known, bare = tables(), word.rstrip(".").lower()
    parts = _PARTS.split(bare)
    if "." in word and all(part in known["titles: parts of honorifics"] for part in parts):
        # "Univ.-Prof.", "Dr.in", "h.c."
        return True
    # A single letter needs a dot to be a title: "M. Martin", not "M Company".
    whole = len(bare) > 1 or word.endswith(".")
    return whole and spelt(bare) in known["titles: honorifics"]


@lru_cache(maxsize=CACHED)
def is_credential(text: str) -> bool:
    """Return whether a text consists of degrees, honours or suffixes ("PhD", "Jr.", "OBE, FRS")."""
    found = set(map(spelt, text.replace(",", " ").replace(".", "").split()))
    return bool(found) and found <= tables()["titles: credentials"]
