"""Windows: all letters, and one letter in its parts."""

from dataclasses import replace

from bot.features.desk.slack import home_view, status_views
from bot.features.desk.use_cases import home, status
from bot.slack.bot import Bot
from bot.slack.features import Features
from bot.slack.pagination import turn
from bot.slack.payloads import Caller, Click, Command, Shortcut
from bot.slack.windows import Part, Place, View

CARD_MENU = frozenset({"sign", "window"})
"""Handlers that a card's menu leads to."""


def register(features: Features) -> None:
    """Register the windows, and the buttons that lead through them."""

    async def show(click: Click) -> None:
        place = Place.parse(click.value)
        view = await features.parts[place.part](click.bot, click.caller, place, "")
        if click.view is not None and click.view.callback == "window":
            await turn(click, view)
        else:
            await click.show(view)

    async def choose(click: Click) -> None:
        """Do what was chosen from a card's menu: the value names the handler and its value."""
        action, _, value = click.value.partition(" ")
        if action in CARD_MENU:
            await features.clicks[action](replace(click, value=value))

    features.on_click("window", show)
    features.on_click("card", choose)
    features.on_part(Part.LETTERS, _letters)
    features.on_part(Part.OVERVIEW, _overview)
    features.on_shortcut("my_letters", _shortcut)
    for word in ("", "list"):
        features.on_command(word, _command)


async def _command(command: Command) -> None:
    await command.open(await _letters(command.bot, command.caller, Place(), ""))


async def _shortcut(shortcut: Shortcut) -> None:
    await shortcut.open(await _letters(shortcut.bot, shortcut.caller, Place(), ""))


async def _letters(bot: Bot, caller: Caller, place: Place, said: str) -> View:
    del place, said
    return home_view.window(caller.t, await home.page(bot.database, actor=caller.actor))


async def _overview(bot: Bot, caller: Caller, place: Place, said: str) -> View:
    found = await status.status(bot.database, letter=place.letter, actor=caller.actor, tz=caller.tz)
    return status_views.overview(caller.t, found, said)
