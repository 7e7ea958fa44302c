"""Passages split into pages."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Any

from bot.documents.markdown_reading import read_markdown
from bot.documents.passages import Kind, Passage, Span, in_bold, parted
from bot.slack.text.escaping import fit, plain, width
from bot.slack.text.rich_text_writing import block_element, list_elements, rich_text, section

CHARACTERS = 2800
"""Length of a modal page that is easy to read, in UTF-16 units."""

_BYTES_A_CHARACTER = _BYTES_A_STYLE = 32
"""Bytes of an address, or of a style, that count as one character: 2,800 characters then take at
most 100 of a view's 250 kB as JSON."""

_FRAME = 4
"""The cost of the block around a passage, in characters."""

_SENTENCE_ENDS = re.compile(
    r"[.!?\u2026][\"'\u2019\u201d\u00bb)\]]*\s+"  # Western stops, inside quotation marks too
    r"|[\u3002\uff01\uff1f]\s*"  # Chinese and Japanese ones need no space
    r"|\n\s*"
)
_LINE_ENDS = re.compile(r"\n")
_WORD_ENDS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Room:
    """The blocks and characters left on a page."""

    blocks: int
    characters: int

    def behind(self, passages: Sequence[Passage]) -> "Room | None":
        """Return the room left after passages that are not items; None if they do not fit."""
        blocks = self.blocks - len(passages)
        characters = self.characters - sum(map(_cost, passages))
        return Room(blocks, characters) if min(blocks, characters) >= 0 else None


def in_pages(passages: Iterable[Passage], blocks: int, characters: int) -> list[list[Passage]]:
    """Split passages into pages of limited size; a heading stays with the text after it.

    Adjacent items are one block, and count as one passage.
    """
    pages: list[list[Passage]] = []
    room_blocks = room_characters = 0
    for piece in (piece for passage in passages for piece in _pieces(passage, characters)):
        cost = _cost(piece)
        block = 0 if pages and pages[-1][-1].kind is piece.kind is Kind.ITEM else 1
        if not pages or block > room_blocks or cost > room_characters:
            heads = _headings_to_move(pages, blocks - 1, characters - cost)
            pages.append([*heads, piece])
            room_blocks = blocks - len(pages[-1])
            room_characters = characters - sum(map(_cost, pages[-1]))
        else:
            pages[-1].append(piece)
            room_blocks -= block
            room_characters -= cost
    return pages


def _headings_to_move(pages: list[list[Passage]], blocks: int, characters: int) -> list[Passage]:
    """Remove and return the headings at the end of the last page, if the next page has room."""
    if not pages:
        return []
    last = pages[-1]
    start = len(last)
    while start > 1 and last[start - 1].kind is Kind.HEADING:
        start -= 1
    heads = last[start:]
    if len(heads) > blocks or sum(map(_cost, heads)) > characters:
        return []
    del last[start:]
    return heads


def _pieces(passage: Passage, characters: int) -> Iterator[Passage]:
    """Yield the passage, cut if longer than a page. A cut item continues without a marker."""
    while _cost(passage) > characters:
        at = _cut(passage, characters)
        if at >= len(passage.text):
            break
        head, tail = parted(passage.spans, (at,))
        yield replace(passage, spans=head)
        kind = Kind.PARAGRAPH if passage.kind is Kind.ITEM else passage.kind
        passage = replace(passage, kind=kind, spans=tail)
    yield passage


def _cut(passage: Passage, characters: int) -> int:
    text = passage.text
    reach = _reach(passage, characters) or fit(text, characters) or max(1, characters // 2)
    natural = (_LINE_ENDS,) if passage.kind is Kind.CODE else (_SENTENCE_ENDS, _WORD_ENDS)
    for end in natural:
        if ends := [found.end() for found in end.finditer(text, reach // 2, reach)]:
            return ends[-1]
    return reach


def _reach(passage: Passage, characters: int) -> int:
    room = characters - _cost(replace(passage, spans=()))
    reach = 0
    for span in passage.spans:
        if _span_cost(span) > room:
            return reach + fit(span.text, room - _overhead(span))
        reach += len(span.text)
        room -= _span_cost(span)
    return reach


def _cost(passage: Passage) -> int:
    """Return the cost of a passage in characters, with its marker, styles, addresses and block."""
    return _FRAME + width(passage.marker) + sum(map(_span_cost, passage.spans))


def _span_cost(span: Span) -> int:
    return width(span.text) + _overhead(span)


def _overhead(span: Span) -> int:
    return (len(span.url) + _BYTES_A_STYLE * len(span.styles)) // _BYTES_A_CHARACTER


HEADER_LIMIT = 150
"""Most characters of a header block (SLACK.md, blocks)."""

BLOCKS = 40
"""Most blocks per page: a modal can have 100, and needs some for other content."""


@lru_cache(maxsize=4)
def pages(
    markdown: str, *, blocks: int = BLOCKS, characters: int = CHARACTERS
) -> list[list[dict[str, Any]]]:
    """Split a letter into pages of at most so many blocks and characters, without losing text.

    Mentions and broadcasts become plain text; only links to web and mail addresses work; images
    become links. A paragraph is cut only if it is longer than a page. An empty letter is one page
    without blocks.

    The last letters are cached, because each page needs the whole letter and many people turn
    pages. Callers must not change the result.

    `blocks`: most blocks per page, at least 1. `characters`: most UTF-16 units per page, at least
    2.
    """
    passages = read_markdown(markdown)
    return [_blocks(page) for page in in_pages(passages, blocks, characters)] or [[]]


def _blocks(passages: Iterable[Passage]) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    for is_item, run in groupby(passages, key=lambda passage: passage.kind is Kind.ITEM):
        if is_item:
            blocks.append(rich_text(list_elements(run)))
        else:
            blocks.extend(map(_block, run))
    return blocks


def _block(passage: Passage) -> dict[str, Any]:
    if passage.kind is Kind.RULE:
        return {"type": "divider"}
    if passage.kind is Kind.HEADING:
        return _heading(passage)
    return rich_text([block_element(passage)])


def _heading(passage: Passage) -> dict[str, Any]:
    words = passage.text.replace("\n", " ")
    if width(words) <= HEADER_LIMIT and not any(span.url for span in passage.spans):
        return {"type": "header", "text": plain(words, HEADER_LIMIT)}
    return rich_text([section(in_bold(passage.spans))])
