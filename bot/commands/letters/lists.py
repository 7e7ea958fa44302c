"""`undersigned letters list`, `export` and `delivered`: letters and their lists."""

import sys

from bot.commands.terminal import AsJson, Flag, write_json, write_table
from bot.features.delivery.list_files import CopyFormat, Format, Stretch, write, write_copy
from bot.features.delivery.use_cases import exports, handover
from bot.features.delivery.use_cases.exports import Scope
from bot.letters.letter import Letter
from bot.letters.rules import PublicPage
from bot.schema import opened_database
from bot.settings import read


async def list_letters(*, json: AsJson = False) -> None:
    """List all letters: number, phase, signatures, deadline, title.

    Args:
        json: Print an array of objects for machines, with the address of each public page.
    """
    settings = read()
    async with opened_database(settings) as database:
        found = [
            {
                "number": letter.id,
                "phase": letter.phase,
                "signatures": letter.tally.total,
                "deadline": letter.deadline.isoformat(timespec="minutes"),
                "title": letter.title,
            }
            | ({"page": _page(settings.public_url, letter)} if json else {})
            for letter in await exports.every_letter(database)
        ]
    (write_json if json else write_table)(found)


def _page(public_url: str, letter: Letter) -> str | None:
    is_on = letter.rules.page is not PublicPage.OFF
    return f"{public_url}{letter.page_path}" if public_url and is_on else None


async def export(
    letter: int,
    *,
    format: Format = Format.LINES,  # noqa: A002 - it is the flag's name
    all: Flag = False,  # noqa: A002 - the same
    embargoed: Flag = False,
) -> None:
    """Write a letter's list to standard output.

    Args:
        letter: The letter's number.
        format: `lines` (one line per signatory, as on the letter), `csv` or `markdown`.
        all: Include unlisted signatures, with the status, source and proof of permission of each.
            For organisers only.
        embargoed: Write the names although an embargo hides them. For organisers only.
    """
    scope = Scope.ALL if all else Scope.LISTED
    marked = False

    def put(stretch: Stretch) -> None:
        nonlocal marked
        written = write(format, stretch, marked=marked)
        marked = bool(written.foot)
        head = "" if stretch.before else written.head
        foot = "" if stretch.more else written.foot
        # Bytes, so that every platform writes the same line ends.
        sys.stdout.buffer.write(f"{head}{''.join(written.entries)}{foot}".encode())

    async with opened_database(read()) as database:
        await exports.export(database, letter=letter, each=put, scope=scope, embargoed=embargoed)


async def delivered(
    letter: int,
    *,
    format: CopyFormat = CopyFormat.LINES,  # noqa: A002 - it is the flag's name
    copy: int = 0,
) -> None:
    """Write a letter's delivered copy to standard output, unchanged.

    Args:
        letter: The letter's number.
        format: `lines` (one line per signatory), `json` (everything, with hashes), `text` or
            `printed` (the exact bytes that were hashed: pipe them into sha256sum).
        copy: The copy's number, if the letter was delivered again; by default the latest.
    """
    async with opened_database(read()) as database:
        found = await handover.copy_of(database, letter=letter, number=copy)
    sys.stdout.buffer.write(write_copy(format, found).encode())
