"""`undersigned letters document` and `press`: a letter as a file for people to read."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from bot.commands.terminal import read_bytes
from bot.documents.logos import read_logo
from bot.documents.paper import Format, Logo
from bot.features.delivery.paper import Late
from bot.features.delivery.use_cases.papers import Scope
from bot.publishing import Wanted, write_document, write_press_pack
from bot.settings import SettingsError, read

Flag = Annotated[bool, Parameter(negative=())]


def document(
    letter: int,
    *,
    format: Format,  # noqa: A002 - it is the flag's name
    out: Path,
    language: str = "",
    present: Flag = False,
    late: Late = Late.APART,
    all: Flag = False,  # noqa: A002 - it is the flag's name
    embargoed: Flag = False,
    logo: Path | None = None,
    logo_alt: str = "",
) -> None:
    """Write a letter with its list to a file: the delivered copy, or today's list as a draft.

    Args:
        letter: The letter's number.
        format: `pdf`, `docx` (Word), `xlsx` (a spreadsheet), `html` (one file), `markdown`, `csv`,
            or `lines` (one entry a line).
        out: The file to write. What was there is replaced once the new one is whole.
        language: Of headings and counts: en, fr, es, pt, ar, zh or ru. The letter's own without it.
        present: Today's list, marked as a draft, also where a copy was delivered.
        late: Where late signatures stand: `apart`, or `dated` among the others with their days.
        all: What only organisers know too; implies --present. Not for the public.
        embargoed: Write it although an embargo hides the names. For organisers only.
        logo: A PNG or JPEG for the letterhead.
        logo_alt: The logo in words, for people who do not see it.
    """
    wanted = Wanted(
        present=present,
        scope=Scope.ALL if all else Scope.LISTED,
        embargoed=embargoed,
        late=late,
        logo=_logo(logo, logo_alt),
    )
    missing = asyncio.run(write_document(read(), letter, format, out, wanted, language))
    _say_missing(missing)
    print(out)


def press(
    letter: int,
    *,
    out: Path,
    language: Annotated[list[str] | None, Parameter(negative=())] = None,
    present: Flag = False,
    late: Late = Late.APART,
    embargoed: Flag = False,
    logo: Path | None = None,
    logo_alt: str = "",
) -> None:
    """Write a letter's press pack: documents, list, charts and a preview image in one zip archive.

    Args:
        letter: The letter's number.
        out: The zip archive to write.
        language: Of headings and counts; may be given several times. All seven without it.
        present: Today's list, marked as a draft, also where a copy was delivered.
        late: Where late signatures stand: `apart`, or `dated` among the others with their days.
        embargoed: Write it although an embargo hides the names. For organisers only.
        logo: A PNG or JPEG for the letterhead.
        logo_alt: The logo in words, for people who do not see it.
    """
    wanted = Wanted(present=present, embargoed=embargoed, late=late, logo=_logo(logo, logo_alt))
    missing = asyncio.run(
        write_press_pack(read(), letter, out, wanted, language or (), _say_progress)
    )
    _say_missing(missing)
    print(out)


def _say_progress(language: str, number: int, count: int) -> None:
    print(f"{language} ({number} of {count})", file=sys.stderr, flush=True)


def _say_missing(missing: str) -> None:
    if missing:
        print(
            f"undersigned: no font here has “{missing}”, so a box stands in its place, and the PDF "
            "does not meet PDF/UA-1 and PDF/A-2a. The Word document shows it.",
            file=sys.stderr,
        )


def _logo(file: Path | None, alt: str) -> Logo | None:
    if file is None:
        return None
    if not alt.strip():
        raise SettingsError("A logo needs its words for people who do not see it: give --logo-alt.")
    try:
        return read_logo(read_bytes(file), alt.strip())
    except ValueError as error:
        raise SettingsError(f"{file} is no logo: {error}.") from error
