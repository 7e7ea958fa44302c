"""The old and new sides of a changed paragraph, with their labels."""

import re
from collections.abc import Callable

from bot.documents.characters import sound
from bot.documents.passages import Span, Spans, merged
from bot.letters.text_diff import Kind, Passage
from bot.locales import Words
from bot.slack.text.escaping import fit, width

KEPT = 200
"""UTF-16 units of a long unchanged stretch that are shown before and after the omitted text."""
LEFT_OUT = " […] "

_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\d\.)\s+|(?<=[\u3002\uff01\uff1f])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~\n])")
_STYLES = {
    Kind.SAME: frozenset[str](),
    Kind.REMOVED: frozenset({"strike"}),
    Kind.ADDED: frozenset({"bold"}),
}


def sides(t: Words, passage: Passage) -> list[tuple[str, Spans]]:
    """Return the label and text of each side, the old one first.

    Removed words are struck through, added words are bold. Long unchanged stretches are shortened.
    Markdown's escapes are shown without backslashes, unless they are the only difference.
    """
    if not passage.side(Kind.ADDED):
        return [(t("Removed:"), _spans(passage, Kind.REMOVED, _plain))]
    if not passage.side(Kind.REMOVED):
        return [(t("Added:"), _spans(passage, Kind.ADDED, _plain))]
    old, new = (_spans(passage, kind, _plain) for kind in (Kind.REMOVED, Kind.ADDED))
    if spoken(old) == spoken(new):
        old, new = (_spans(passage, kind, sound) for kind in (Kind.REMOVED, Kind.ADDED))
    return [(t("Before:"), old), (t("After:"), new)]


def spoken(spans: Spans) -> str:
    """Return the text of spans without their styles."""
    return "".join(span.text for span in spans)


def only_spaces(passage: Passage) -> bool:
    """Return whether the two sides differ only in white space."""
    changed = (piece.text for piece in passage.pieces if piece.kind is not Kind.SAME)
    both = passage.side(Kind.REMOVED) and passage.side(Kind.ADDED)
    return bool(both) and not any(text.strip() for text in changed)


def _spans(passage: Passage, kind: Kind, read: Callable[[str], str]) -> Spans:
    spans: list[Span] = []
    for piece in passage.side(kind):
        text = read(piece.text)
        if piece.kind is Kind.SAME:
            begins, ends = piece is passage.pieces[0], piece is passage.pieces[-1]
            text = _shortened(text, begins=begins, ends=ends)
        spans.append(Span(text, _STYLES[piece.kind]))
    return merged(spans) or (Span(" "),)


def _shortened(text: str, *, begins: bool, ends: bool) -> str:
    """Shorten an unchanged stretch to its share of the changed sentences.

    Of a long sentence, the words near the change are kept. `begins` and `ends` tell whether the
    stretch is the beginning or the end of the paragraph.
    """
    sentences = _SENTENCE_END.split(text)
    if len(sentences) > (1 if begins or ends else 2):
        first, last = sentences[0], sentences[-1]
    elif width(text) > 3 * KEPT:
        first = last = text
    else:
        return text
    head = "" if begins else first
    tail = "" if ends else last
    if width(head) > KEPT:
        before = head[: fit(head, KEPT)]
        head = before.rsplit(None, 1)[0] or before
    if width(tail) > KEPT:
        behind = tail[fit(tail, width(tail) - KEPT) :]
        tail = behind.split(None, 1)[-1] or behind
    return f"{head}{LEFT_OUT}{tail}"


def _plain(text: str) -> str:
    return sound(_ESCAPED.sub(r"\1", text))
