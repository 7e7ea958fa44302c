"""`undersigned letters invite` and `letters invitations export`: invitations in and out."""

import sys
from pathlib import Path

from bot.commands.letters.acting import find, first_organiser, member_in_slack, new_trigger
from bot.commands.letters.entering import Checked, Entering
from bot.commands.letters.reading import reading_of
from bot.commands.terminal import AsJson, Flag, InputFile, say
from bot.features.invitations.rules import InvitationRow
from bot.features.invitations.table import matched, write_invitations
from bot.features.invitations.use_cases import tables
from bot.settings import Need, read
from bot.slack.pasting.state import takes
from bot.wiring import connected


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
        file: A list copied from a mail or a web page, a spreadsheet (.xlsx, .ods), or a form's CSV; at
            most 10,000 entries. `letters read FILE` shows how it is understood.
        organiser: Slack user id of an organiser of the letter (U… or W…).
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
    text = f"new: {done.added}, changed: {done.changed}, as they were: {done.known}"
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
