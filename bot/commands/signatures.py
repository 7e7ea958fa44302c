"""`undersigned letters add`, `export` and `delivered`: signatures in, lists out."""

import asyncio
import sys
from typing import Annotated

from cyclopts import Parameter
from pydantic import BaseModel, ConfigDict

from bot.commands.terminal import NO_QUESTIONS, AsJson, InputFile, agrees, read_input, write_json
from bot.features.delivery.delivered_copy_file import CopyFormat, write_copy
from bot.features.delivery.list_files import Format, write
from bot.features.delivery.use_cases.exports import Scope
from bot.importing import add_file, delivered_copy, exported
from bot.settings import read


class AddedSignatures(BaseModel):
    """Counts of signatures that were added."""

    model_config = ConfigDict(frozen=True)

    added: int
    listed: int
    """Those of them that are on the list."""


def add_signatures(
    letter: int,
    file: InputFile,
    *,
    organiser: str,
    source: str = "",
    yes: Annotated[bool, Parameter(negative=())] = False,
    json: AsJson = False,
) -> None:
    """Add signatures that were given elsewhere, from a list or a table: all of them, or none.

    Shows each entry as it will appear, those that look like others, and what was skipped, and asks
    before it adds them. By adding them you say that everyone listed agreed to be published.

    A table can also say more, in columns named kind (person or organisation), source, name, title,
    affiliation, for_identification_only (yes or no), organisation, country, via, role, sort_under,
    and how you know: ground (written_permission, board_decision, public_statement or spoken_word),
    given_by, given_role, given_on (such as 2026-04-03). With kind and source it is read strictly.

    Args:
        letter: The letter's number.
        file: A list copied from a mail or a web page, rows of a spreadsheet, or a form's CSV; at
            most 2,000 entries. `letters read FILE` shows how it is understood.
        organiser: Slack user id of the organiser who has them from elsewhere (U… or W…).
        source: Where they come from, for the organisers only.
        yes: Do it without asking.
        json: Print `{added, listed}` for machines, after a yes.
    """
    if json and not yes:
        sys.exit(NO_QUESTIONS)
    added = asyncio.run(
        add_file(
            read(),
            letter,
            read_input(file),
            organiser,
            source,
            lambda shown: agrees("Add them? [y/N] ", shown, yes=yes, quiet=json),
        )
    )
    if added is None:
        sys.exit("undersigned: nothing was added. Answer with y, or give --yes.")
    if json:
        write_json(AddedSignatures(added=added.added, listed=added.listed))
        return
    print(f"Added: {added.added}, of which {added.listed} are on the list.")


def export(
    letter: int,
    *,
    format: Format = Format.LINES,  # noqa: A002 - it is the flag's name
    all: Annotated[bool, Parameter(negative=())] = False,  # noqa: A002 - the same
    embargoed: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Write a letter's list to standard output.

    Args:
        letter: The letter's number.
        format: `lines` (one line a signatory, as on the letter), `csv` or `markdown`.
        all: Those that are not on the list too, and of each how it stands, where it comes from and
            how that is known. For organisers only.
        embargoed: Write it although an embargo hides the names. For organisers only.
    """
    scope = Scope.ALL if all else Scope.LISTED
    found = asyncio.run(exported(read(), letter, scope, embargoed=embargoed))
    text = write(format, found.letter, found.body, found.entries, found.proofs, now=found.now)
    # Bytes, so that every platform writes the same line ends.
    sys.stdout.buffer.write(text.encode())


def delivered(letter: int, *, format: CopyFormat = CopyFormat.LINES) -> None:  # noqa: A002 - it is the flag's name
    """Write a letter's delivery copy to standard output, exactly as it was cut.

    Args:
        letter: The letter's number.
        format: `lines` (one line a signatory), `json` (all of it with its hashes), `list` or `text`
            (the very bytes that a hash is of: pipe them into sha256sum).
    """
    text = write_copy(format, asyncio.run(delivered_copy(read(), letter)))
    sys.stdout.buffer.write(text.encode())
