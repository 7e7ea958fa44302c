"""`undersigned letters add`, `invite` and `invitations export`."""

import sys
from collections.abc import Sequence
from pathlib import Path

from bot.commands.letters.acting import (
    as_member,
    find,
    first_organiser,
    member_in_slack,
    new_trigger,
)
from bot.commands.letters.entering import Checked, Entering
from bot.commands.letters.reading import reading_of
from bot.commands.terminal import AsJson, Flag, InputFile, say
from bot.features.collected.rules import YES, SignatureRow
from bot.features.collected.slack.handlers import agreed_words, row_of, waiting_notes
from bot.features.collected.use_cases import additions
from bot.features.invitations.rules import InvitationRow
from bot.features.invitations.table import matched, write_invitations
from bot.features.invitations.use_cases import tables
from bot.locales import Words, words
from bot.schema import opened_database
from bot.settings import Need, SettingsError, read
from bot.slack.entry_form import identification_note
from bot.slack.pasting.state import takes
from bot.slack.text.escaping import isolate
from bot.wiring import connected


async def add_signatures(
    letter: int,
    file: InputFile,
    *,
    organiser: str,
    source: str = "",
    rest: Path | None = None,
    yes: Flag = False,
    json: AsJson = False,
) -> None:
    """Add signatures collected outside Slack, from a list or a table.

    Shows each entry as it will appear, look-alikes, problems and skipped lines, and asks before it
    adds the valid entries. By adding them you confirm that everyone listed agreed to be published.

    A table can have the columns kind (person or organisation), source, name, title, affiliation,
    for_identification_only (yes or no), agreed_again (yes for someone who had withdrawn),
    organisation, country, via, web, group (one of the letter's own headings), role, sort_under, and
    for the proof of permission ground (written_permission, board_decision, public_statement or
    spoken_word), given_by, given_role, given_on (such as 2026-04-03).

    Args:
        letter: The letter's number.
        file: A list copied from an email or a web page, a spreadsheet (.xlsx, .ods), or a form's CSV; at
            most 10,000 entries. `letters read FILE` shows how it is understood.
        organiser: Slack member ID of the organiser who collected the signatures (U… or W…).
        source: The source of rows that name none; only organisers see it.
        rest: A new file for the rows that can't be added, each with its problem, to correct and
            add again.
        yes: Do it without asking.
        json: Print `{added, listed, refused}` for machines; needs --yes.
    """
    entering = Entering[SignatureRow](yes=yes, json=json, rest=rest)
    t, settings = words("en"), read()
    async with opened_database(settings) as database:
        found = await find(database, letter)
        reading = reading_of(file, takes(found))
        table = [row_of(entry, source) for entry in reading.entries]
        if any(not row.source.strip() for row in table):
            raise SettingsError(
                "say where these signatures come from with --source, such as “Email, 3 March”."
            )
        actor, note = as_member(found, organiser), identification_note(found.language)
        found, outlooks = await additions.look_through(
            database, letter=letter, actor=actor, table=table, note=note
        )
        checked = [
            Checked(row=row, entry=one.entry or entry.reads, refusals=one.refusals)
            for row, entry, one in zip(table, reading.entries, outlooks, strict=True)
        ]
        consent = agreed_words(t, again=any(row.agreed_again == YES for row in table))
        beside = [*waiting_notes(t, outlooks), *_alike_lines(t, outlooks), consent]
        good = entering.agreed(checked, reading, beside, "Add them?")
        added = await additions.bring(
            database,
            letter=letter,
            actor=actor,
            table=[one.row for one in good],
            note=note,
            text=found.text_sha256,
            consent=consent,
            trigger=new_trigger("add"),
        )
    left = entering.left(good, added.refused)
    text = f"Added: {added.added}. On the list: {added.listed}."
    if left:
        text += f" Not added: {len(left)}."
    say(text, {"added": added.added, "listed": added.listed, "refused": left}, json=json)


async def invite(
    letter: int,
    file: InputFile,
    *,
    organiser: str,
    rest: Path | None = None,
    yes: Flag = False,
    json: AsJson = False,
) -> None:
    """Invite the people and organisations in a list or a table.

    Shows the entries to invite, problems and skipped lines, and asks before it invites anybody.
    Newly invited people with an account in the workspace get a message once the letter is open.

    A table can have the columns kind (person or organisation), name, organisation, country, contact
    (a member's name or ID, or another way to reach them), state, until (such as 2026-04-03) and note, as
    `letters invitations export` writes them.

    Args:
        letter: The letter's number.
        file: A list copied from an email or a web page, a spreadsheet (.xlsx, .ods), or a form's CSV; at
            most 10,000 entries. `letters read FILE` shows how it is understood.
        organiser: Slack member ID of an organiser of the letter (U… or W…).
        rest: A new file for the rows that can't be invited, each with its problem, to correct and
            invite again.
        yes: Do it without asking.
        json: Print `{new, changed, known, refused}` for machines; needs --yes.
    """
    entering = Entering[InvitationRow](yes=yes, json=json, rest=rest)
    async with connected(read(Need.BOT_TOKEN), creates=False) as process:
        actor = await member_in_slack(process.bot, organiser)
        reading = reading_of(file, takes(await find(process.database, letter)))
        people = await process.bot.directory.by_name()
        table = [one.row for one in matched(reading.entries, people)]
        met = [
            one.acquaintance
            for one in await process.bot.directory.reachable({row.member for row in table} - {""})
        ]
        prospects = await tables.look_through(
            process.database, letter=letter, actor=actor, table=table, met=met
        )
        checked = [
            Checked(row=row, entry=entry.reads, refusals=one.refusals)
            for row, entry, one in zip(table, reading.entries, prospects, strict=True)
        ]
        good = entering.agreed(checked, reading, (), "Invite them?")
        done, refused = await tables.bring(
            process.database,
            letter=letter,
            actor=actor,
            table=[one.row for one in good],
            met=met,
            trigger=new_trigger("invitations"),
        )
    left = entering.left(good, refused)
    text = f"new: {done.added}, changed: {done.changed}, unchanged: {done.known}"
    if left:
        text += f", not invited: {len(left)}"
    facts = {"new": done.added, "changed": done.changed, "known": done.known, "refused": left}
    say(text, facts, json=json)


async def export_invitations(letter: int) -> None:
    """Write all invitations with their states and names to standard output as CSV.

    Args:
        letter: The letter's number.
    """
    async with connected(read(Need.BOT_TOKEN), creates=False) as process:
        actor = await first_organiser(process.database, letter)
        names = await process.bot.directory.names()
        rows = await tables.rows(process.database, letter=letter, actor=actor, names=names)
    sys.stdout.buffer.write(write_invitations(rows).encode())


def _alike_lines(t: Words, outlooks: Sequence[additions.Outlook]) -> list[str]:
    """Return a line of plain text for each row that looks like another entry."""
    return [
        t(
            "Line {row}: {entry} is similar to {alike}",
            row=t.number(one.row),
            entry=isolate(one.entry),
            alike="; ".join(isolate(entry) for entry in one.alike),
        )
        for one in outlooks
        if one.alike
    ]
