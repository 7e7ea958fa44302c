"""`undersigned letters invitations import` and `export`: who was invited, a table in and a table out."""

import asyncio
import sys
from pathlib import Path

from bot import importing
from bot.commands.terminal import read_bytes
from bot.settings import Need, read


def import_invitations(letter: int, file: Path, *, organiser: str) -> None:
    """Put the rows of a table on the list of those who were invited: all of them, or none.

    Who is new there and has an account in the workspace gets a message once the letter is open.

    Args:
        letter: The letter's number.
        file: CSV in UTF-8. Its first row names the columns: kind, name, organisation, country,
            contact (a member ID, or how they are reached), state, until, note.
        organiser: Slack user id of an organiser of the letter (U… or W…).
    """
    table = read_bytes(file)
    done = asyncio.run(importing.import_invitations(read(Need.BOT_TOKEN), letter, table, organiser))
    print(f"new: {done.added}, changed: {done.changed}, as they were: {done.known}")


def export_invitations(letter: int) -> None:
    """Write who was invited, and where that stands, to standard output as CSV.

    Args:
        letter: The letter's number.
    """
    sys.stdout.buffer.write(asyncio.run(importing.exported_invitations(read(), letter)).encode())
