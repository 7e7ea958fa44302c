"""The sides of a changed paragraph: what it was and what it is now, with their names."""

import re
from collections.abc import Callable
from enum import Enum, auto

from bot.documents.characters import sound
from bot.documents.passages import Span, Spans, merged
from bot.letters.text_diff import Kind, Passage
from bot.locales import Words
from bot.slack.text.escaping import fit, width

KEPT = 200
"""UTF-16 units that are shown of a long stretch that stayed, on each side of what is left out."""
LEFT_OUT = " […] "

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~\n])")
_STYLES = {
    Kind.SAME: frozenset[str](),
    Kind.REMOVED: frozenset({"strike"}),
    Kind.ADDED: frozenset({"bold"}),
}


class Side(Enum):
    """The sides of a changed paragraph: before and after, or the one there is."""

    WAS = auto()
    NOW = auto()
    REMOVED = auto()
    ADDED = auto()

    @property
    def kind(self) -> Kind:
        """Return the kinds of pieces beside the unchanged ones."""
        return Kind.REMOVED if self in {Side.WAS, Side.REMOVED} else Kind.ADDED


def names(passage: Passage) -> tuple[Side, ...]:
    """Name the sides of a changed paragraph, the old one first."""
    if not passage.side(Kind.ADDED):
        return (Side.REMOVED,)
    return (Side.WAS, Side.NOW) if passage.side(Kind.REMOVED) else (Side.ADDED,)


def label(t: Words, side: Side) -> str:
    """Label a side."""
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
    """The words of each side: what went is struck through, what came is bold.

    Long stretches that stayed are shortened. What Markdown escapes is shown plainly, unless that
    is all the difference.
    """
    found = names(passage)
    words = [_spans(passage, side, _plain) for side in found]
    if len(words) == 2 and spoken(words[0]) == spoken(words[1]):
        words = [_spans(passage, side, sound) for side in found]
    return list(zip(found, words, strict=True))


def spoken(spans: Spans) -> str:
    """The words of spans without their styles."""
    return "".join(span.text for span in spans)


def only_spaces(passage: Passage) -> bool:
    """Return whether white space is all that differs between the two sides."""
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
    """A stretch that stayed without what is far from any change, cut between words.

    `begins` and `ends` say that it is the beginning or the end of the paragraph.
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
