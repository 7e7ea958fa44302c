"""Cleaning of one-line fields that other people see, such as names."""

import re
import unicodedata
from itertools import pairwise

LONGEST = 1000
"""The most characters of a name that are examined; stored names are shorter."""

OWN_MARKS = ("withdrawn after delivery", "for an earlier version", "signed an earlier version")
"""Words that the app writes in brackets behind an entry."""
_MARKS_MOST = 6

_SPACE = re.compile(r"[\s\u0085\u2028\u2029\u2800]+")
_ISOLATES = frozenset("\u2066\u2067\u2068")
_END_OF_ISOLATE = "\u2069"
_JOINERS = frozenset("\u200c\u200d")
# Visible number signs that Unicode classes as format controls.
_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
# Invisible characters that Unicode does not class as controls.
_UNSEEN = frozenset("\u034f\u115f\u1160\u3164\uffa0\u17b4\u17b5\ufffe\uffff")
# Printable by str.isprintable, and yet to be removed.
_WATCHED = re.compile("[\u2800" + "".join(sorted(_UNSEEN)) + "]")
_SCRIPTS = (
    "ARABIC SYRIAC MONGOLIAN DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA "
    "MALAYALAM SINHALA KHMER MYANMAR TIBETAN"
)
_JOINING_SCRIPTS = frozenset(_SCRIPTS.split())
_EMOJI_MODIFIERS = range(0x1F3FB, 0x1F400)
_VARIATION_16 = "\ufe0f"
_LINK = re.compile(
    r"[a-z][0-9+.-]{0,99}://|\bwww\.|\b(?:mailto|tel):|[^\s@]@[^\s@]+\.[^\s@]",
    re.IGNORECASE,
)
_MENTION = re.compile(r"<[!@#]\w")


def clean(text: str) -> str:
    """Return one line of text in NFC with single spaces and without invisible characters.

    Balanced isolates of writing direction stay, and joiners in the scripts and emoji that need
    them. Everything else invisible is removed, so that two names that look the same are equal and
    no name reverses the text around it.
    """
    if text.isascii() and text.isprintable():
        # The fast path for nearly all names.
        return " ".join(text.split())
    if text.isprintable() and _WATCHED.search(text) is None:
        return unicodedata.normalize("NFC", " ".join(text.split()))
    spaced = _SPACE.sub(" ", text)
    seen = "".join(sign for sign in spaced if _may_stay(sign))
    joined = _drop_idle_joiners(_balance_isolates(seen))
    return unicodedata.normalize("NFC", " ".join(joined.split()))


def has_letters(text: str) -> bool:
    """Return whether a text contains a letter of any script."""
    return any(map(str.isalpha, text))


def has_heaped_marks(text: str) -> bool:
    """Return whether a letter has more accents or vowel points than any language writes."""
    if text.isascii():
        return False
    marks = "".join("m" if unicodedata.category(sign)[0] == "M" else " " for sign in text)
    return "m" * (_MARKS_MOST + 1) in marks


def looks_like_link(text: str) -> bool:
    """Return whether a text contains a web or mail address; a bare domain, "350.org", is none."""
    return _LINK.search(text) is not None


def looks_like_mention(text: str) -> bool:
    """Return whether a text contains a Slack mention: `<!channel>`, `<@U…>` or `<#C…>`."""
    return _MENTION.search(text) is not None


def _may_stay(sign: str) -> bool:
    if sign in _UNSEEN:
        return False
    if sign in _JOINERS or sign in _ISOLATES or sign in _END_OF_ISOLATE or sign in _SEEN:
        return True
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"}


def _balance_isolates(text: str) -> str:
    opened: list[int] = []
    dropped: set[int] = set()
    for index, sign in enumerate(text):
        if sign in _ISOLATES:
            opened.append(index)
        elif sign == _END_OF_ISOLATE:
            if opened:
                opened.pop()
            else:
                dropped.add(index)
    dropped.update(opened)
    return "".join(sign for index, sign in enumerate(text) if index not in dropped)


def _drop_idle_joiners(text: str) -> str:
    kept: list[str] = []
    for sign, after in pairwise([*text, ""]):
        if sign not in _JOINERS or (kept and after and _joins(kept[-1], sign, after)):
            kept.append(sign)
    return "".join(kept)


def _joins(before: str, joiner: str, after: str) -> bool:
    if _script(before) in _JOINING_SCRIPTS and _script(after) in _JOINING_SCRIPTS:
        return True
    return joiner == "\u200d" and _in_emoji(before) and _in_emoji(after)


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]


def _in_emoji(sign: str) -> bool:
    symbol = unicodedata.category(sign) == "So"
    return symbol or sign == _VARIATION_16 or ord(sign) in _EMOJI_MODIFIERS
