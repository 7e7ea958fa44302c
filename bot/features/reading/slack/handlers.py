"""Handlers that show a letter and its list of signers."""

import asyncio

from bot.features.reading.slack import views
from bot.features.reading.use_cases import pages
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.letter_picker import for_letter
from bot.slack.page_parts import turn
from bot.slack.payloads import Click, Command
from bot.use_cases import letter_lookup


def register(features: Features) -> None:
    """Register the commands and buttons for reading."""
    features.on_command("read", for_letter(Action.READ, _read_command))
    features.on_command("signers", for_letter(Action.SEE_SIGNATORIES, _signers_command))
    features.on_click("read", _read)
    features.on_click("read.page", _turn_letter)
    features.on_click("signers", _signers)
    features.on_click("signers.page", _turn_list)
    features.on_click("signers.first", _first_page)


async def _read(click: Click) -> None:
    """Show the letter from a card, the Home tab or a reminder; the value is `letter:posting`."""
    await click.show(await _letter_page(click, await click.letter_meant()))


async def _read_command(command: Command, letter: Letter) -> None:
    await command.open(await _letter_page(command, letter.id))


async def _turn_letter(click: Click) -> None:
    letter, _, number = click.value.partition(":")
    await turn(click, await _letter_page(click, int(letter), int(number)))


async def _letter_page(asked: Click | Command, letter: int, number: int = 1) -> View:
    caller = asked.caller
    whole = await letter_lookup.whole(asked.bot.database, letter=letter, actor=caller.actor)
    return await asyncio.to_thread(views.letter_page, caller.t, whole, number)


async def _signers(click: Click) -> None:
    """Show the signers from a card or the Home tab; the value is `letter:posting`."""
    await click.show(await _list_page(click, await click.letter_meant()))


async def _signers_command(command: Command, letter: Letter) -> None:
    await command.open(await _list_page(command, letter.id))


async def _first_page(click: Click) -> None:
    await turn(click, await _list_page(click, int(click.value)))


async def _turn_list(click: Click) -> None:
    """Show the page after the signatory in the value, or the previous page from the memory."""
    page = views.Turned.of(click.modal)
    if click.value == "back":
        way, number = page.back, page.number - 1
    else:
        way, number = (*page.back, page.at, click.value), page.number + 1
    await turn(click, await _list_page(click, page.letter, number, way))


async def _list_page(
    asked: Click | Command, letter: int, number: int = 1, way: tuple[str, ...] = ()
) -> View:
    """Return the page after the last signatory in `way`, which has one for each page turned."""
    *back, at = way or ("",)
    database = asked.bot.database
    after = await pages.place(database, signatory=at) if at else None
    page = await pages.who_signed(
        database, letter=letter, actor=asked.caller.actor, after=after, limit=views.ENTRIES
    )
    return views.list_page(asked.caller.t, page, number=number, at=at, back=back)
