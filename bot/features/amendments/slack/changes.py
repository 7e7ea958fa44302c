"""The differences between two texts, cached for all readers.

Comparing two long texts may take a second, and thousands of people may look at the result. So the
comparison runs in a thread, not on the event loop, and its result is cached.
"""

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.features.amendments.use_cases import texts as amended_texts
from bot.features.amendments.use_cases.texts import History, Texts
from bot.letters.amendment import Amendment, AmendmentKind
from bot.letters.letter import Letter
from bot.letters.text_diff import Passage, difference
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, actions, button, context, modal, of_row, section
from bot.slack.features import Features
from bot.slack.page_parts import head_blocks, page_arrows, page_foot, shows, title_block, turns
from bot.slack.payloads import Click
from bot.slack.text.diff import changes_words, difference_pages, difference_start, difference_text
from bot.slack.text.escaping import escape, isolate, moment, plain
from bot.slack.text.paging import pages
from bot.slack.words.rules import silence_means

NOTES = 3
"""The most notes shown, newest kept, because a message has limited room."""


def kind_words(t: Words, kind: AmendmentKind) -> str:
    """Return the name of a kind of change."""
    if kind is AmendmentKind.MATERIAL:
        return t("Change of meaning")
    return t("Small fix – the meaning stays the same")


def keep_consent(t: Words) -> str:
    """Return the consent sentence for keeping a signature; it is stored with the answer."""
    return t(
        "If you keep your signature, it will be published with the new text. You can withdraw "
        "at any time."
    )


def answer_words(t: Words, letter: Letter) -> str:
    """Return the deadline for answering, and the effect of no answer, as `mrkdwn`."""
    if letter.answer_by is None:
        return ""
    until = t("Please answer by *{when}*.", when=moment(t, letter.answer_by))
    return f"{until} {escape(silence_means(t, letter.rules.silence))}"


def notes(t: Words, amendments: tuple[Amendment, ...]) -> Blocks:
    """Return the organisers' notes on the latest amendments."""
    said = amendments[-NOTES:]
    if not said:
        return []
    heading = t.n("Note from the organisers:", "Notes from the organisers:", len(said))
    return [
        context(escape(heading)),
        *({"type": "section", "text": plain(one.note)} for one in said),
    ]


def noted(amendments: tuple[Amendment, ...]) -> str:
    """Return the organisers' latest notes as escaped text, for a message's fallback text."""
    return " ".join(escape(isolate(one.note)) for one in amendments[-NOTES:])


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


ROWS = 15
"""Amendments per page; each takes three blocks."""


def register(features: Features) -> None:
    """Register the views of earlier texts."""
    features.on_click("texts", shows(_history))
    features.on_click("texts.list", turns(_history))
    features.on_click("texts.changes", turns(_changes))
    features.on_click("texts.before", turns(_before))


async def _history(click: Click) -> View:
    letter, _, number = click.value.partition(":")
    found = await amended_texts.history(click.database, letter=int(letter), actor=click.actor)
    return history_page(click.t, found, int(number))


async def _changes(click: Click) -> View:
    texts, number = await _texts(click)
    back = [_back(click.t, texts.letter)]
    return await page_of(click.t, texts, number, action="texts.changes", back=back)


async def _before(click: Click) -> View:
    texts, number = await _texts(click)
    return await asyncio.to_thread(text_page, click.t, texts, number)


async def _texts(click: Click) -> tuple[Texts, int]:
    letter, old, new, number = click.value.split(":")
    texts = await amended_texts.compare(
        click.database, letter=int(letter), actor=click.actor, old=old, new=new
    )
    return texts, int(number)


def history_page(t: Words, found: History, number: int) -> View:
    """Return a page of a letter's amendments, newest first, with buttons for changes and texts."""
    letter, newest = found.letter, found.amendments[::-1]
    count = max(1, -(-len(newest) // ROWS))
    number = min(max(number, 1), count)
    blocks: Blocks = [title_block(letter)]
    for place, one in enumerate(newest[(number - 1) * ROWS : number * ROWS]):
        blocks += _row(t, letter, one, place)
    turning = page_arrows(t, "texts.list", str(letter.id), number, count)
    blocks += page_foot(t, number, count, turning)
    return modal(t("Earlier versions"), blocks, close=t("Close"), callback="texts")


def _row(t: Words, letter: Letter, one: Amendment, place: int) -> Blocks:
    kind = kind_words(t, one.kind)
    value = f"{letter.id}:{one.from_sha256}:{one.to_sha256}:1"
    return [
        section(f"*{moment(t, one.made_at)}*\n{escape(kind)}"),
        {"type": "section", "text": plain(one.note)},
        actions(
            of_row(button(t("What changed"), "texts.changes", value), one.note, place),
            of_row(button(t("Earlier version"), "texts.before", value), one.note, place),
            block=f"amendment.{place}",
        ),
    ]


def text_page(t: Words, texts: Texts, number: int) -> View:
    """Return a page of an earlier text, with a button back to the list of amendments."""
    dealt = pages(texts.old.body)
    number = min(max(number, 1), len(dealt))
    turning = page_arrows(t, "texts.before", value_of(texts), number, len(dealt))
    blocks: Blocks = [
        title_block(texts.letter),
        context(escape(t("This is an earlier version, not the current text."))),
        *head_blocks(t, texts.old),
        {"type": "divider"},
        *dealt[number - 1],
        *page_foot(t, number, len(dealt), [_back(t, texts.letter), *turning]),
    ]
    return modal(t("Earlier versions"), blocks, close=t("Close"), callback="texts")


def _back(t: Words, letter: Letter) -> dict[str, Any]:
    return button(t("Back"), "texts.list:all", f"{letter.id}:1")
