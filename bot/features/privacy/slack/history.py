"""Organisers read a letter's history: `/letter history`."""

from bot.features.privacy.slack import history_views as views
from bot.features.privacy.table import write_history
from bot.features.privacy.use_cases import history
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.letter_picker import choose
from bot.slack.pagination import turn
from bot.slack.payloads import Click, Command, Reply


def register(features: Features) -> None:
    """Register the window of the history and its pages."""
    features.on_command("history", _history)
    features.on_click("history.page", _page)
    features.on_click("history.copy", _copy)


async def _history(command: Command) -> Reply | None:
    letter = await choose(command, Action.SEE_STATUS)
    if not isinstance(letter, Letter):
        return letter
    await command.open(await _shown(command, letter.id, 1))
    return None


async def _page(click: Click) -> None:
    letter, _, number = click.value.partition(":")
    await turn(click, await _shown(click, int(letter), int(number)))


async def _shown(asked: Click | Command, letter: int, number: int) -> View:
    caller = asked.caller
    found = await history.page(
        asked.bot.database, letter=letter, actor=caller.actor, number=number, limit=views.PAGE
    )
    return views.history_page(caller.t, found)


async def _copy(click: Click) -> None:
    caller = click.caller
    rows = await history.newest(click.bot.database, letter=int(click.value), actor=caller.actor)
    await click.show(views.csv_page(caller.t, write_history(rows)))
