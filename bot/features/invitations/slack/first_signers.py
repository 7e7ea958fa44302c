"""Handlers for choosing first signers, before the card is public."""

from dataclasses import replace

from bot.features.invitations.slack import first_signer_views
from bot.features.invitations.slack.first_signer_messages import Chosen
from bot.features.invitations.use_cases import first_signers
from bot.letters.letter import Letter
from bot.letters.phases import Action, Phase
from bot.letters.refusals import Refused
from bot.slack.features import Features
from bot.slack.letter_picker import for_letter
from bot.slack.models.shapes import OfLetter
from bot.slack.payloads import Answer, Click, Command, Submission, field_errors, update
from bot.slack.refusal_words import sentence, unmarked
from bot.slack.words.invitations import is_now


def register(features: Features) -> None:
    """Register `/letter found`."""
    features.on_command("found", for_letter(Action.FOUND, _found))
    features.on_click("found.preview", _preview)


async def _found(command: Command, letter: Letter) -> None:
    found, chosen = await first_signers.first_signers(
        command.database, letter=letter.id, actor=command.actor
    )
    await command.open(first_signer_views.form(command.t, found, chosen))


async def _preview(click: Click) -> None:
    letter = await click.allowed(int(click.value), Action.FOUND)
    chosen = Chosen(
        letter=replace(letter, phase=Phase.FOUNDING),
        by=click.actor.person.user,
        words=click.modal.values.text("words").strip(),
    )
    await click.show(first_signer_views.preview(click.t, chosen))


async def choose_first(submission: Submission) -> Answer:
    """Save the form of first signers, and queue their messages."""
    view = submission.view
    number, users = OfLetter.of(view).letter, view.values.ids("people")
    # Checked first, so that no error reveals anything about the people.
    await submission.allowed(number, Action.FOUND)
    if len(users) > first_signer_views.MOST_AT_ONCE:
        return field_errors({"people": first_signer_views.too_many(submission.t)})
    chosen = await submission.bot.directory.reachable(
        users, view.values.ids("channels"), by=submission.actor.person.user
    )
    people = [one.person for one in chosen if one.person != submission.actor.person]
    if users and not people:
        return field_errors({"people": first_signer_views.nobody(submission.t)})
    try:
        letter = await first_signers.found(
            submission.database,
            letter=number,
            actor=submission.actor,
            people=people,
            words=view.values.text("words"),
            at_once=is_now(view.values),
            trigger=submission.trigger,
        )
    except Refused as refused:
        if refused.refusal.field != "deadline":
            raise
        return field_errors({"people": unmarked(sentence(submission.t, refused.refusal))})
    return update(
        first_signer_views.chosen(
            submission.t, letter, people, left_out=len(set(users) - {one.user for one in people})
        )
    )
