"""`undersigned letters invitations import` and `export`: who was invited, a table in and a table out."""

import sys

from bot.commands.letters.acting import first_organiser, member_in_slack, new_trigger
from bot.commands.letters.reading import text_in
from bot.commands.terminal import AsJson, InputFile, read_input, say
from bot.documents.pasted.explanations import skipped_line
from bot.documents.pasted.reading import read_list
from bot.documents.table_problems import TableRefused as Unreadable
from bot.features.invitations import table as invitation_table
from bot.features.invitations.slack.table_handlers import named_in, problem_lines
from bot.features.invitations.use_cases import tables
from bot.features.invitations.use_cases.tables import TableRefused
from bot.locales import words
from bot.schema import opened_database
from bot.settings import Need, SettingsError, read
from bot.wiring import connected


async def import_invitations(
    letter: int, file: InputFile, *, organiser: str, json: AsJson = False
) -> None:
    """Invite everyone in a list or a table: all of them, or none.

    Who is new there and has an account in the workspace gets a message once the letter is open.

    Args:
        letter: The letter's number.
        file: A list copied from a mail or a web page, or a table. A table with the columns kind and
            contact (a member ID, or how they are reached), state or until is read strictly; there
            can be name, organisation, country and note. `letters read FILE` shows how any other
            file is understood.
        organiser: Slack user id of an organiser of the letter (U… or W…).
        json: Print `{new, changed, known}` for machines.
    """
    t, data = words("en"), read_input(file)
    settings, text = read(Need.BOT_TOKEN), text_in(data)
    async with connected(settings, creates=False) as process:
        actor = await member_in_slack(process.bot, organiser)
        try:
            if invitation_table.is_own_table(text):
                rows = invitation_table.read_invitations(text)
            else:
                reading = read_list(text)
                rows = tuple(invitation_table.row_of(entry) for entry in reading.entries)
                for skipped in reading.skipped:
                    print(skipped_line(t, skipped), file=sys.stderr)
            done = await tables.bring(
                process.database,
                letter=letter,
                actor=actor,
                table=rows,
                met=[one.acquaintance for one in await named_in(process.bot, rows)],
                trigger=new_trigger("invitations"),
            )
        except (Unreadable, TableRefused) as refused:
            problems = "\n".join(problem_lines(t, refused))
            raise SettingsError(f"nothing was taken, because:\n{problems}") from refused
    text = f"new: {done.added}, changed: {done.changed}, as they were: {done.known}"
    say(text, {"new": done.added, "changed": done.changed, "known": done.known}, json=json)


async def export_invitations(letter: int) -> None:
    """Write who was invited, and where that stands, to standard output as CSV.

    Args:
        letter: The letter's number.
    """
    async with opened_database(read()) as database:
        actor = await first_organiser(database, letter)
        _, rows = await tables.rows(database, letter=letter, actor=actor)
    sys.stdout.buffer.write(invitation_table.write_invitations(rows).encode())
