"""Words that lists are made of, from tables beside this module: bodies, titles, given names."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from bot.names.folding import fold, unaccented
from bot.names.folding import words as words_of
from bot.names.legal_forms import is_form
from bot.names.tables import read_table
from bot.names.vocabulary import concepts

_FILES = ("around", "bodies", "columns", "given_names", "titles")
_EDGES = " \t.,;:!?\"'“”«»„‘’()[]{}<>*_`–—-·|/\\"
LONGEST = 300
"""Longer texts are judged by their beginning."""
_STEM_SHORTEST, _STEM_LONGEST = 5, 14
_COMPOUND_LEAST, _TAIL_LEAST = 8, 6
_WORTH = {"bodies": 4.0, "groups": 3.0, "common words": 1.5, "family names too": 1.0}
BODY, GROUP, COMMON = _WORTH["bodies"], _WORTH["groups"], _WORTH["common words"]
"""How much a word speaks for an organisation."""
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


@lru_cache(maxsize=65536)
def spelt(word: str) -> str:
    """Return a word's letters and digits, folded into Latin ones."""
    return "".join(_SPELT.findall(fold(word)))


@lru_cache(maxsize=16384)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text without the marks around them."""
    found = (word.strip(_EDGES) for word in text[:LONGEST].split())
    return tuple(word for word in found if word)


def is_arabic(text: str) -> bool:
    """Return whether a text begins with an Arabic letter."""
    return "\u0621" <= text[:1] <= "\u064a"


@lru_cache(maxsize=16384)
def is_han(text: str) -> bool:
    """Return whether a text is written in Chinese or Japanese signs, for the most part."""
    han = sum("\u3400" <= sign <= "\u9fff" or "\u3040" <= sign <= "\u30ff" for sign in text)
    return han > 0 and han * 2 > sum(sign.isalnum() for sign in text)


def _without_article(word: str) -> str:
    return word.removeprefix("\u0627\u0644")


@lru_cache(maxsize=32768)
def worth(word: str) -> float:
    """Return how much a word speaks for an organisation, from 0 to `BODY`."""
    known, letters = tables(), spelt(word)
    head, hyphen, last = word.rpartition("-")
    if hyphen and head and last[:1].isupper() and worth(last) == BODY:
        # "Max-Planck-Institut"
        return BODY
    if is_arabic(word):
        return BODY if _is_arabic_body(word) else 0.0
    if letters in known["bodies: offices"]:
        return 0.0
    if letters in known["bodies: family names too"]:
        return _WORTH["family names too"]
    if _begins_with("bodies: bodies", letters) or _is_compound(letters):
        return BODY
    if letters in known["bodies: groups"]:
        return GROUP
    if letters in known["bodies: common words"]:
        return COMMON
    return 0.0 if letters in known["bodies: given names too"] else _worth_of_meaning(letters)


def _begins_with(table: str, letters: str) -> bool:
    known = tables()[table]
    if letters in known:
        return letters not in tables()["bodies: given names too"]
    longest = min(len(letters), _STEM_LONGEST)
    return letters not in tables()["bodies: given names too"] and any(
        letters[:end] in known for end in range(longest, _STEM_SHORTEST - 1, -1)
    )


def _is_compound(letters: str) -> bool:
    ends = tuple(tables()["bodies: ends of compounds"])
    return len(letters) >= _COMPOUND_LEAST and letters.endswith(ends)


def _worth_of_meaning(letters: str) -> float:
    meant = concepts(letters)
    if not meant:
        return 0.0
    if len(letters) >= _STEM_SHORTEST and not tables()["bodies: meanings of bodies"].isdisjoint(
        meant
    ):
        return BODY
    faint = set(meant) <= tables()["bodies: faint meanings"]
    return _WORTH["family names too"] if faint else COMMON


def _is_arabic_body(word: str) -> bool:
    """Return whether an Arabic word, with or without its article and prefixes, names a kind of body."""
    bare = unaccented(word)
    return any(
        bare.startswith(prefix) and bare[len(prefix) :] in tables()["bodies: arabic"]
        for prefix in ("", "و", "ال", "وال", "لل", "ل", "ب", "بال")
    )


@lru_cache(maxsize=8192)
def han_body(text: str) -> str:
    """Return the word for a kind of body that a Chinese name ends with, or ""."""
    return max((w for w in tables()["bodies: chinese"] if text.endswith(w)), key=len, default="")


@lru_cache(maxsize=32768)
def is_given(word: str) -> bool:
    """Return whether a word is a common given name."""
    if is_arabic(word):
        return unaccented(word) in tables()["given_names: arabic"]
    first = spelt(word.partition("-")[0])
    return first in tables()["given_names: latin"] or first in tables()["given_names: cyrillic"]


@lru_cache(maxsize=8192)
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


@lru_cache(maxsize=32768)
def _is_noun(word: str) -> bool:
    known, letters = tables(), spelt(word)
    if letters in known["titles: last"] or letters in known["titles: first"]:
        return True
    if is_arabic(word):
        bare = unaccented(word)
        return bare in known["titles: arabic"] or _without_article(bare) in known["titles: arabic"]
    if len(letters) <= _TAIL_LEAST:
        return False
    # "ophthalmologist", "Softwareentwickler"
    return letters.endswith(tuple(known["titles: endings"])) or any(
        letters[start:] in known["titles: last"]
        for start in range(3, len(letters) - _TAIL_LEAST + 1)
    )


@lru_cache(maxsize=32768)
def is_title_noun(word: str) -> bool:
    """Return whether a word, or an end of a compound, names an occupation or a position."""
    ends = word.replace("/", "-").split("-")
    return _is_noun(word) or _is_noun(ends[0]) or _is_noun(ends[-1])


def ends_title(word: str) -> bool:
    """Return whether a word may be the last of a title: in Romance languages the noun comes first."""
    if spelt(word) in tables()["titles: adjectives"]:
        return False
    last = spelt(word.replace("/", "-").rpartition("-")[2])
    nouns = tables()["titles: last"]
    return not word[:1].isascii() or spelt(word) in nouns or last in nouns or _is_noun(word)


@lru_cache(maxsize=8192)
def han_title(text: str) -> str:
    """Return the title that a Chinese text ends with, the longest one, or ""."""
    known = tables()
    title = max((w for w in known["titles: chinese"] if text.endswith(w)), key=len, default="")
    start, before = len(text) - len(title), title
    while title and before:
        before = next((w for w in known["titles: chinese before"] if text[:start].endswith(w)), "")
        start -= len(before)
    return text[start:]


@lru_cache(maxsize=16384)
def is_honorific(word: str) -> bool:
    """Return whether a word is said before a person's name ("Dr.", "Mme", "الدكتور")."""
    known, bare = tables(), word.rstrip(".").lower()
    parts = _PARTS.split(bare)
    if "." in word and all(part in known["titles: parts of honorifics"] for part in parts):
        # "Univ.-Prof.", "Dr.in", "h.c."
        return True
    if is_arabic(word):
        bare = unaccented(word).rstrip(".")
        return bare in known["titles: arabic honorifics"] and (len(bare) > 1 or word.endswith("."))
    # One letter is a title with its dot only: "M. Martin", "M Company".
    return spelt(bare) in known["titles: honorifics"] and (len(bare) > 1 or word.endswith("."))


@lru_cache(maxsize=16384)
def is_credential(text: str) -> bool:
    """Return whether a text is degrees, orders or a suffix ("PhD", "Jr.", "OBE, FRS")."""
    found = [spelt(part) for part in text.replace(",", " ").replace(".", "").split()]
    return bool(found) and all(
        part in tables()["titles: credentials"] or (_RUSSIAN_DEGREE.match(part) and "." in text)
        for part in found
    )


def has_form(words: Sequence[str], text: str) -> bool:
    """Return whether a name ends with a legal form; "Sá" and "As" are names."""
    last = text.rsplit(maxsplit=1)[-1].rstrip(",)")
    small = len(words[-1]) < 3 and not words[-1].isupper() and "." not in last
    return len(words) > 1 and not small and (is_form(last) or is_form(" ".join(words[-2:])))


def phrase_key(text: str) -> list[str]:
    """Return the folded words of a text, apostrophes apart."""
    return words_of(fold(text.replace("'", " ").replace("’", " ")))


def has_sign_of(table: str, text: str) -> bool:
    """Return whether a text in a script without folded words holds any word of a table."""
    bare = unaccented(text) if any(map(is_arabic, text.split())) else text
    return any(word in bare for word in tables()[table])
