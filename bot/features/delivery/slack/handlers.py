"""Handlers for delivering a letter, its delivered copy, and late signatures."""

import asyncio

from bot.features.delivery.slack import views
from bot.features.delivery.use_cases import handover
from bot.features.delivery.use_cases.handover import Delivered
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.letter_picker import finish_click, for_letter, shows_part
from bot.slack.page_parts import shows, turn
from bot.slack.payloads import Click, Command
from bot.slack.windows import Part
from bot.slack.words.phases import title_line


def register(features: Features) -> None:
    """Register `/letter deliver`, `delivered` and `late`."""
    features.on_command("deliver", for_letter(Action.DELIVER, _deliver))
    features.on_click("deliver", _cut)
    features.on_command("delivered", for_letter(Action.SEE_STATUS, _delivered))
    features.on_click("delivered.list", shows(_list))
    features.on_click("delivered.text", shows(_text))
    features.on_click("delivered.details", shows(_details))
    features.on_command("late", shows_part(features, Action.SEE_STATUS, Part.SETTINGS))

    async def late(click: Click) -> None:
        caller, opens = click.caller, click.about == "open"
        act = handover.open_late if opens else handover.close_late
        letter = await act(
            click.bot.database, letter=int(click.value), actor=caller.actor, trigger=click.trigger
        )
        done = caller.t("Late signatures opened") if opens else caller.t("Late signatures closed")
        await finish_click(features, click, f"{title_line(letter)}\n{done}")

    features.on_click("late", late)


async def _deliver(command: Command, letter: Letter) -> None:
    actor = command.caller.actor
    cut = await handover.preview(command.bot.database, letter=letter.id, actor=actor)
    await command.open(views.preview(command.caller.t, cut))


async def _cut(click: Click) -> None:
    letter, actor = int(click.value), click.caller.actor
    await handover.deliver(click.bot.database, letter=letter, actor=actor, trigger=click.trigger)
    await turn(click, views.handed_over(click.caller.t, await _found(click, letter)))


async def _delivered(command: Command, letter: Letter) -> None:
    await command.open(views.copy(command.caller.t, await _found(command, letter.id)))


async def _found(asked: Command | Click, letter: int) -> Delivered:
    return await handover.delivered(asked.database, letter=letter, actor=asked.actor)


async def _details(click: Click) -> View:
    return views.details_page(click.t, await _found(click, int(click.value)))


async def _list(click: Click) -> View:
    """Return a page of the delivered list; the click's value is `letter:page`."""
    letter, _, number = click.value.partition(":")
    return views.list_page(click.t, await _found(click, int(letter)), int(number))


async def _text(click: Click) -> View:
    """Return a page of the delivered text; the click's value is `letter:page`."""
    letter, _, number = click.value.partition(":")
    found = await _found(click, int(letter))
    return await asyncio.to_thread(views.text_page, click.t, found, int(number))
