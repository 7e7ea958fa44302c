"""An organiser adds signatures that were given elsewhere: `/letter add`."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.documents.pasted.entries import Skipped
from bot.documents.table_problems import TableRefused as Unreadable
from bot.features.collected.rules import SignatureRow
from bot.features.collected.slack import views
from bot.features.collected.table import is_own_table, read_signatures, row_of
from bot.features.collected.use_cases import additions
from bot.features.collected.use_cases.additions import Outlook
from bot.features.invitations.slack.table_handlers import problem_lines
from bot.letters.endorsement import Kind
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refusal
from bot.letters.standing import ON_LIST
from bot.locales import Words
from bot.names.cleaning import clean
from bot.slack.block_kit import View
from bot.slack.entry_form import identification_note
from bot.slack.features import Features
from bot.slack.letter_picker import choose
from bot.slack.models.memories import OfLetter
from bot.slack.pasting.state import Item, Pasting, digest_of, pasting_of, saved, understand
from bot.slack.pasting.views import Row, notes_of
from bot.slack.payloads import (
    Answer,
    Click,
    Command,
    OpenView,
    Reply,
    Submission,
    field_errors,
    update,
)
from bot.slack.refusal_words import sentence, unmarked
from bot.slack.text.escaping import isolate
from bot.use_cases import letter_lookup


def register(features: Features) -> None:
    """Register `/letter add`."""
    features.on_command("add", _add)
    features.on_click("add.correct", _correct)
    features.on_click("add.page", _page)
    features.on_click("add.back", _back)
    features.on_submit("add", _submit)


async def _add(command: Command) -> Reply | None:
    letter = await choose(command, Action.ADD)
    if not isinstance(letter, Letter):
        return letter
    caller = command.caller
    found = await letter_lookup.check(
        command.bot.database, letter=letter.id, actor=caller.actor, action=Action.ADD
    )
    await command.open(views.form(caller.t, found, Pasting()))
    return None


@dataclass(frozen=True, slots=True)
class _Understood:
    """The rows that a window's texts mean, and what was skipped."""

    items: tuple[Item | None, ...]
    """None for the rows of a table of our own."""
    rows: tuple[SignatureRow, ...]
    skipped: tuple[Skipped, ...] = ()


def _understood(pasting: Pasting, source: str) -> _Understood:
    """Read the texts of a window. For a thread.

    Raises:
        Unreadable: they are a table of our own, and something is wrong with it.
    """
    if len(pasting.texts) == 1 and is_own_table(pasting.texts[0]):
        rows = read_signatures(pasting.texts[0])
        return _Understood((None,) * len(rows), rows)
    found = understand(pasting)
    rows = tuple(row_of(item.entry, source) for item in found.items)
    return _Understood(found.items, rows, found.skipped)


async def _letter(asked: Click | Submission, view: OpenView) -> Letter:
    return await letter_lookup.check(
        asked.bot.database,
        letter=OfLetter.of(view).letter,
        actor=asked.caller.actor,
        action=Action.ADD,
    )


async def _shown(asked: Click | Submission, pasting: Pasting) -> View:
    """The window with the entries of its texts, or with the fields of the one that is edited."""
    view = asked.modal if isinstance(asked, Click) else asked.view
    letter, t, source = await _letter(asked, view), asked.caller.t, view.values.text("source")
    if not pasting.texts:
        return views.form(t, letter, pasting, source)
    try:
        found = await asyncio.to_thread(_understood, pasting, source)
    except Unreadable as unreadable:
        return views.refused(t, letter, pasting, problem_lines(t, unreadable), source)
    editing = next((one for one in found.items if one and one.key == pasting.editing), None)
    if editing is not None:
        return views.edit(t, letter, pasting, editing, source)
    pasting = replace(pasting, editing="", shown=pasting.digest)
    return await _looked_at(asked, letter, pasting, found, source)


async def _looked_at(
    asked: Click | Submission, letter: Letter, pasting: Pasting, found: _Understood, source: str
) -> View:
    """The window with what would become of each entry."""
    t = asked.caller.t
    # Those left out are no doubles of the others; where they come from is asked for at the end.
    wanted = [one if one.source else replace(one, source="–") for one in _wanted(found)]
    outlooks: list[Outlook] = []
    if wanted:
        letter, outlooks = await additions.look_through(
            asked.bot.database,
            letter=letter.id,
            actor=asked.caller.actor,
            table=wanted,
            note=identification_note(letter.language),
        )
    problems = [
        additions.Problem(line=one.row, refusal=refusal)
        for one in outlooks
        for refusal in one.refusals
    ]
    if problems and None in found.items:
        refused = additions.TableRefused(problems)
        return views.refused(t, letter, pasting, problem_lines(t, refused), source)
    ahead = iter(outlooks)
    rows = [
        _row(t, item, row, None if item and item.left_out else next(ahead))
        for item, row in zip(found.items, found.rows, strict=True)
    ]
    return views.look(
        t,
        letter,
        pasting,
        rows,
        found.skipped,
        source=source,
        sourced=all(item is None for item in found.items),
        notes=notes(t, outlooks),
    )


def _row(t: Words, item: Item | None, row: SignatureRow, outlook: Outlook | None) -> Row:
    said = () if item is None else notes_of(t, item.entry)
    if outlook is not None and outlook.joins:
        said = (*said, t("Already on the letter: it gets one more signer and counts once."))
    entry = item.entry.reads if item else row.organisation or row.name
    return Row(
        item=item,
        kind=Kind(row.kind),
        entry=outlook.entry if outlook and outlook.entry else entry,
        notes=said,
        problem=" ".join(_problem(t, one) for one in outlook.refusals) if outlook else "",
        alike=outlook.alike if outlook else (),
    )


def _problem(t: Words, refusal: Refusal) -> str:
    return unmarked(sentence(t, refusal))


def notes(t: Words, outlooks: Sequence[Outlook]) -> list[str]:
    """Return what else there is to know before entries are added, as plain text."""
    waits = sum(one.party is not None and one.party.standing not in ON_LIST for one in outlooks)
    if not waits:
        return []
    return [
        t.n(
            "{count} won’t be on the list until it is confirmed, as the letter asks.",
            "{count} won’t be on the list until they are confirmed, as the letter asks.",
            waits,
        )
    ]


def alike_lines(t: Words, outlooks: Sequence[Outlook]) -> list[str]:
    """Return which rows look like others, on the letter or in the list, as plain text."""
    return [
        t(
            "Line {row}: {entry} looks like: {alike}",
            row=t.number(one.row),
            entry=isolate(one.entry),
            alike="; ".join(isolate(entry) for entry in one.alike),
        )
        for one in outlooks
        if one.alike
    ]


async def _correct(click: Click) -> None:
    """One click corrects one entry; the value is `what:key`."""
    await click.update(await _shown(click, pasting_of(click.modal).corrected(click.value)))


async def _page(click: Click) -> None:
    pasting = replace(pasting_of(click.modal), page=int(click.value))
    await click.update(await _shown(click, pasting))


async def _back(click: Click) -> None:
    await click.update(await _shown(click, replace(pasting_of(click.modal), editing="")))


async def _submit(submission: Submission) -> Answer:
    """Show what was not shown yet, and add what was."""
    view = submission.view
    pasting = pasting_of(view)
    if pasting.editing:
        pasting = await asyncio.to_thread(saved, pasting, view.values)
    if not pasting.texts or pasting.digest != pasting.shown:
        return update(await _shown(submission, pasting))
    found = await asyncio.to_thread(_understood, pasting, clean(view.values.text("source")))
    return await _bring(submission, pasting, found)


async def _bring(submission: Submission, pasting: Pasting, found: _Understood) -> Answer:
    view, caller, database = submission.view, submission.caller, submission.bot.database
    letter, memory = await _letter(submission, view), views.Adding.of(view)
    wanted = _wanted(found)
    if any(not row.source for row in wanted):
        empty = sentence(caller.t, Refusal(Reason.EMPTY, "source"))
        return field_errors({view.values.block("source") or "source": unmarked(empty)})
    note = identification_note(letter.language)
    _, outlooks = await additions.look_through(
        database, letter=letter.id, actor=caller.actor, table=wanted, note=note, compare=False
    )
    going = [row for row, one in zip(wanted, outlooks, strict=True) if not one.refusals]
    entries = [one.entry for one in outlooks if not one.refusals]
    if not going or digest_of(entries) != memory.going:
        # Somebody signed, or was added, since the entries were looked at.
        return update(await _shown(submission, pasting))
    brought = await additions.bring(
        database,
        letter=letter.id,
        actor=caller.actor,
        table=going,
        note=note,
        text=memory.text,
        consent=views.agreed_words(caller.t),
        trigger=submission.trigger,
    )
    return update(views.added(caller.t, letter, brought))


def _wanted(found: _Understood) -> list[SignatureRow]:
    """Return the rows that were not left out."""
    return [
        row
        for item, row in zip(found.items, found.rows, strict=True)
        if item is None or not item.left_out
    ]
