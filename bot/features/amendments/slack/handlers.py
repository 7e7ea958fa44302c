"""Handlers for amending a posted letter's text: the form, the preview, the confirmation."""

import asyncio
from dataclasses import asdict
from typing import Any

from bot.documents.characters import one_line, sound
from bot.features.amendments.slack import changes, messages, views
from bot.features.amendments.slack.changes import keep_consent, pages_of
from bot.features.amendments.use_cases import amendments, proposals
from bot.features.amendments.use_cases import texts as amended_texts
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.amendment import AmendmentKind
from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.slack.block_kit import View, modal
from bot.slack.features import Features
from bot.slack.letter_picker import finish_click, for_letter, shows_part
from bot.slack.models.shapes import Begun, OfLetter
from bot.slack.page_parts import shows, turns
from bot.slack.payloads import Answer, Asked, Click, Command, Reply, Submission, update
from bot.slack.text.escaping import moment
from bot.slack.text.rich_text import fits_form, retyped
from bot.slack.windows import Part
from bot.use_cases import letter_lookup


def register(features: Features) -> None:
    """Register `/letter amend`, and `/letter answers` with its picker."""

    async def bring_forward(click: Click) -> None:
        if click.moment is None:
            raise Refused.because(Reason.NO_ANSWERS_OPEN)
        await amendments.bring_forward(
            click.database,
            letter=int(click.about),
            actor=click.actor,
            answer_by=click.moment,
            trigger=click.trigger,
        )
        await finish_click(
            features,
            click,
            click.t("Signers can now answer until {when}", when=moment(click.t, click.moment)),
        )

    features.on_command("answers", shows_part(features, Action.AMEND, Part.SETTINGS))
    features.on_click("answers", bring_forward)
    features.on_command("amend", for_letter(Action.AMEND, _amend))
    features.on_submit("amend", _propose)
    features.on_click("amend.yes", turns(_carry_out))
    features.on_click("amend.page", turns(_page))
    features.on_click("amend.undo", shows(_undo))
    features.on_click("amend.edit", turns(_edit))
    features.on_click("amend.keep", _keep)
    features.on_click("amend.withdraw", _withdraw)
    features.on_click("changes", shows(_changes))
    features.on_click("changes.page", turns(_changes))


async def _amend(command: Command, letter: Letter) -> Reply | None:
    found = await proposals.opening(command.database, letter=letter.id, actor=command.actor)
    if not await asyncio.to_thread(fits_form, found.text.body):
        return Reply(views.too_long_words(command.t))
    await command.open(await asyncio.to_thread(views.form, command.t, found))
    return None


async def _propose(submission: Submission) -> Answer:
    values = submission.view.values
    letter = OfLetter.of(submission.view).letter
    found = await proposals.opening(submission.database, letter=letter, actor=submission.actor)
    kind = values.choice("kind")
    if not kind:
        raise Refused.because(Reason.EMPTY, "kind")
    prospect = await proposals.propose(
        submission.database,
        letter=letter,
        actor=submission.actor,
        body=await asyncio.to_thread(retyped, values.rich_text("body"), found.text.body),
        title=one_line(values.text("title")),
        sender=one_line(values.text("sender")),
        addressee=sound(values.text("addressee")).strip(),
        subject=one_line(values.text("subject")),
        kind=AmendmentKind(kind),
        note=one_line(values.text("note")),
        answer_by=values.moment("answer_by"),
        trigger=submission.trigger,
    )
    return update(await _preview(submission, prospect, 1))


async def _undo(click: Click) -> View:
    """Return the preview of undoing a small fix, which is a small fix too."""
    letter, _, amendment = click.value.partition(":")
    of: dict[str, Any] = {"letter": int(letter), "actor": click.actor}
    text = await proposals.before_fix(click.database, **of, amendment=amendment)
    prospect = await proposals.propose(
        click.database,
        **of,
        **asdict(text),
        kind=AmendmentKind.COSMETIC,
        note=click.t("We undid our last small fix."),
        trigger=click.trigger,
    )
    return await _preview(click, prospect, 1)


async def _preview(asked: Asked, prospect: proposals.Prospect, number: int) -> View:
    return views.preview(asked.t, prospect, await pages_of(asked.t, prospect.texts), number)


async def _page(click: Click) -> View:
    proposal, _, number = click.value.partition(":")
    found = await proposals.prospect(click.database, proposal=proposal, actor=click.actor)
    return await _preview(click, found, int(number))


async def _edit(click: Click) -> View:
    found = await proposals.prospect(click.database, proposal=click.value, actor=click.actor)
    opening = await proposals.opening(click.database, letter=found.letter.id, actor=click.actor)
    return await asyncio.to_thread(views.form, click.t, opening, found.proposal)


async def _carry_out(click: Click) -> View:
    letter = OfLetter.of(click.modal).letter
    people = await proposals.carry_out(
        click.database, proposal=click.value, actor=click.actor, trigger=click.trigger
    )
    whole = await letter_lookup.whole(click.database, letter=letter, actor=click.actor)
    return views.amended(click.t, whole.letter, people)


async def _keep(click: Click) -> None:
    endorsement, _, new = click.value.split(":")
    # A message may be weeks old and contain an earlier wording of the consent.
    block = click.block(messages.CONSENT)
    letter, signed = await amendments.keep(
        click.database,
        endorsement=endorsement,
        actor=click.actor,
        text=new,
        consent=keep_consent(click.t) if block is None else block.small_print,
        trigger=click.trigger,
    )
    await _show(click, letter, signed)


async def _withdraw(click: Click) -> None:
    letter, signed = await withdrawals.withdraw(
        click.database,
        endorsement=click.value,
        actor=click.actor,
        trigger=click.trigger,
        from_home=click.view is not None and Begun.of(click.view).from_home,
    )
    await _show(click, letter, signed)


async def _show(click: Click, letter: Letter, signed: Endorsement) -> None:
    text, blocks = messages.answered(click.t, letter, signed)
    if click.view is None:
        await click.replace(text, blocks)
        await click.says_what_happened(letter.id)
    else:
        await click.update(modal(click.t("Your signature"), blocks, close=click.t("Done")))


async def _changes(click: Click) -> View:
    letter, old, new, number = click.value.split(":")
    texts = await amended_texts.compare(
        click.database, letter=int(letter), actor=click.actor, old=old, new=new
    )
    return await changes.page_of(click.t, texts, int(number))
