"""A letter's text as Slack blocks, and in pages that a modal can show."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any

from bot.documents.markdown_reading import read_markdown
from bot.documents.passages import Kind, Passage, restyled
from bot.slack.text.escaping import plain, width
from bot.slack.text.paging import CHARACTERS, in_pages
from bot.slack.text.rich_text_writing import block_element, list_elements, rich_text, section

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
    return rich_text([section(restyled(passage.spans, "bold"))])
