"""The old and new sides of a changed paragraph, with their labels."""

import re
from collections.abc import Callable
from enum import Enum, auto

from bot.documents.characters import sound
from bot.documents.passages import Span, Spans, merged
from bot.letters.text_diff import Kind, Passage
from bot.locales import Words
from bot.slack.text.escaping import fit, width

KEPT = 200
"""UTF-16 units of a long unchanged stretch that are shown before and after the omitted text."""
LEFT_OUT = " […] "

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~\n])")
_STYLES = {
    Kind.SAME: frozenset[str](),
    Kind.REMOVED: frozenset({"strike"}),
    Kind.ADDED: frozenset({"bold"}),
}


class Side(Enum):
    """A side of a changed paragraph: before or after, or the only one."""

    WAS = auto()
    NOW = auto()
    REMOVED = auto()
    ADDED = auto()

    @property
    def kind(self) -> Kind:
        """The kind of the changed pieces on this side."""
        return Kind.REMOVED if self in {Side.WAS, Side.REMOVED} else Kind.ADDED


def names(passage: Passage) -> tuple[Side, ...]:
    """Return the sides of a changed paragraph, the old one first."""
    if not passage.side(Kind.ADDED):
        return (Side.REMOVED,)
    return (Side.WAS, Side.NOW) if passage.side(Kind.REMOVED) else (Side.ADDED,)


def label(t: Words, side: Side) -> str:
    """Return the label above a side."""
    match side:
        case Side.WAS:
            return t("Before:")
        case Side.NOW:
            return t("After:")
        case Side.REMOVED:
            return t("Removed:")
        case Side.ADDED:
            return t("Added:")


def sides(passage: Passage) -> list[tuple[Side, Spans]]:
    """Return the text of each side: removed words are struck through, added words are bold.

    Long unchanged stretches are shortened. Markdown's escapes are shown without backslashes, unless
    they are the only difference.
    """
    found = names(passage)
    words = [_spans(passage, side, _plain) for side in found]
    if len(words) == 2 and spoken(words[0]) == spoken(words[1]):
        words = [_spans(passage, side, sound) for side in found]
    return list(zip(found, words, strict=True))


def spoken(spans: Spans) -> str:
    """Return the text of spans without their styles."""
    return "".join(span.text for span in spans)


def only_spaces(passage: Passage) -> bool:
    """Return whether the two sides differ only in white space."""
    changed = (piece.text for piece in passage.pieces if piece.kind is not Kind.SAME)
    return len(names(passage)) == 2 and not any(text.strip() for text in changed)


def _spans(passage: Passage, side: Side, read: Callable[[str], str]) -> Spans:
    pieces = passage.side(side.kind)
    spans: list[Span] = []
    for place, piece in enumerate(pieces):
        text = read(piece.text)
        if piece.kind is Kind.SAME:
            text = _shortened(text, begins=place == 0, ends=place == len(pieces) - 1)
        spans.append(Span(text, _STYLES[piece.kind]))
    return merged(spans) or (Span(" "),)


def _shortened(text: str, *, begins: bool, ends: bool) -> str:
    """Shorten an unchanged stretch to the words near a change, cut between words.

    `begins` and `ends` tell whether it is the beginning or the end of the paragraph.
    """
    long = width(text)
    if long <= 3 * KEPT:
        return text
    head = "" if begins else text[: fit(text, KEPT)]
    tail = "" if ends else text[fit(text, long - KEPT) :]
    before, behind = head.rsplit(None, 1), tail.split(None, 1)
    head = before[0] if len(before) == 2 else head
    tail = behind[1] if len(behind) == 2 else tail
    return f"{head}{LEFT_OUT}{tail}"


def _plain(text: str) -> str:
    return sound(_ESCAPED.sub(r"\1", text))
