"""Earlier texts of a letter and the changes of each amendment, for readers."""

import asyncio
from typing import Any

from bot.features.amendments.slack.changes import page_of, value_of
from bot.features.amendments.slack.words import kind_words
from bot.features.amendments.use_cases import texts as amended_texts
from bot.features.amendments.use_cases.texts import History, Texts
from bot.letters.amendment import Amendment
from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, actions, button, context, modal, of_row, section
from bot.slack.features import Features
from bot.slack.page_parts import head_blocks, page_arrows, page_foot, shows, title_block, turns
from bot.slack.payloads import Click
from bot.slack.text.escaping import escape, moment, plain
from bot.slack.text.letter_pages import pages

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
