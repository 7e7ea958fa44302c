"""`/letter export`: the letter as a file, or in pages for copying."""

import asyncio
from dataclasses import replace

from bot.features.delivery.list_files import Format
from bot.features.delivery.slack import document_views, export_views
from bot.features.delivery.slack.copied_pages import Place
from bot.features.delivery.use_cases import exports
from bot.features.delivery.use_cases.exports import Scope
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.letter_picker import for_letter
from bot.slack.page_parts import turn
from bot.slack.payloads import Click, Command
from bot.slack.uploads import may_upload


def register(features: Features) -> None:
    """Register `/letter export`."""
    features.on_command("export", for_letter(Action.EXPORT, _export))
    features.on_click("export.pages", _pages)
    features.on_click("export.format", _choose)
    features.on_click("export.scope", _choose)
    features.on_click("export.page", _turn)


async def _export(command: Command, letter: Letter) -> None:
    if await may_upload(command.bot.client):
        role = command.caller.actor
        embargoed = await exports.under_embargo(command.bot.database, letter=letter.id, actor=role)
        # The names of the languages are read from Babel's files the first time.
        view = await asyncio.to_thread(
            document_views.getting, command.caller.t, letter, embargoed=embargoed
        )
        await command.open(view)
    else:
        await command.open(await _page(command, _first(letter.id, sends=False)))


def _first(letter: int, *, sends: bool) -> export_views.Chosen:
    return export_views.Chosen(letter=letter, form=Format.LINES, scope=Scope.LISTED, sends=sends)


async def _pages(click: Click) -> None:
    """Show the list for copying, on top of the window that sends the list as a file."""
    await click.show(await _page(click, _first(int(click.value), sends=True)))


async def _page(asked: Command | Click, chosen: export_views.Chosen) -> View:
    place = chosen.place
    found = await exports.stretch(
        asked.bot.database,
        letter=chosen.letter,
        actor=asked.caller.actor,
        scope=chosen.scope,
        after=place.after,
        off_list=place.off_list,
    )
    return export_views.page(asked.caller.t, found, chosen)


async def _choose(click: Click) -> None:
    """Apply a new format or scope, and go back to page one."""
    view = export_views.chosen(click.modal)
    await click.update(await _page(click, replace(view, number=1, place=Place(), back=())))


async def _turn(click: Click) -> None:
    chosen = export_views.chosen(click.modal).turned(click.value)
    await turn(click, await _page(click, chosen))
