"""The windows of all letters and of one letter's parts, `/letter status`, and the App Home."""

import asyncio
from dataclasses import replace
from typing import Any

import orjson

from bot.features.desk.slack import home_view, status_views
from bot.features.desk.use_cases import home
from bot.features.desk.use_cases.status import Status, status
from bot.letters.notices import NoticeKind
from bot.letters.people import Actor, Person
from bot.letters.phases import Action, Phase
from bot.locales import Words
from bot.slack.api_errors import UNREACHABLE
from bot.slack.bot import Bot
from bot.slack.features import Features
from bot.slack.letter_picker import answer, shows_part
from bot.slack.models.answers import OneUser
from bot.slack.models.shapes import ChannelLeft, HomeOpened, Memory
from bot.slack.payloads import Caller, Click, Command, Event, Reply, Shortcut
from bot.slack.windows import Part, Place, View
from bot.use_cases import Database, letter_lookup, membership

CARD_MENU = frozenset({"sign", "window"})
"""Click handlers that a card's menu may run."""


def register(features: Features) -> None:
    """Register the windows, their navigation buttons, and the status."""

    async def show(click: Click) -> None:
        place = Place.parse(click.value)
        await click.show(await features.parts[place.part](click.bot, click.caller, place, ""))

    async def back(click: Click) -> None:
        """Repeat the click that opened the view which the click's own has replaced."""
        *before, (action, value), _ = Memory.of(click.modal).opened
        memory = orjson.loads(click.modal.private_metadata or "{}") | {"opened": before}
        held = click.modal.model_copy(
            update={"private_metadata": orjson.dumps(memory).decode(), "callback_id": ""}
        )
        again = replace(click, action=action, value=value, view=held)
        await features.clicks[action.partition(":")[0]](again)

    async def choose(click: Click) -> None:
        """Run the choice from a card's menu; the value is the handler's name and its value."""
        action, _, value = click.value.partition(" ")
        if action in CARD_MENU:
            await features.clicks[action](replace(click, value=value))

    features.on_click("window", show)
    features.on_click("back", back)
    features.on_click("card", choose)
    features.on_part(Part.LETTERS, _letters)
    features.on_part(Part.OVERVIEW, _overview)
    features.on_shortcut("my_letters", _open)
    for word in ("", "list"):
        features.on_command(word, _open)
    # The words of the desk's buttons, which people type too.
    for word in ("status", "open"):
        features.on_command(word, _status)
    for word, part in (("settings", Part.SETTINGS), ("remove", Part.SIGNERS)):
        features.on_command(word, shows_part(features, Action.SEE_STATUS, part))
    features.on_event("app_home_opened", HomeOpened, _opened)
    features.on_event("member_left_channel", ChannelLeft, _left)
    features.on_event("user_change", OneUser, _changed)
    features.on_home(NoticeKind.HOME, _draw)
    features.on_home(NoticeKind.DESK, _draw)


async def _left(event: Event[ChannelLeft]) -> None:
    await membership.left(event.bot.database, workspace=event.bot.workspace, **dict(event.said))


async def _changed(event: Event[OneUser]) -> None:
    bot = event.bot
    if met := bot.directory.changed(event.said.user):
        await membership.meet(bot.database, workspace=bot.workspace, people=met)


async def _open(asked: Command | Shortcut) -> None:
    await asked.open(await _letters(asked.bot, asked.caller, Place(), ""))


async def _letters(bot: Bot, caller: Caller, place: Place, said: str) -> View:
    del said
    found = await home.page(bot.database, actor=caller.actor, number=int(place.at or 1))
    return home_view.window(caller.t, found)


async def _overview(bot: Bot, caller: Caller, place: Place, said: str) -> View:
    found = await _read(bot, caller, place.letter)
    if found.letter.phase is not Phase.DRAFT:
        return status_views.overview(caller.t, found, said)
    whole = await letter_lookup.editable(bot.database, letter=place.letter, actor=caller.actor)
    number = int(place.at or 1)
    return await asyncio.to_thread(status_views.draft, caller.t, found, whole, number, said)


async def _status(command: Command) -> Reply:
    async def report(letter: int) -> Reply:
        found = await _read(command.bot, command.caller, letter)
        return status_views.report(command.t, found)

    return await answer(command, Action.SEE_STATUS, report)


async def _read(bot: Bot, caller: Caller, letter: int) -> Status:
    return await status(bot.database, letter=letter, actor=caller.actor, tz=caller.tz)


async def _opened(event: Event[HomeOpened]) -> None:
    """Queue a redraw for the worker, so that the event is answered immediately."""
    if event.said.tab not in {None, "home"}:
        return
    bot, user = event.bot, event.said.user
    try:
        profile = await bot.directory.profile(user)
    except UNREACHABLE:
        # The courier checks the person's membership again before it draws.
        profile = None
    await home.opened(
        bot.database,
        workspace=bot.workspace,
        met=None if profile is None else profile.acquaintance,
        person=Person(bot.workspace, user) if profile is None else profile.person,
        trigger=event.trigger,
    )


async def _draw(database: Database, actor: Actor, t: Words) -> dict[str, Any]:
    return home_view.home(t, await home.page(database, actor=actor))
