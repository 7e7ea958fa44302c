"""An organiser hands a letter over, looks at what was handed over, and lets later signers in."""

import asyncio

from bot.features.delivery.slack import views
from bot.features.delivery.use_cases import handover
from bot.features.delivery.use_cases.handover import Delivered
from bot.letters.letter import Letter
from bot.letters.phases import Action, Phase
from bot.slack.features import Features
from bot.slack.letter_picker import choose
from bot.slack.pagination import turn
from bot.slack.payloads import Answer, Click, Command, Reply, Submission, update
from bot.use_cases import letter_lookup


def register(features: Features) -> None:
    """Register `/letter deliver`, `delivered` and `late`."""
    features.on_command("deliver", _deliver)
    features.on_submit("deliver", _cut)
    features.on_command("delivered", _delivered)
    features.on_click("delivered.list", _list)
    features.on_click("delivered.text", _text)
    features.on_click("delivered.details", _details)
    features.on_command("late", _late)
    features.on_submit("late.open", _open_late)
    features.on_submit("late.close", _close_late)


async def _deliver(command: Command) -> Reply | None:
    letter = await choose(command, Action.DELIVER)
    if not isinstance(letter, Letter):
        return letter
    caller = command.caller
    cut = await handover.preview(command.bot.database, letter=letter.id, actor=caller.actor)
    await command.open(views.preview(caller.t, cut))
    return None


async def _cut(submission: Submission) -> Answer:
    caller, database = submission.caller, submission.bot.database
    letter = int(submission.view.meta["letter"])
    await handover.deliver(
        database, letter=letter, actor=caller.actor, delivery=submission.delivery
    )
    found = await handover.delivered(database, letter=letter, actor=caller.actor)
    return update(views.handed_over(caller.t, found))


async def _delivered(command: Command) -> Reply | None:
    letter = await choose(command, Action.SEE_STATUS)
    if not isinstance(letter, Letter):
        return letter
    await command.open(views.copy(command.caller.t, await _found(command, letter.id)))
    return None


async def _found(asked: Command | Click, letter: int) -> Delivered:
    return await handover.delivered(
        asked.bot.database, letter=letter, actor=asked.caller.actor
    )  # fmt: skip


async def _details(click: Click) -> None:
    await click.show(views.details_page(click.caller.t, await _found(click, int(click.value))))


async def _list(click: Click) -> None:
    """A page of the list as it was handed over: the value is `letter:page`."""
    letter, _, number = click.value.partition(":")
    found = await _found(click, int(letter))
    await _show(click, views.list_page(click.caller.t, found, int(number)), "delivered.list")


async def _text(click: Click) -> None:
    """A page of the text as it was handed over: the value is `letter:page`."""
    letter, _, number = click.value.partition(":")
    found = await _found(click, int(letter))
    page = await asyncio.to_thread(views.text_page, click.caller.t, found, int(number))
    await _show(click, page, "delivered.text")


async def _show(click: Click, view: views.View, callback: str) -> None:
    """On top of the copy, or in the place of another page."""
    if click.modal.callback == callback:
        await turn(click, view)
    else:
        await click.show(view)


async def _late(command: Command) -> Reply | None:
    """Open the late list, or ends it where it is open."""
    letter = await choose(command, await _meant(command))
    if not isinstance(letter, Letter):
        return letter
    caller, ends = command.caller, letter.phase is Phase.LATE
    found = await letter_lookup.check(
        command.bot.database,
        letter=letter.id,
        actor=caller.actor,
        action=Action.CLOSE_LATE if ends else Action.OPEN_LATE,
    )
    await command.open((views.ending if ends else views.opening)(caller.t, found))
    return None


async def _meant(command: Command) -> Action:
    """Return the letter meant by `/letter late` without a number."""
    opens = await letter_lookup.find(
        command.bot.database, actor=command.caller.actor, action=Action.OPEN_LATE
    )
    return Action.OPEN_LATE if opens else Action.CLOSE_LATE


async def _open_late(submission: Submission) -> Answer:
    caller = submission.caller
    letter = await handover.open_late(
        submission.bot.database,
        letter=submission.view.meta["letter"],
        actor=caller.actor,
        delivery=submission.delivery,
    )
    return update(views.opened(caller.t, letter))


async def _close_late(submission: Submission) -> Answer:
    caller = submission.caller
    letter = await handover.close_late(
        submission.bot.database,
        letter=submission.view.meta["letter"],
        actor=caller.actor,
        delivery=submission.delivery,
    )
    return update(views.ended(caller.t, letter))
