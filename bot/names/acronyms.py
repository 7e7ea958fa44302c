"""Recognition of acronyms, and of the words whose initials they are."""

from collections.abc import Sequence

from bot.names.legal_forms import WORD
from bot.names.vocabulary import parts_of_compound

_SHORTEST, _LONGEST = 3, 10
_AMONG_MOST = 2
_WORDS_MOST = 16


def capitals(text: str) -> list[str]:
    """Return the words of a text in lower case if all may be acronyms (numbers aside), else []."""
    typed = [word for word in WORD.findall(text) if not word.isdigit()]
    return [] if any(not _in_capitals(word) for word in typed) else [word.lower() for word in typed]


def leading_acronym(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the acronym that a text starts with, or "", and the later words, in lower case."""
    first, *rest = WORD.findall(text) or [""]
    if rest and _in_capitals(first) and not all(map(_in_capitals, rest)):
        return first.lower(), tuple(word.lower() for word in rest)
    return "", ()


def capitals_among(text: str) -> list[str]:
    """Return the first words that may be acronyms, in lower case; [] if all words may be."""
    typed = WORD.findall(text)
    found = [word.lower() for word in typed if _in_capitals(word)]
    return found[:_AMONG_MOST] if len(found) < len(typed) else []


def stands_for(
    short: str,
    words: Sequence[str],
    little: frozenset[str],
    *,
    shortest: int = _SHORTEST,
    skips: int = 2,
) -> bool:
    """Return whether the letters of `short` are the initials of words, in order.

    A word may contribute up to three letters, and each part of a compound one or two. Words in
    `little` may be left out, and up to `skips` others, but not the first.
    """
    if not shortest <= len(short) <= _LONGEST or len(words) > _WORDS_MOST:
        return False
    spoken = [word for word in words if word not in little]
    if not spoken or not short.startswith(spoken[0][0]):
        return False
    most = min(skips, max(0, len(short) - 2))
    reached = {(0, 0)}
    """Pairs of how many letters have matched and how many words were skipped on the way."""
    for place, word in enumerate(words):
        first, second = parts_of_compound(word)
        starts = {word[:1], *(word[:end] for end in (2, 3) if end < len(word))} | (
            {first[:one] + second[:two] for one in (1, 2) for two in (1, 2)} if second else set()
        )
        further = {
            (read + len(start), skipped)
            for read, skipped in reached
            for start in starts
            if short.startswith(start, read)
        }
        if word in little:
            further |= reached
        elif place:
            further |= {(read, skipped + 1) for read, skipped in reached if skipped < most}
        reached = further
    return any(read == len(short) for read, _ in reached)


def _in_capitals(word: str) -> bool:
    large = sum(sign.isupper() for sign in word)
    return word.isalpha() and 1 < len(word) <= _LONGEST and 2 * large > len(word)
