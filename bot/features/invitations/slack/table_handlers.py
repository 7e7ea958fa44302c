"""Those who are invited come in as a list that is pasted, and go out as a table to copy."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.documents.pasted.entries import Skipped
from bot.documents.table_problems import PROBLEMS_MOST, more_words, refusal_lines
from bot.documents.table_problems import TableRefused as Unreadable
from bot.features.invitations.rules import InvitationRow
from bot.features.invitations.slack import table_views
from bot.features.invitations.slack.handlers import back, may_invite
from bot.features.invitations.slack.views import entered_words
from bot.features.invitations.table import is_own_table, read_invitations, row_of, write_invitations
from bot.features.invitations.use_cases import tables
from bot.features.invitations.use_cases.tables import Prospect, TableRefused
from bot.letters.endorsement import Kind
from bot.letters.entries import organisation_entry
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Refused
from bot.locales import Words
from bot.slack.block_kit import View
from bot.slack.bot import Bot
from bot.slack.directory import Profile
from bot.slack.features import Features
from bot.slack.models.memories import OfLetter
from bot.slack.pasting.state import (
    Item,
    Pasting,
    PastingWindow,
    digest_of,
    pasting_of,
    saved,
    understand,
)
from bot.slack.pasting.views import Row, notes_of
from bot.slack.payloads import Answer, Click, Submission, update
from bot.slack.refusal_words import sentence, unmarked
from bot.use_cases import letter_lookup

ONE_BY_ONE = 50
"""So many member IDs are looked up one by one; for more, everybody of the workspace is read."""


def register(features: Features) -> None:
    """Register the lists of those who are invited, in and out."""
    features.on_click("invitations.paste", _paste)
    features.on_click("invitations.paste.correct", _correct)
    features.on_click("invitations.paste.page", _page)
    features.on_click("invitations.paste.back", _back)
    features.on_submit("invitations.paste", _submit)
    features.on_click("invitations.copy", _copy)


async def _paste(click: Click) -> None:
    letter = await may_invite(click)
    await click.show(table_views.paste_form(click.caller.t, letter, Pasting()))


@dataclass(frozen=True, slots=True)
class _Understood:
    """The rows that a window's texts mean, and what was skipped."""

    items: tuple[Item | None, ...]
    """None for the rows of a table of our own."""
    rows: tuple[InvitationRow, ...]
    skipped: tuple[Skipped, ...] = ()

    @property
    def wanted(self) -> list[InvitationRow]:
        """The rows that were not left out."""
        return [
            row
            for item, row in zip(self.items, self.rows, strict=True)
            if item is None or not item.left_out
        ]

    @property
    def entries(self) -> list[str]:
        """The rows in words, without those left out."""
        return [
            item.entry.reads if item else _entry(row)
            for item, row in zip(self.items, self.rows, strict=True)
            if item is None or not item.left_out
        ]


def _understood(pasting: Pasting) -> _Understood:
    """Read the texts of a window. For a thread.

    Raises:
        Unreadable: they are a table of our own, and something is wrong with it.
    """
    if len(pasting.texts) == 1 and is_own_table(pasting.texts[0]):
        rows = read_invitations(pasting.texts[0])
        return _Understood((None,) * len(rows), rows)
    found = understand(pasting)
    return _Understood(found.items, tuple(row_of(one.entry) for one in found.items), found.skipped)


async def _letter(invited: Click | Submission) -> Letter:
    view = invited.modal if isinstance(invited, Click) else invited.view
    return await letter_lookup.check(
        invited.bot.database,
        letter=OfLetter.of(view).letter,
        actor=invited.caller.actor,
        action=Action.INVITE,
    )


async def _shown(invited: Click | Submission, pasting: Pasting) -> View:
    """The window with the entries of its texts, or with the fields of the one that is edited."""
    letter, t = await _letter(invited), invited.caller.t
    if not pasting.texts:
        return table_views.paste_form(t, letter, pasting)
    try:
        found = await asyncio.to_thread(_understood, pasting)
    except Unreadable as unreadable:
        return table_views.refused_form(t, letter, pasting, problem_lines(t, unreadable))
    editing = next((one for one in found.items if one and one.key == pasting.editing), None)
    if editing is not None:
        return table_views.edit_form(t, letter, pasting, editing)
    pasting = replace(pasting, editing="", shown=pasting.digest)
    prospects: list[Prospect] = []
    if found.wanted:
        try:
            prospects = await tables.look_through(
                invited.bot.database,
                letter=letter.id,
                actor=invited.caller.actor,
                table=found.wanted,
                met=[one.acquaintance for one in await named_in(invited.bot, found.wanted)],
            )
        except Refused as refused:
            problem = unmarked(sentence(t, refused.refusal))
            return table_views.refused_form(t, letter, pasting, [problem])
    wrong = [
        tables.Problem(line=one.line, refusal=refusal)
        for one in prospects
        for refusal in one.refusals
    ]
    if wrong and None in found.items:
        lines = problem_lines(t, TableRefused(wrong))
        return table_views.refused_form(t, letter, pasting, lines)
    ahead = iter(prospects)
    rows = [
        _row(t, item, row, None if item and item.left_out else next(ahead))
        for item, row in zip(found.items, found.rows, strict=True)
    ]
    return table_views.look(t, letter, pasting, rows, found.skipped)


def _row(t: Words, item: Item | None, row: InvitationRow, prospect: Prospect | None) -> Row:
    said = () if item is None else notes_of(t, item.entry)
    if row.contact and not row.member:
        said = (*said, t("Contact: {contact}.", contact=row.contact))
    if prospect is not None and prospect.signed:
        said = (*said, t("Has signed already."))
    elif prospect is not None and prospect.known:
        said = (*said, t("Already invited: stays as it is."))
    problems = prospect.refusals if prospect else ()
    return Row(
        item=item,
        kind=Kind.ORGANISATION if row.kind == Kind.ORGANISATION else Kind.PERSON,
        entry=item.entry.reads if item else _entry(row),
        notes=said,
        problem=" ".join(unmarked(sentence(t, one)) for one in problems),
    )


def _entry(row: InvitationRow) -> str:
    if row.organisation:
        return organisation_entry(row.organisation, row.country)
    return row.name or row.contact


async def _correct(click: Click) -> None:
    """One click corrects one entry; the value is `what:key`."""
    await click.update(await _shown(click, pasting_of(click.modal).corrected(click.value)))


async def _page(click: Click) -> None:
    pasting = replace(pasting_of(click.modal), page=int(click.value))
    await click.update(await _shown(click, pasting))


async def _back(click: Click) -> None:
    await click.update(await _shown(click, replace(pasting_of(click.modal), editing="")))


async def _submit(submission: Submission) -> Answer:
    """Show what was not shown yet, and invite those who were."""
    view, caller, bot = submission.view, submission.caller, submission.bot
    pasting = pasting_of(view)
    if pasting.editing:
        pasting = await asyncio.to_thread(saved, pasting, view.values)
    if not pasting.texts or pasting.digest != pasting.shown:
        return update(await _shown(submission, pasting))
    letter, found = await _letter(submission), await asyncio.to_thread(_understood, pasting)
    met = [one.acquaintance for one in await named_in(bot, found.wanted)]
    prospects = await tables.look_through(
        bot.database, letter=letter.id, actor=caller.actor, table=found.wanted, met=met
    )
    entries = [
        entry for entry, one in zip(found.entries, prospects, strict=True) if not one.refusals
    ]
    if not entries or digest_of(entries) != PastingWindow.of(view).going:
        # Somebody signed, or was invited, since the entries were looked at.
        return update(await _shown(submission, pasting))
    going = [row for row, one in zip(found.wanted, prospects, strict=True) if not one.refusals]
    entered = await tables.bring(
        bot.database,
        letter=letter.id,
        actor=caller.actor,
        table=going,
        met=met,
        trigger=submission.trigger,
    )
    letter = await letter_lookup.check(
        bot.database, letter=letter.id, actor=caller.actor, action=Action.SEE_STATUS
    )
    return await back(submission, letter.id, entered_words(caller.t, entered, letter))


async def _copy(click: Click) -> None:
    caller = click.caller
    letter, rows = await tables.rows(
        click.bot.database, letter=int(click.value), actor=caller.actor
    )
    await click.show(table_views.copy_view(caller.t, letter, write_invitations(rows)))


async def named_in(bot: Bot, rows: Iterable[InvitationRow]) -> list[Profile]:
    """Those of the member IDs in a table who can be written to.

    Raises:
        SlackApiError: Slack would not say who they are.
    """
    users = sorted({row.member for row in rows} - {""})
    if len(users) > ONE_BY_ONE:
        # Kept in memory, so that the look-ups below mostly ask nothing.
        await bot.directory.everyone()
    found: list[Profile | None] = []
    for start in range(0, len(users), ONE_BY_ONE):
        some = users[start : start + ONE_BY_ONE]
        found += await asyncio.gather(*(bot.directory.profile(user) for user in some))
    return [one for one in found if one is not None and one.reachable]


def problem_lines(t: Words, refused: Unreadable | TableRefused) -> Sequence[str]:
    """List a table's problems and remedies, a line of plain text each."""
    if isinstance(refused, Unreadable):
        return refusal_lines(t, refused)
    lines = [
        t(
            "Line {line}, column “{column}”: {problem}",
            line=t.number(one.line),
            column=one.refusal.field or "",
            problem=unmarked(sentence(t, one.refusal)),
        )
        for one in refused.problems[:PROBLEMS_MOST]
    ]
    more = len(refused.problems) - len(lines)
    return [*lines, more_words(t, more)] if more else lines
