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
from bot.slack.page_parts import turn
from bot.slack.payloads import Click, Command
from bot.slack.windows import Part
from bot.slack.words.phases import title_line


def register(features: Features) -> None:
    """Register `/letter deliver`, `delivered` and `late`."""
    features.on_command("deliver", for_letter(Action.DELIVER, _deliver))
    features.on_click("deliver", _cut)
    features.on_command("delivered", for_letter(Action.SEE_STATUS, _delivered))
    features.on_click("delivered.list", _list)
    features.on_click("delivered.text", _text)
    features.on_click("delivered.details", _details)
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
    return await handover.delivered(asked.bot.database, letter=letter, actor=asked.caller.actor)


async def _details(click: Click) -> None:
    await click.show(views.details_page(click.caller.t, await _found(click, int(click.value))))


async def _list(click: Click) -> None:
    """Show a page of the delivered list; the click's value is `letter:page`."""
    letter, _, number = click.value.partition(":")
    found = await _found(click, int(letter))
    await _show(click, views.list_page(click.caller.t, found, int(number)), "delivered.list")


async def _text(click: Click) -> None:
    """Show a page of the delivered text; the click's value is `letter:page`."""
    letter, _, number = click.value.partition(":")
    found = await _found(click, int(letter))
    page = await asyncio.to_thread(views.text_page, click.caller.t, found, int(number))
    await _show(click, page, "delivered.text")


async def _show(click: Click, view: View, callback: str) -> None:
    """Open a page on top of the copy, or replace another page."""
    if click.modal.callback == callback:
        await turn(click, view)
    else:
        await click.show(view)
