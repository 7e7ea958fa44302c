"""A reader's windows: the letter's text in pages, and the list of signers."""

import asyncio
from collections.abc import Sequence
from itertools import groupby

from bot.features.reading.use_cases import pages
from bot.features.reading.use_cases.pages import ListPage, Signatory
from bot.letters.endorsement import Kind
from bot.letters.order import own_heading
from bot.letters.phases import Action
from bot.letters.rules import Rules
from bot.letters.standing import Standing
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, actions, button, context, modal, section
from bot.slack.features import Features
from bot.slack.letter_picker import command_button, opens
from bot.slack.models.shapes import MEMORY_MOST, OfLetter
from bot.slack.page_parts import (
    arrows,
    head_blocks,
    page_arrows,
    page_foot,
    shows,
    texts,
    title_block,
    turns,
)
from bot.slack.payloads import Click, Command
from bot.slack.text import paging
from bot.slack.text.escaping import escape, isolate, moment, plain, width
from bot.slack.words.phases import counted_words, hidden_words, standing_words
from bot.use_cases import letter_lookup
from bot.use_cases.letter_lookup import Whole


class Turned(OfLetter):
    """Memory of a page of the list of signers."""

    number: int
    """Number of the page, from 1."""
    at: str = ""
    """The id of the signatory after whom the page starts; empty for the first page."""
    back: tuple[str, ...] = ()
    """The `at` of earlier pages; the oldest are dropped if there is no room."""


ENTRIES = 50


def letter_page(t: Words, whole: Whole, number: int) -> View:
    """Return a page of a letter, from 1; a number too high means the last page."""
    letter, phase, dealt = whole.letter, whole.letter.phase, paging.pages(whole.body)
    number = min(max(number, 1), len(dealt))
    blocks: Blocks = [title_block(letter)]
    if number == 1:
        if letter.sender:
            blocks.append(context(t("From {who}", who=escape(isolate(letter.sender)))))
        blocks += head_blocks(t, letter)
        blocks.append(context(standing_words(t, letter, phase)))
        hidden = hidden_words(t, letter)
        if hidden:
            blocks.append(context(hidden))
        if whole.amended_at is not None:
            blocks.append(context(t("Text changed {when}.", when=moment(t, whole.amended_at))))
        blocks.append({"type": "divider"})
    blocks += dealt[number - 1]
    buttons = page_arrows(t, "read.page", str(letter.id), number, len(dealt))
    if number == len(dealt) and phase.takes_signatures:
        label = t("Your signature") if whole.signed else t("Sign")
        buttons.append(button(label, "sign", f"{letter.id}:", style="primary"))
    if number == 1 and whole.amended_at is not None:
        buttons.append(button(t("Earlier versions"), "texts", f"{letter.id}:1"))
    buttons.append(button(t("Privacy"), "privacy", str(letter.id)))
    blocks += page_foot(t, number, len(dealt), buttons)
    return modal(t("The letter"), blocks, close=t("Close"), callback="read")


def list_page(
    t: Words, page: ListPage, *, number: int = 1, at: str = "", back: Sequence[str] = ()
) -> View:
    """Return a page of the list of signers; names are plain text, so they mention nobody.

    `at`: the id of the signatory after whom the page starts; empty for the first page. `back`: the
    `at` of earlier pages, oldest first; the oldest may be missing.
    """
    letter = page.letter
    blocks: Blocks = [title_block(letter), context(escape(counted_words(t, letter)))]
    hidden = hidden_words(t, letter)
    if hidden:
        blocks.append(section(hidden))
    headings = groupby(page.signatories, lambda party: _heading(t, party, letter.rules))
    for heading, group in headings:
        blocks.append(section(f"*{escape(heading)}*"))
        entries = (_entry(t, party, earlier=party.id in page.earlier) for party in group)
        blocks += [{"type": "section", "text": plain(text)} for text in texts(entries)]
    buttons: Blocks = []
    if number > 2 or (number > 1 and not back):
        buttons.append(button(t("First page"), "signers.first", str(letter.id)))
    last = None if page.end is None else page.signatories[-1].id
    buttons += arrows(t, "signers.page", back="back" if back else None, on=last)
    if not page.signatories and letter.phase.takes_signatures and number == 1:
        buttons.append(button(t("Sign"), "sign", f"{letter.id}:", style="primary"))
    if page.may_correct and page.signatories:
        buttons.append(command_button(t("Correct an entry"), "correct", letter.id))
    if number > 1 or page.end is not None:
        blocks.append(context(escape(t("Page {number}", number=t.number(number)))))
    if buttons:
        blocks.append(actions(*buttons, block="turn"))
    memory = Turned(letter=letter.id, number=number, at=at, back=tuple(back))
    while memory.back and width(memory.kept()) > MEMORY_MOST:
        # Drop the oldest pages if the memory is too long.
        memory = memory.model_copy(update={"back": memory.back[1:]})
    return modal(t("Who signed"), blocks, close=t("Close"), callback="signers", meta=memory.kept())


def _heading(t: Words, party: Signatory, rules: Rules) -> str:
    if party.pinned:
        return t("Conveners")
    if own := own_heading(party.heading, rules, late=party.late):
        return own
    if not rules.grouped:
        return t("Late signatures") if party.late else t("Signed by")
    if party.kind is Kind.ORGANISATION:
        return t("Late: organisations") if party.late else t("Organisations")
    return t("Late: people") if party.late else t("People")


def _entry(t: Words, party: Signatory, *, earlier: bool) -> str:
    if party.standing is Standing.MARKED:
        return t("{entry} (withdrawn after delivery)", entry=isolate(party.entry))
    if earlier:
        return t("{entry} (signed an earlier version)", entry=isolate(party.entry))
    return isolate(party.entry)


def register(features: Features) -> None:
    """Register the commands and buttons for reading."""
    features.on_command("read", opens(Action.READ, lambda asked, one: _letter_page(asked, one.id)))
    features.on_command(
        "signers", opens(Action.SEE_SIGNATORIES, lambda asked, one: _list_page(asked, one.id))
    )
    features.on_click("read", shows(_read))
    features.on_click("read.page", turns(_turn_letter))
    features.on_click("signers", shows(_signers))
    features.on_click("signers.page", turns(_turn_list))
    features.on_click("signers.first", turns(lambda click: _list_page(click, int(click.value))))


async def _read(click: Click) -> View:
    return await _letter_page(click, await click.letter_meant())


async def _turn_letter(click: Click) -> View:
    letter, _, number = click.value.partition(":")
    return await _letter_page(click, int(letter), int(number))


async def _letter_page(asked: Click | Command, letter: int, number: int = 1) -> View:
    whole = await letter_lookup.whole(asked.database, letter=letter, actor=asked.actor)
    return await asyncio.to_thread(letter_page, asked.t, whole, number)


async def _signers(click: Click) -> View:
    return await _list_page(click, await click.letter_meant())


async def _turn_list(click: Click) -> View:
    """Show the page after the signatory in the value, or the previous page from the memory."""
    page = Turned.of(click.modal)
    if click.value == "back":
        way, number = page.back, page.number - 1
    else:
        way, number = (*page.back, page.at, click.value), page.number + 1
    return await _list_page(click, page.letter, number, way)


async def _list_page(
    asked: Click | Command, letter: int, number: int = 1, way: tuple[str, ...] = ()
) -> View:
    """Return the page after the last signatory in `way`, which has one for each page turned."""
    *back, at = way or ("",)
    after = await pages.place(asked.database, signatory=at) if at else None
    page = await pages.who_signed(
        asked.database, letter=letter, actor=asked.actor, after=after, limit=ENTRIES
    )
    return list_page(asked.t, page, number=number, at=at, back=back)
