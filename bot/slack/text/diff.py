"""Changes of an amendment, for readers in Slack and on the command line.

A changed paragraph is shown twice, before and after, each with a label: removed text is
struck through and added text is bold, but the labels alone say which is which. Unchanged
paragraphs are counted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bot.documents.characters import sound
from bot.documents.passages import Kind as PassageKind
from bot.documents.passages import Passage, Span, Spans
from bot.letters.text_diff import Kind
from bot.letters.text_diff import Passage as Changed
from bot.locales import Words
from bot.slack.text.escaping import TEXT_LIMIT, clip, escape, isolate, width
from bot.slack.text.paging import BLOCKS, CHARACTERS, Room, in_pages
from bot.slack.text.rich_text_writing import block_element, rich_text, section
from bot.slack.text.side_by_side import only_spaces, sides, spoken

Blocks = list[dict[str, Any]]

_HEADINGS = 150
"""Characters of half a page that are reserved for the headings of a change."""
START_BLOCKS = 20
"""Blocks for changes in a message, of whose 50 some are needed for other content."""


def changes_words(t: Words, passages: Iterable[Changed]) -> str:
    """Return how many paragraphs were changed, removed and added, as plain text."""
    found = [
        (bool(passage.side(Kind.REMOVED)), bool(passage.side(Kind.ADDED)))
        for passage in passages
        if passage.changed
    ]
    both, gone, come = map(found.count, ((True, True), (True, False), (False, True)))
    said: list[str] = []
    if both:
        said.append(t.n("{count} paragraph changed.", "{count} paragraphs changed.", both))
    if gone:
        said.append(t.n("{count} paragraph removed.", "{count} paragraphs removed.", gone))
    if come:
        said.append(t.n("{count} paragraph added.", "{count} paragraphs added.", come))
    return " ".join(said) or t("The words are the same.")


def difference_pages(
    t: Words, passages: Sequence[Changed], *, blocks: int = BLOCKS, characters: int = CHARACTERS
) -> list[Blocks]:
    """Return all changes, in pages that a modal can show; at least one page.

    `blocks`: most blocks per page, at least 2. `characters`: most UTF-16 units per page, at least
    200.
    """
    pages: list[list[Passage]] = [[]]
    left = Room(blocks, characters)
    for shown in _shown(t, passages, characters):
        if (behind := left.behind(shown.whole)) is not None:
            pages[-1] += shown.whole
            left = behind
        else:
            pages += in_pages(shown.whole, blocks, characters)
            left = Room(blocks, characters).behind(pages[-1]) or Room(0, 0)
    return [_blocks(page) for page in pages if page]


def difference_start(
    t: Words,
    passages: Sequence[Changed],
    *,
    characters: int = CHARACTERS,
) -> Blocks:
    """Return the first changes, for a message with a button to all, and the number of the others.

    `characters` is as in `difference_pages`; the line with the number is one block more.
    """
    start: list[Passage] = []
    done = 0
    left = Room(START_BLOCKS, characters)
    for shown in _shown(t, passages, characters):
        behind = left.behind(shown.whole)
        if behind is None:
            # If the first change is too long for a message, show the beginning of each side.
            start = start or [part for side in shown.sides for part in side[:2]]
            break
        start += shown.whole
        left = behind
        done += bool(shown.sides)
    more = sum(passage.changed for passage in passages) - done
    return _blocks(start) + ([rich_text([section(_note(_more(t, more)))])] if more else [])


def difference_text(t: Words, passages: Sequence[Changed], limit: int = TEXT_LIMIT) -> str:
    """Return the changes as the `text` of a message, for notifications and screen readers; escaped.

    `limit` is in UTF-16 units, at least 500.
    """
    changed = [passage for passage in passages if passage.changed]
    said = [escape(changes_words(t, passages))]
    room = limit - width(said[0]) - width(escape(_more(t, len(changed)))) - 1
    for place, passage in enumerate(changed):
        lines = [
            escape(line)
            for label, spans in sides(t, passage)
            for line in (label, isolate(clip(spoken(spans), limit // 4)))
        ]
        room -= sum(width(line) + 1 for line in lines)
        if room < 0:
            said.append(escape(_more(t, len(changed) - place)))
            break
        said += lines
    return "\n".join(said)


def unified(t: Words, passages: Sequence[Changed]) -> str:
    """Return the changes as lines that start with `-` or `+`, each ending with LF."""
    lines: list[str] = []
    for changed, run in groupby(passages, key=lambda passage: passage.changed):
        if not changed:
            lines += ["", f"  {_unchanged(t, len([*run]))}"]
            continue
        for passage in run:
            lines.append("")
            for kind, sign in ((Kind.REMOVED, "-"), (Kind.ADDED, "+")):
                side = "".join(piece.text for piece in passage.side(kind))
                lines += [f"{sign} {line}" for line in sound(side).split("\n") if side]
    return "".join(f"{line}\n" for line in lines[1:])


@dataclass(frozen=True, slots=True)
class _Shown:
    """A change with the headings before it, shown on one page if it fits."""

    before: list[Passage]
    sides: list[list[Passage]]
    """The old and the new side, each in parts with a heading; empty after the last change."""

    @property
    def whole(self) -> list[Passage]:
        return self.before + [passage for side in self.sides for passage in side]


def _shown(t: Words, passages: Sequence[Changed], characters: int) -> Iterator[_Shown]:
    before: list[Passage] = []
    for changed, run in groupby(passages, key=lambda passage: passage.changed):
        if not changed:
            before = [_heading(_unchanged(t, len([*run])))]
            continue
        for passage in run:
            if only_spaces(passage):
                before.append(_heading(t("Only spacing and line breaks changed:")))
            room = max(characters // 2 - _HEADINGS, 40)
            yield _Shown(
                before,
                [
                    [
                        shown
                        for page in in_pages([Passage(quoted=True, spans=spans)], 1, room)
                        for shown in (_heading(label), *page)
                    ]
                    for label, spans in sides(t, passage)
                ],
            )
            before = []
    if not passages:
        before = [_heading(t("The words are the same."))]
    if before:
        yield _Shown(before, [])


def _blocks(passages: Iterable[Passage]) -> Blocks:
    blocks: Blocks = []
    for passage in passages:
        if passage.quoted:
            blocks[-1]["elements"].append(block_element(passage))
        else:
            blocks.append(rich_text([section(passage.spans)]))
    return blocks


def _heading(words: str) -> Passage:
    return Passage(kind=PassageKind.HEADING, spans=_note(words))


def _note(words: str) -> Spans:
    return (Span(words, frozenset({"italic"})),)


def _unchanged(t: Words, count: int) -> str:
    return t.n("{count} paragraph unchanged", "{count} paragraphs unchanged", count)


def _more(t: Words, count: int) -> str:
    return t.n(
        "… plus {count} more change. Press “What changed”.",
        "… plus {count} more changes. Press “What changed”.",
        count,
    )
