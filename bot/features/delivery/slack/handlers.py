"""Handlers for delivering a letter, its delivered copy, and late signatures."""

import asyncio

from bot.features.delivery.rules import DeliveredCopy
from bot.features.delivery.slack import views
from bot.features.delivery.use_cases import handover
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.slack.block_kit import View
from bot.slack.bot import Bot
from bot.slack.features import Features
from bot.slack.letter_picker import finish_click, shows_part
from bot.slack.page_parts import shows
from bot.slack.payloads import Caller, Click
from bot.slack.windows import Part, Place
from bot.slack.words.phases import title_line


def register(features: Features) -> None:
    """Register the part of the window, and `/letter deliver`, `delivered` and `late`."""
    for word, action, part in (
        ("deliver", Action.DELIVER, Part.DELIVERY),
        ("delivered", Action.SEE_STATUS, Part.DELIVERY),
        ("late", Action.SEE_STATUS, Part.SETTINGS),
    ):
        features.on_command(word, shows_part(features, action, part))
    features.on_part(Part.DELIVERY, _draw)
    features.on_click("delivered.list", shows(_list))
    features.on_click("delivered.text", shows(_text))
    features.on_click("delivered.details", shows(_details))

    async def deliver(click: Click) -> None:
        number, _, read = click.value.partition(":")
        letter, trigger = int(number), click.trigger
        await handover.deliver(
            click.database, letter=letter, actor=click.actor, read=read or None, trigger=trigger
        )
        await finish_click(features, click, click.t("Letter delivered"))

    async def undo(click: Click) -> None:
        letter, trigger = int(click.value), click.trigger
        await handover.take_back(click.database, letter=letter, actor=click.actor, trigger=trigger)
        await finish_click(features, click, click.t("Delivery undone"))

    async def again(click: Click) -> None:
        letter, trigger = int(click.value), click.trigger
        await handover.deliver_again(
            click.database, letter=letter, actor=click.actor, trigger=trigger
        )
        await finish_click(features, click, click.t("Letter delivered"))

    async def late(click: Click) -> None:
        t, opens = click.t, click.about == "open"
        act = handover.open_late if opens else handover.close_late
        letter = await act(
            click.database, letter=int(click.value), actor=click.actor, trigger=click.trigger
        )
        done = t("Late signatures opened") if opens else t("Late signatures closed")
        await finish_click(features, click, f"{title_line(letter)}\n{done}")

    features.on_click("deliver", deliver)
    features.on_click("delivered.undo", undo)
    features.on_click("delivered.again", again)
    features.on_click("late", late)


async def _draw(bot: Bot, caller: Caller, place: Place, said: str) -> View:
    letter, actor = place.letter, caller.actor
    look = await handover.look(bot.database, letter=letter, actor=actor, after=place.at)
    if look is not None:
        return views.last_look(caller.t, look, place, said)
    found = await handover.delivered(bot.database, letter=letter, actor=actor)
    return views.delivered(caller.t, found, place, said)


async def _found(click: Click) -> tuple[Letter, DeliveredCopy, int]:
    letter, number, page = (int(one) for one in f"{click.value}:1".split(":")[:3])
    found = await handover.delivered(click.database, letter=letter, actor=click.actor)
    copy = next((one for one in found.copies if one.number == number), found.copy)
    return found.letter, copy, page


async def _details(click: Click) -> View:
    _, copy, _ = await _found(click)
    return views.details_page(click.t, copy)


async def _list(click: Click) -> View:
    return views.list_page(click.t, *await _found(click))


async def _text(click: Click) -> View:
    _, copy, page = await _found(click)
    return await asyncio.to_thread(views.text_page, click.t, copy, page)
