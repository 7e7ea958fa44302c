"""Words that lists are made of, from tables beside this module: bodies, titles, given names."""

import re
from functools import lru_cache
from pathlib import Path

from bot.names.folding import fold, unaccented
from bot.names.folding import words as words_of
from bot.names.tables import read_table
from bot.names.vocabulary import concepts

_FILES = ("around", "bodies", "columns", "given_names", "titles")
_EDGES = " \t.,;:!?\"'“”«»„‘’()[]{}<>*_`–—-·|/\\"
LONGEST = 300
"""Longer texts are judged by their beginning."""
CACHED = 1 << 16
"""More texts than one list has words, or lines with their parts: each is judged once."""
_STEM_SHORTEST, _STEM_LONGEST = 5, 14
_TAIL_LEAST = 6
BODY, GROUP, COMMON, FAINT = 4.0, 3.0, 1.5, 1.0
"""How much a word speaks for an organisation."""
_LISTED = (("bodies: groups", GROUP), ("bodies: common words", COMMON))
_PARTS = re.compile("[.-]+")
_RUSSIAN_DEGREE = re.compile("[kd][a-z]{1,6}n$")
"""Such as "к.ю.н.", folded and without its dots."""
_SPELT = re.compile("[a-z0-9]+")


@lru_cache(maxsize=1)
def tables() -> dict[str, frozenset[str]]:
    """Return all tables by file and heading, such as "titles: last"."""
    folder = Path(__file__).with_name("words")
    return {
        f"{file}: {heading}": frozenset(items)
        for file in _FILES
        for heading, items in read_table(folder / f"{file}.txt").items()
    }


@lru_cache(maxsize=16)
def _ends(table: str) -> tuple[str, ...]:
    return tuple(tables()[table])


@lru_cache(maxsize=CACHED)
def spelt(word: str) -> str:
    """Return a word's letters and digits, folded into Latin ones."""
    return "".join(_SPELT.findall(fold(word)))


@lru_cache(maxsize=CACHED)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text without the marks around them."""
    found = (word.strip(_EDGES) for word in text[:LONGEST].split())
    return tuple(word for word in found if word)


def is_arabic(text: str) -> bool:
    """Return whether a text begins with an Arabic letter."""
    return "\u0621" <= text[:1] <= "\u064a"


@lru_cache(maxsize=CACHED)
def is_han(text: str) -> bool:
    """Return whether a text is written in Chinese or Japanese signs, for the most part."""
    if text.isascii():
        return False
    han = sum("\u3400" <= sign <= "\u9fff" or "\u3040" <= sign <= "\u30ff" for sign in text)
    return han > 0 and han * 2 > sum(sign.isalnum() for sign in text)


@lru_cache(maxsize=CACHED)
def worth(word: str) -> float:
    """Return how much a word speaks for an organisation, from 0 to `BODY`."""
    known, letters = tables(), spelt(word)
    head, _, last = word.rpartition("-")
    if head and last[:1].isupper() and worth(last) == BODY:
        # "Max-Planck-Institut"
        return BODY
    if is_arabic(word):
        bare = unaccented(word)
        return BODY * any(
            bare.startswith(prefix) and bare[len(prefix) :] in known["bodies: arabic"]
            for prefix in ("", "و", "ال", "وال", "لل", "ل", "ب", "بال")
        )
    if letters in known["bodies: family names too"]:
        return FAINT
    if _is_body(letters):
        return BODY
    listed = (amount for name, amount in _LISTED if letters in known[name])
    return next(listed, 0.0) or _worth_of_meaning(letters)


def _is_body(letters: str) -> bool:
    """Return whether a word is one for a body or begins with the stem of one."""
    bodies = tables()["bodies: bodies"]
    ends = range(_STEM_SHORTEST, min(len(letters), _STEM_LONGEST) + 1)
    return letters in bodies or any(letters[:end] in bodies for end in ends)


def _worth_of_meaning(letters: str) -> float:
    known, meant = tables(), concepts(letters)
    if len(letters) >= _STEM_SHORTEST and not known["bodies: meanings of bodies"].isdisjoint(meant):
        return BODY
    return COMMON if meant else 0.0


@lru_cache(maxsize=CACHED)
def han_body(text: str) -> str:
    """Return the word for a kind of body that a Chinese name ends with, or ""."""
    return max((w for w in tables()["bodies: chinese"] if text.endswith(w)), key=len, default="")


@lru_cache(maxsize=CACHED)
def is_given(word: str) -> bool:
    """Return whether a word is a common given name."""
    if is_arabic(word):
        return unaccented(word) in tables()["given_names: arabic"]
    first = spelt(word.partition("-")[0])
    return first in tables()["given_names: latin"] or first in tables()["given_names: cyrillic"]


@lru_cache(maxsize=CACHED)
def is_han_person(text: str) -> bool:
    """Return whether a text is two to four signs that begin with a Chinese or Korean family name."""
    known, count = tables(), len(text)
    if not 2 <= count <= 4:
        return False
    if all("\uac00" <= sign <= "\ud7a3" for sign in text):
        return text[0] in known["given_names: korean families"]
    if not all("\u3400" <= sign <= "\u9fff" for sign in text):
        return False
    if text[:2] in known["given_names: chinese double families"]:
        return count > 2
    return count < 4 and text[0] in known["given_names: chinese families"]


@lru_cache(maxsize=CACHED)
def _is_noun(word: str) -> bool:
    known, letters = tables(), spelt(word)
    if letters in known["titles: last"] or letters in known["titles: first"]:
        return True
    if is_arabic(word):
        bare = unaccented(word)
        return not {bare, bare.removeprefix("\u0627\u0644")}.isdisjoint(known["titles: arabic"])
    if len(letters) <= _TAIL_LEAST:
        return False
    # "ophthalmologist", "Softwareentwickler"
    return letters.endswith(_ends("titles: endings")) or any(
        letters[start:] in known["titles: last"]
        for start in range(3, len(letters) - _TAIL_LEAST + 1)
    )


@lru_cache(maxsize=CACHED)
def is_title_noun(word: str) -> bool:
    """Return whether a word, or an end of a compound, names an occupation or a position."""
    ends = word.replace("/", "-").split("-")
    return _is_noun(word) or _is_noun(ends[0]) or _is_noun(ends[-1])


@lru_cache(maxsize=CACHED)
def han_title(text: str) -> str:
    """Return the title that a Chinese text ends with, the longest one, or ""."""
    known = tables()
    title = max((w for w in known["titles: chinese"] if text.endswith(w)), key=len, default="")
    start, before = len(text) - len(title), title
    while title and before:
        before = next((w for w in known["titles: chinese before"] if text[:start].endswith(w)), "")
        start -= len(before)
    return text[start:]


@lru_cache(maxsize=CACHED)
def is_honorific(word: str) -> bool:
    """Return whether a word is said before a person's name ("Dr.", "Mme", "الدكتور")."""
    known, bare = tables(), word.rstrip(".").lower()
    parts = _PARTS.split(bare)
    if "." in word and all(part in known["titles: parts of honorifics"] for part in parts):
        # "Univ.-Prof.", "Dr.in", "h.c."
        return True
    # One letter is a title with its dot only: "M. Martin", "M Company".
    whole = len(bare) > 1 or word.endswith(".")
    if is_arabic(word):
        return whole and unaccented(word).rstrip(".") in known["titles: arabic honorifics"]
    return whole and spelt(bare) in known["titles: honorifics"]


@lru_cache(maxsize=CACHED)
def is_credential(text: str) -> bool:
    """Return whether a text is degrees, orders or a suffix ("PhD", "Jr.", "OBE, FRS")."""
    found = [spelt(part) for part in text.replace(",", " ").replace(".", "").split()]
    return bool(found) and all(
        part in tables()["titles: credentials"] or (_RUSSIAN_DEGREE.match(part) and "." in text)
        for part in found
    )


def phrase_key(text: str) -> list[str]:
    """Return the folded words of a text, apostrophes apart."""
    return words_of(fold(text.replace("'", " ").replace("’", " ")))


def has_sign_of(table: str, text: str) -> bool:
    """Return whether a text in a script without folded words holds any word of a table."""
    if text.isascii():
        return False
    bare = unaccented(text) if any(map(is_arabic, text.split())) else text
    return any(word in bare for word in tables()[table])
