"""Cleaning of one-line fields that are shown among other people's."""

import re
import unicodedata
from itertools import pairwise

LONGEST = 1000
"""The most characters of a name that are looked at. No name that is kept is as long."""

_SPACE = re.compile(r"[\s\u0085\u2028\u2029\u2800]+")
_ISOLATES = frozenset("\u2066\u2067\u2068")
_END_OF_ISOLATE = "\u2069"
_JOINERS = frozenset("\u200c\u200d")
# Shown although Unicode files them with the controls: signs that embrace the digits after them.
_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
# Not filed with the controls although nothing is seen of them.
_UNSEEN = frozenset("\u034f\u115f\u1160\u3164\uffa0\u17b4\u17b5\ufffe\uffff")
# Not one of the controls, and yet more than a sign that stays as it is.
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
    """One line of text: composed (NFC), single spaces, nothing that cannot be seen.

    Isolates of writing direction stay where they are balanced; joiners stay inside the scripts
    and emoji that need them. All other invisible marks go, so that two names that look the same
    are the same and no name can turn its neighbours around.
    """
    if text.isprintable() and _WATCHED.search(text) is None:
        # As nearly all names are: nothing to look at sign by sign.
        return unicodedata.normalize("NFC", " ".join(text.split()))
    spaced = _SPACE.sub(" ", text)
    seen = "".join(sign for sign in spaced if _may_stay(sign))
    joined = _drop_idle_joiners(_balance_isolates(seen))
    return unicodedata.normalize("NFC", " ".join(joined.split()))


def has_letters(text: str) -> bool:
    """Return whether anything in it can be read aloud: a letter or a digit of any script."""
    return any(unicodedata.category(sign)[0] in "LN" for sign in text)


def looks_like_link(text: str) -> bool:
    """Return whether it holds a web or mail address. A bare domain is none: "350.org" is a name."""
    return _LINK.search(text) is not None


def looks_like_mention(text: str) -> bool:
    """Return whether it holds what Slack writes for a mention: `<!channel>`, `<@U…>`, `<#C…>`."""
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
