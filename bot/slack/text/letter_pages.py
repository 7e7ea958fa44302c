"""A whole letter as Slack blocks, and in pages that a modal can show."""

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
"""Characters of a header block (SLACK.md, blocks)."""

BLOCKS = 40
"""Blocks a page: a modal takes 100, and has other things to show besides."""


@lru_cache(maxsize=4)
def pages(
    markdown: str, *, blocks: int = BLOCKS, characters: int = CHARACTERS
) -> list[list[dict[str, Any]]]:
    """Deal a letter into pages of at most so many blocks and characters, with nothing lost.

    Mentions and broadcasts that were typed in it are words; links lead to web and mail addresses
    only; images are links. A paragraph is cut only where it alone is longer than a page. An empty
    letter is one page without blocks.

    The last letters are kept: many people turn the pages of one, and each page is made of the whole.
    So nobody may change what is returned.

    Args:
        markdown: The letter's text.
        blocks: Blocks a page, at least 1.
        characters: UTF-16 units a page, at least 2.
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
