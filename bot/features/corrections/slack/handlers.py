"""Handlers for an organiser's correction of an entry, and for the signer's answer."""

from bot.features.corrections import use_cases as corrections
from bot.features.corrections.slack import messages, views
from bot.letters.ids import revision
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.signatory import Signatory
from bot.slack.block_kit import View
from bot.slack.entry_form import typed_facts
from bot.slack.features import Features, RowAct
from bot.slack.letter_picker import draws_part
from bot.slack.page_parts import shows
from bot.slack.payloads import Answer, Click, Command, Submission, update
from bot.slack.which_signatory import for_named
from bot.slack.windows import Part, may


def register(features: Features) -> None:
    """Register `/letter correct`, and the signer's buttons."""
    # Without a name, the signers are shown to choose from.
    signers = draws_part(features, Part.SIGNERS)
    row = RowAct(
        label=lambda t: t("Correct entry"),
        offered=lambda letter, party: may(letter, Action.CORRECT) and not party.withheld,
        act=_correct_row,
    )
    features.on_command("correct", for_named(Action.CORRECT, _named, "correct.this", signers))
    features.on_row("correct", row)
    features.on_click("correct.this", _this)
    features.on_click("correct.again", _again)
    features.on_click("correct.accept", lambda click: _answer(click, yes=True))
    features.on_click("correct.decline", lambda click: _answer(click, yes=False))
    features.on_submit("correct", _submit)
    features.on_click("correct.yes", _yes)
    features.on_click("correct.undo", shows(_undo))


async def _named(command: Command, letter: Letter, name: str) -> View:
    entry = await corrections.named(
        command.database, letter=letter.id, actor=command.actor, name=name
    )
    return views.form(command.t, entry)


async def _this(click: Click) -> None:
    _, _, endorsement = click.value.partition(":")
    entry = await corrections.entry(click.database, endorsement=endorsement, actor=click.actor)
    await click.update(views.form(click.t, entry))


async def _correct_row(click: Click, party: Signatory) -> str:
    entry = await corrections.entry(click.database, endorsement=party.speaker, actor=click.actor)
    await click.show(views.form(click.t, entry))
    return ""


async def _submit(submission: Submission) -> Answer:
    view = submission.view
    memory, sort_name = views.Correcting.of(view), view.values.text("sort")
    looked = await corrections.look(
        submission.database,
        endorsement=memory.endorsement,
        actor=submission.actor,
        facts=typed_facts(view.values, memory.language),
        # A suggested sort name that was left alone follows the name; a typed one stays.
        sort_name=sort_name if sort_name != memory.suggested else "",
    )
    asks = view.values.choice("how") != views.MAKE
    return update(views.look(submission.t, looked, asks=asks, read=memory.read))


async def _again(click: Click) -> None:
    memory = views.Corrected.of(click.modal)
    entry = await corrections.entry(
        click.database, endorsement=memory.endorsement, actor=click.actor
    )
    await click.update(
        views.form(
            click.t,
            entry,
            memory.facts,
            sort_name=memory.sort_name,
            asks=memory.asks,
            read=memory.read,
        )
    )


async def _yes(click: Click) -> None:
    memory = views.Corrected.of(click.modal)
    correction = await corrections.correct(
        click.database,
        endorsement=memory.endorsement,
        actor=click.actor,
        facts=memory.facts,
        sort_name=memory.sort_name,
        asks=memory.asks,
        read=memory.read,
        trigger=click.trigger,
    )
    await click.update(views.done(click.t, correction))


async def _answer(click: Click, *, yes: bool) -> None:
    correction = await corrections.answer(
        click.database, correction=click.value, actor=click.actor, yes=yes, trigger=click.trigger
    )
    letter = await click.allowed(correction.letter, Action.READ)
    await click.rewrite(*messages.answered(click.t, letter, correction))
    await click.says_what_happened(letter.id)


async def _undo(click: Click) -> View:
    looked, asks = await corrections.look_back(
        click.database, correction=click.value, actor=click.actor
    )
    read = revision(looked.entry.endorsement.signature)
    return views.look(click.t, looked, asks=asks, read=read)
