"""The differences between two texts, cached for all readers.

Comparing two long texts may take a second, and thousands of people may look at the result. So the
comparison runs in a thread, not on the event loop, and its result is cached.
"""

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.features.amendments.use_cases.texts import Texts
from bot.letters.text_diff import Passage, difference
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, button, context, modal
from bot.slack.page_parts import page_arrows, page_foot, title_block
from bot.slack.text.diff import changes_words, difference_pages, difference_start, difference_text
from bot.slack.text.escaping import escape

SPOKEN = 1800
"""The most UTF-16 units for changes in a message's text."""


@dataclass(frozen=True, slots=True)
class Start:
    """The first changes, as many as fit in a message."""

    blocks: Blocks
    text: str
    """The changes as escaped text for screen readers."""


async def start_of(t: Words, texts: Texts) -> Start:
    """Return the first changes between two texts, for a message."""
    return await asyncio.to_thread(_start, t, *texts.compared)


Changed = tuple[str, list[Blocks]]
"""A sentence with the number of changes, and the pages that show them."""


async def pages_of(t: Words, texts: Texts) -> Changed:
    """Return all changes between two texts."""
    return await asyncio.to_thread(_pages, t, *texts.compared)


async def page_of(
    t: Words,
    texts: Texts,
    number: int,
    *,
    action: str = "changes.page",
    back: Blocks | None = None,
) -> View:
    """Return the modal with one page of the changes between two texts.

    Args:
        t: The reader's words.
        texts: The texts.
        number: The page, from 1; a number too high means the last page.
        action: The action of the buttons that turn the page.
        back: Buttons in front of these.
    """
    changed = await pages_of(t, texts)
    pages = changes_blocks(t, changed, number, action, value_of(texts), back or [])
    blocks = [title_block(texts.letter), *pages]
    return modal(t("What changed"), blocks, close=t("Close"), callback="changes")


def changes_blocks(
    t: Words, changed: Changed, number: int, action: str, of: str, back: Blocks
) -> Blocks:
    """Return one page of changes as blocks; the value of its buttons is `of:page`."""
    counted, dealt = changed
    number = min(max(number, 1), len(dealt))
    turning = page_arrows(t, action, of, number, len(dealt))
    foot = page_foot(t, number, len(dealt), [*back, *turning])
    return [context(escape(counted)), *dealt[number - 1], *foot]


def changes_button(t: Words, texts: Texts) -> dict[str, Any]:
    """Return the button that opens all changes between two texts."""
    return button(t("What changed"), "changes", f"{value_of(texts)}:1")


def value_of(texts: Texts) -> str:
    """Return the value of a button about two texts, without the page."""
    return f"{texts.letter.id}:{texts.old.sha256}:{texts.new.sha256}"


@lru_cache(maxsize=4)
def _start(t: Words, old: str, new: str) -> Start:
    passages = _passages(old, new)
    return Start(difference_start(t, passages), difference_text(t, passages, SPOKEN))


@lru_cache(maxsize=4)
def _pages(t: Words, old: str, new: str) -> Changed:
    passages = _passages(old, new)
    return changes_words(t, passages), difference_pages(t, passages)


@lru_cache(maxsize=2)
def _passages(old: str, new: str) -> tuple[Passage, ...]:
    return difference(old, new)
