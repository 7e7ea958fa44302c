"""`undersigned letters document` and `press`: a letter as a file for people to read.

The commands read the letter from the database, and a child process writes it. The bot also runs
them as commands, so that a long list never blocks its event loop.
"""

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import orjson
from cyclopts import Parameter

from bot.commands.letters.acting import first_organiser
from bot.commands.terminal import Flag, read_bytes, refuse_existing, write_whole
from bot.documents.logos import read_logo
from bot.documents.making import (
    DocumentFailed,
    Failure,
    Job,
    Made,
    Picture,
    available,
    make,
    packed,
)
from bot.documents.paper import ENDING, Format, Logo, Paper
from bot.documents.paper_words import LANGUAGES
from bot.features.delivery.list_files import answers_sheet, working_sheet
from bot.features.delivery.paper import Late, paper_of_copy, paper_of_list
from bot.features.delivery.use_cases.papers import Finished, Scope, finished, quotes
from bot.features.invitations.table import sheet
from bot.features.invitations.use_cases import tables
from bot.letters.invitation import AWAITED
from bot.schema import opened_database
from bot.settings import SettingsError, read

_LETTER_FORMATS = (Format.PDF, Format.DOCX, Format.HTML, Format.MARKDOWN)
_LIST_FORMATS = (Format.CSV, Format.XLSX)


async def document(
    letter: int,
    *,
    format: Format,  # noqa: A002 - it is the flag's name
    out: Path,
    language: str = "",
    present: Flag = False,
    copy: int = 0,
    late: Late = Late.APART,
    all: Flag = False,  # noqa: A002 - it is the flag's name
    answers: Flag = False,
    embargoed: Flag = False,
    names: Path | None = None,
    force: Flag = False,
    logo: Path | None = None,
    logo_alt: str = "",
) -> None:
    """Write a letter with its list to a file: the delivered copy, or today's list as a draft.

    Args:
        letter: The letter's number.
        format: `pdf`, `docx` (Word), `xlsx` (a spreadsheet), `html` (one file), `markdown`, `csv`,
            or `lines` (one entry a line).
        out: The file to write.
        language: The language of headings and counts: en, fr, es, pt, ar, zh or ru. By default the
            letter's.
        present: Write today's list, marked as a draft, even if a copy was delivered.
        copy: The copy's number, if the letter was delivered again; by default the latest.
        late: The place of late signatures: `apart`, or `dated` (among the others, with their days).
        all: Include what only organisers may see; implies --present. Not for the public. As `xlsx`,
            it's the working list, with a sheet each for signatures, for people invited, and for
            those who haven't answered.
        answers: As `xlsx`, write only the answers to the letter's own question. For organisers only.
        embargoed: Write the names although an embargo hides them. For organisers only.
        names: A JSON file with the names of Slack accounts, by member ID, for the working list.
        force: Replace an existing file, once the new one is complete.
        logo: A PNG or JPEG for the letterhead.
        logo_alt: A description of the logo, for people who can't see it.
    """
    refuse_existing(out, force=force)
    head, settings = _logo(logo, logo_alt), read()
    _check(format, language)
    called: dict[str, str] = {} if names is None else orjson.loads(read_bytes(names))
    scope = Scope.ALL if all or answers else Scope.LISTED
    async with opened_database(settings) as database:
        found = await finished(
            database, letter=letter, present=present, number=copy, scope=scope, embargoed=embargoed
        )
        invited = await tables.rows(
            database, letter=letter, actor=await first_organiser(database, letter), names=called
        )
    paper = _paper(found, late, head, language)
    if scope is Scope.ALL and format is Format.XLSX:
        signed = working_sheet(found.letter, found.entries, found.given, found.proofs or {}, called)
        silent = [row for row in invited if row.state in AWAITED]
        sheets = (signed, sheet("Invited", invited), sheet("Not answered", silent))
        if answers:
            sheets = (answers_sheet(found.entries, found.given),)
        paper = replace(paper, sheets=sheets)
    made = await _make(paper, [Job(what=format, name=format)])
    write_whole(out, made.files[format])
    _say_missing(made.missing)
    print(out)


async def press(
    letter: int,
    *,
    out: Path,
    language: Annotated[list[str] | None, Parameter(negative=())] = None,
    present: Flag = False,
    copy: int = 0,
    late: Late = Late.APART,
    embargoed: Flag = False,
    force: Flag = False,
    logo: Path | None = None,
    logo_alt: str = "",
) -> None:
    """Write a letter's press pack: documents, list, charts and a preview image in one zip archive.

    Args:
        letter: The letter's number.
        out: The zip archive to write.
        language: A language of headings and counts; may be given several times. By default all
            seven.
        present: Write today's list, marked as a draft, even if a copy was delivered.
        copy: The copy's number, if the letter was delivered again; by default the latest.
        late: The place of late signatures: `apart`, or `dated` (among the others, with their days).
        embargoed: Write the names although an embargo hides them. For organisers only.
        force: Replace an existing file, once the new one is complete.
        logo: A PNG or JPEG for the letterhead.
        logo_alt: A description of the logo, for people who can't see it.
    """
    refuse_existing(out, force=force)
    head, settings = _logo(logo, logo_alt), read()
    for form in (*_LETTER_FORMATS, *_LIST_FORMATS):
        _check(form, "")
    for one in language or ():
        _check(Format.HTML, one)
    async with opened_database(settings) as database:
        found = await finished(
            database,
            letter=letter,
            present=present,
            number=copy,
            scope=Scope.LISTED,
            embargoed=embargoed,
        )
        quoted = await quotes(database, letter=letter)
    own = _paper(found, late, head, "")
    made = await _make(own, [Job(what=form, name=f"list.{ENDING[form]}") for form in _LIST_FORMATS])
    parts, missing = dict(made.files), made.missing
    chosen = list(dict.fromkeys(language or ())) or list(LANGUAGES)
    for number, one in enumerate(chosen, start=1):
        # The bot reads this line to show progress.
        print(f"{one} ({number} of {len(chosen)})", file=sys.stderr, flush=True)
        paper = _paper(found, late, head, one)
        jobs = [
            *(Job(what=form, name=f"{one}/letter.{ENDING[form]}") for form in _LETTER_FORMATS),
            *(Job(what=picture, name=f"{one}/{picture}") for picture in Picture),
        ]
        made = await _make(paper, jobs)
        parts |= {**made.files, f"{one}/count.txt": f"{paper.count}\n".encode()}
        missing = missing or made.missing
    for one in own.translations:
        parts[f"translation.{one.language}.md"] = one.markdown.encode()
    if quoted:
        parts["quotes.json"] = orjson.dumps(quoted, option=orjson.OPT_INDENT_2)
    ordered = dict(sorted(parts.items()))
    sums = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in ordered.items()
    )
    write_whole(out, packed(ordered | {"SHA256SUMS": sums.encode()}, own.cut_at))
    _say_missing(missing)
    print(out)


def _logo(file: Path | None, alt: str) -> Logo | None:
    if file is None:
        return None
    if not alt.strip():
        raise SettingsError(
            "A logo needs a description for people who can't see it: give --logo-alt."
        )
    try:
        return read_logo(read_bytes(file), alt.strip())
    except ValueError as error:
        raise SettingsError(f"{file} can't be used as a logo: {error}.") from error


def _check(form: Format, language: str) -> None:
    if not available(form):
        raise SettingsError(
            f"{form.value} isn't available: install Undersigned with its extra “documents”, or "
            "choose docx, html, markdown, csv or lines."
        )
    primary = language.replace("_", "-").partition("-")[0].lower()
    if language and primary not in LANGUAGES:
        raise SettingsError(
            f"There are no headings in the language “{language}”: choose one of "
            f"{', '.join(LANGUAGES)}."
        )


def _paper(found: Finished, late: Late, logo: Logo | None, language: str) -> Paper:
    if found.copy is not None:
        return paper_of_copy(
            found.letter,
            found.copy,
            found.translations,
            language=language,
            same_meaning=found.same_meaning,
            days=found.days,
            logo=logo,
        )
    return paper_of_list(
        found.letter,
        found.body,
        found.entries,
        found.translations,
        now=found.now,
        language=language,
        late=late,
        proofs=found.proofs,
        days=found.days,
        logo=logo,
    )


async def _make(paper: Paper, jobs: Sequence[Job]) -> Made:
    try:
        return await make(paper, jobs)
    except DocumentFailed as failed:
        why = {
            Failure.TOO_SLOW: "it took longer than is allowed",
            Failure.TOO_LARGE: "it needed more memory than is allowed",
        }.get(failed.failure, f"the writer failed ({failed.detail})")
        raise SettingsError(f"Nothing was written: {why}.") from failed


def _say_missing(missing: str) -> None:
    if missing:
        print(
            f"undersigned: no font here has “{missing}”, so the PDF shows a box instead and "
            "doesn't meet PDF/UA-1 and PDF/A-2a. Word shows it where the reader has a font for it.",
            file=sys.stderr,
        )
