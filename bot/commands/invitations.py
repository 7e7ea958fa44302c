"""`undersigned letters invitations import` and `export`: who was invited, a table in and a table out."""

import asyncio
import sys

from pydantic import BaseModel, ConfigDict

from bot import importing
from bot.commands.terminal import AsJson, InputFile, read_input, write_json
from bot.settings import Need, read


class ImportedInvitations(BaseModel):
    """Counts of invitations in a table."""

    model_config = ConfigDict(frozen=True)

    new: int
    changed: int
    known: int
    """Those that are as they were."""


def import_invitations(
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
    data = read_input(file)
    done = asyncio.run(
        importing.import_invitations(
            read(Need.BOT_TOKEN), letter, data, organiser, lambda line: print(line, file=sys.stderr)
        )
    )
    if json:
        write_json(ImportedInvitations(new=done.added, changed=done.changed, known=done.known))
        return
    print(f"new: {done.added}, changed: {done.changed}, as they were: {done.known}")


def export_invitations(letter: int) -> None:
    """Write who was invited, and where that stands, to standard output as CSV.

    Args:
        letter: The letter's number.
    """
    sys.stdout.buffer.write(asyncio.run(importing.exported_invitations(read(), letter)).encode())
