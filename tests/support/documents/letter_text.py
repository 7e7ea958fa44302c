"""A letter's text as a reader sees it in Slack."""

from typing import Any

from bot.slack.text.paging import pages
from bot.slack.text.rich_text_reading import read_blocks

UNBOUNDED = 1_000_000
"""More blocks and characters than any test's letter has."""


def letter_blocks(markdown: str) -> list[dict[str, Any]]:
    """Return a letter as the blocks of one page, however long it is."""
    (page,) = pages(markdown, blocks=UNBOUNDED, characters=UNBOUNDED)
    return page


def visible_text(blocks: list[dict[str, Any]]) -> str:
    """Return the words of blocks: a line for each line, item and cell row, without styles."""
    return "\n".join(passage.visible for passage in read_blocks(blocks))
