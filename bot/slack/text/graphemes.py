"""Positions where a text can be cut without breaking a visible character."""

import unicodedata

_JOINER = "\u200d"
_VIRAMA = 9
"""The canonical combining class of the signs that bind two consonants into one shape."""


def width(text: str) -> int:
    """The length of a text in UTF-16 units.

    Slack counts "characters" without saying which; this is the strictest reading, in which an
    emoji counts as two.
    """
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, limit: int) -> int:
    """Count the code points that fit in `limit` UTF-16 units without breaking a grapheme.

    0 where not even the first grapheme fits.
    """
    end = used = 0
    for character in text:
        used += 1 + (character > "\uffff")
        if used > limit:
            break
        end += 1
    while 0 < end < len(text) and _joined(text, end):
        end -= 1
    return end


def _joined(text: str, at: int) -> bool:
    """Return whether the characters on both sides of a position belong to one grapheme.

    Leans to yes: a cut a little earlier costs nothing, a broken character is seen.
    """
    before, after = text[at - 1], text[at]
    if before == "\r" and after == "\n":
        return True
    if before == _JOINER or _extends(after) or _is_low_surrogate(after):
        return True
    if unicodedata.combining(before) == _VIRAMA and unicodedata.category(after) == "Lo":
        return True
    if _is_flag_letter(before) and _is_flag_letter(after):
        start = at
        while start and _is_flag_letter(text[start - 1]):
            start -= 1
        return (at - start) % 2 == 1
    return _is_hangul_pair(before, after)


def _extends(character: str) -> bool:
    return (
        unicodedata.category(character).startswith("M")
        or character in "\u200c\u200d\u0e33\u0eb3\uff9e\uff9f"
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= character <= "\U000e007f"  # tags, as in the flag of Scotland
    )


def _is_low_surrogate(character: str) -> bool:
    return "\udc00" <= character <= "\udfff"


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_hangul_pair(before: str, after: str) -> bool:
    leading = "\u1100" <= before <= "\u115f" or "\ua960" <= before <= "\ua97c"
    syllable = "\uac00" <= after <= "\ud7a3"
    vowel_or_tail = "\u1160" <= after <= "\u11ff" or "\ud7b0" <= after <= "\ud7fb"
    hangul = leading or "\u1160" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7fb"
    follows = leading and (syllable or "\u1100" <= after <= "\u115f")
    return follows or (hangul and vowel_or_tail)
