"""Handlers that show a letter and its list of signers."""

import asyncio

from bot.features.reading.slack import views
from bot.features.reading.use_cases import pages
from bot.letters.phases import Action
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.letter_picker import opens
from bot.slack.page_parts import shows, turns
from bot.slack.payloads import Click, Command
from bot.use_cases import letter_lookup


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
    return await asyncio.to_thread(views.letter_page, asked.t, whole, number)


async def _signers(click: Click) -> View:
    return await _list_page(click, await click.letter_meant())


async def _turn_list(click: Click) -> View:
    """Show the page after the signatory in the value, or the previous page from the memory."""
    page = views.Turned.of(click.modal)
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
        asked.database, letter=letter, actor=asked.actor, after=after, limit=views.ENTRIES
    )
    return views.list_page(asked.t, page, number=number, at=at, back=back)
