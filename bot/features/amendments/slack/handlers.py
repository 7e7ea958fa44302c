"""Handlers for amending a posted letter's text: the form, the preview, the confirmation."""

import asyncio

from bot.documents.characters import one_line
from bot.features.amendments.slack import views
from bot.features.amendments.slack.changes import pages_of
from bot.features.amendments.use_cases import amendments, proposals
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.letter_picker import finish_click, for_letter, shows_part
from bot.slack.models.shapes import OfLetter
from bot.slack.page_parts import turn
from bot.slack.payloads import Answer, Caller, Click, Command, Reply, Submission, update
from bot.slack.text.escaping import moment
from bot.slack.text.rich_text import fits_form, retyped
from bot.slack.windows import Part
from bot.use_cases import letter_lookup


def register(features: Features) -> None:
    """Register `/letter amend`, and `/letter answers` with its picker."""

    async def bring_forward(click: Click) -> None:
        await finish_click(features, click, await _bring_forward(click))

    features.on_command("answers", shows_part(features, Action.AMEND, Part.SETTINGS))
    features.on_click("answers", bring_forward)
    features.on_command("amend", for_letter(Action.AMEND, _amend))
    features.on_submit("amend", _propose)
    features.on_click("amend.yes", _carry_out)
    features.on_click("amend.page", _turn)
    features.on_click("amend.edit", _edit)


async def _amend(command: Command, letter: Letter) -> Reply | None:
    caller = command.caller
    found = await proposals.opening(command.bot.database, letter=letter.id, actor=caller.actor)
    if not await asyncio.to_thread(fits_form, found.text.body):
        return Reply(views.too_long_words(caller.t))
    await command.open(await asyncio.to_thread(views.form, caller.t, found))
    return None


async def _propose(submission: Submission) -> Answer:
    caller, database, values = submission.caller, submission.bot.database, submission.view.values
    letter = OfLetter.of(submission.view).letter
    found = await proposals.opening(database, letter=letter, actor=caller.actor)
    kind = values.choice("kind")
    if not kind:
        raise Refused.because(Reason.EMPTY, "kind")
    prospect = await proposals.propose(
        database,
        letter=letter,
        actor=caller.actor,
        body=await asyncio.to_thread(retyped, values.rich_text("body"), found.text.body),
        title=one_line(values.text("title")),
        sender=one_line(values.text("sender")),
        kind=AmendmentKind(kind),
        note=one_line(values.text("note")),
        answer_by=values.moment("answer_by"),
        trigger=submission.trigger,
    )
    return update(await _preview(caller, prospect, 1))


async def _preview(caller: Caller, prospect: proposals.Prospect, number: int) -> View:
    return views.preview(caller.t, prospect, await pages_of(caller.t, prospect.texts), number)


async def _turn(click: Click) -> None:
    proposal, _, number = click.value.partition(":")
    caller = click.caller
    found = await proposals.prospect(click.bot.database, proposal=proposal, actor=caller.actor)
    await turn(click, await _preview(caller, found, int(number)))


async def _edit(click: Click) -> None:
    caller, database = click.caller, click.bot.database
    found = await proposals.prospect(database, proposal=click.value, actor=caller.actor)
    opening = await proposals.opening(database, letter=found.letter.id, actor=caller.actor)
    await turn(click, await asyncio.to_thread(views.form, caller.t, opening, found.proposal))


async def _carry_out(click: Click) -> None:
    caller, database, letter = click.caller, click.bot.database, OfLetter.of(click.modal).letter
    people = await proposals.carry_out(
        database, proposal=click.value, actor=caller.actor, trigger=click.trigger
    )
    whole = await letter_lookup.whole(database, letter=letter, actor=caller.actor)
    await turn(click, views.amended(caller.t, whole.letter, people))


async def _bring_forward(click: Click) -> str:
    """Move the end of the time to answer; the action id contains the letter's number."""
    if click.moment is None:
        raise Refused.because(Reason.NO_ANSWERS_OPEN)
    t = click.caller.t
    await amendments.bring_forward(
        click.bot.database,
        letter=int(click.about),
        actor=click.caller.actor,
        answer_by=click.moment,
        trigger=click.trigger,
    )
    return t("Time to answer moved to {when}", when=moment(t, click.moment))
