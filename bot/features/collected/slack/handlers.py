"""An organiser adds signatures that were gathered elsewhere: `/letter add`."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.features.collected.rules import Gathered, SignatureRow, gathered
from bot.features.collected.slack import table_handlers, views
from bot.features.collected.use_cases import additions
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.slack.features import Features
from bot.slack.letter_picker import choose
from bot.slack.line_form import identification_note
from bot.slack.payloads import Answer, Click, Command, Reply, Submission, field_errors, update
from bot.slack.refusal_words import sentence, unmarked
from bot.use_cases import letter_lookup


def register(features: Features) -> None:
    """Register `/letter add`."""
    features.on_command("add", _add)
    features.on_click("add.kind", _choose_kind)
    features.on_click("add.again", _again)
    features.on_submit("add", _submit)
    features.on_submit("add.yes", _yes)


async def _add(command: Command) -> Reply | None:
    letter = await choose(command, Action.ADD)
    if not isinstance(letter, Letter):
        return letter
    found = await _letter(command, letter.id)
    first = SignatureRow(kind=views.kinds(found)[-1].value)
    await command.open(views.form(command.caller.t, found, first))
    return None


async def _letter(asked: Command | Click | Submission, letter: int) -> Letter:
    return await letter_lookup.check(
        asked.bot.database, letter=letter, actor=asked.caller.actor, action=Action.ADD
    )


async def _choose_kind(click: Click) -> None:
    """Another kind was chosen: other fields, what was typed stays."""
    meta = click.modal.meta
    letter = await _letter(click, meta["letter"])
    await click.update(_of_kind(click, letter, click.value))


def _of_kind(asked: Click | Submission, letter: Letter, kind: str) -> views.View:
    t = asked.caller.t
    if kind == views.TABLE:
        return table_handlers.form(t, letter)
    view = asked.modal if isinstance(asked, Click) else asked.view
    return views.form(t, letter, views.typed_row(view.values, kind, letter.language))


async def _again(click: Click) -> None:
    """Back from the line to the fields that made it."""
    meta = click.modal.meta
    letter = await _letter(click, meta["letter"])
    await click.update(views.form(click.caller.t, letter, SignatureRow(**meta["row"])))


async def _submit(submission: Submission) -> Answer:
    """The form: its line is shown, for a yes."""
    view, caller = submission.view, submission.caller
    letter = await _letter(submission, view.meta["letter"])
    kind = view.values.choice("kind")
    if kind != view.meta["kind"]:
        # Sent before the fields of the new choice had come: they come now.
        return update(_of_kind(submission, letter, kind))
    row = views.typed_row(view.values, kind, letter.language)
    made = gathered(row, letter, consent="", today=date.max, **_note(letter))
    if not isinstance(made, Gathered):
        errors = {view.values.block(one.field or "") or "source": one for one in reversed(made)}
        return field_errors(
            {block: unmarked(sentence(caller.t, one)) for block, one in errors.items()}
        )
    found, outlook = await additions.look(
        submission.bot.database, letter=letter.id, actor=caller.actor, row=row, **_note(letter)
    )
    return update(views.look(caller.t, found, row, outlook))


def _note(letter: Letter) -> dict[str, Any]:
    return {"note": identification_note(letter.language)}


async def _yes(submission: Submission) -> Answer:
    view, caller = submission.view, submission.caller
    meta = view.meta
    letter = await _letter(submission, meta["letter"])
    sort_name = view.values.text("sort_under")
    own_sort = sort_name if sort_name != meta["sort_name"] else ""
    kept = await additions.add(
        submission.bot.database,
        letter=letter.id,
        actor=caller.actor,
        row=replace(SignatureRow(**meta["row"]), sort_under=own_sort),
        note=identification_note(letter.language),
        text=meta["text"],
        consent=views.agreed_words(caller.t),
        joins=meta["joins"],
        delivery=submission.delivery,
    )
    return update(views.added(caller.t, letter, kept))
