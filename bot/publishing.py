"""Files that leave the house: a letter as a document, and the press pack.

The letter is read here and written in a process of its own. The bot runs these as commands, so that
neither the reading of a long list nor its writing holds its loop.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.documents.jobs import Job, Picture
from bot.documents.making import DocumentFailed, Failure, Made, available, make
from bot.documents.packing import packed
from bot.documents.paper import ENDING, Format, Logo, Paper
from bot.documents.paper_words import LANGUAGES
from bot.features.delivery.paper import Late, paper_of_copy, paper_of_list
from bot.features.delivery.use_cases.papers import Finished, Scope, finished
from bot.schema import opened_database
from bot.settings import Settings, SettingsError

_LETTER_FORMATS = (Format.PDF, Format.DOCX, Format.HTML, Format.MARKDOWN)
_LIST_FORMATS = (Format.CSV, Format.XLSX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The way in which a letter is to be read and worded."""

    present: bool = False
    """Today's list, also where a copy was delivered."""
    scope: Scope = Scope.LISTED
    embargoed: bool = False
    """For organisers, who see the list under an embargo too."""
    late: Late = Late.APART
    logo: Logo | None = None


async def write_document(
    settings: Settings, letter: int, form: Format, out: Path, wanted: Wanted, language: str = ""
) -> str:
    """Write a letter to a file; the file is there whole, or as it was.

    Args:
        settings: The settings.
        letter: Its number.
        form: The format.
        out: The file.
        wanted: How it is read.
        language: The language of headings and counts; empty for the letter's own.

    Returns:
        A character that no font has, so that a box is shown for it; else nothing.

    Raises:
        SettingsError: the format is not installed, the file cannot be written, or a limit was
            reached.
        Refused: there is no such letter, or it is under an embargo.
    """
    _check(form, language)
    read = await _read(settings, letter, wanted)
    paper = _paper(read, wanted, language)
    made = await _make(paper, [Job(what=form, name=form)])
    _put(out, made.files[form])
    return made.missing


async def write_press_pack(
    settings: Settings,
    letter: int,
    out: Path,
    wanted: Wanted,
    languages: Sequence[str] = (),
    told: Callable[[str, int, int], None] | None = None,
) -> str:
    """Write a letter's press pack, a zip archive; the same letter gives the same bytes.

    Args:
        settings: The settings.
        letter: The letter's number.
        out: The file.
        wanted: How it is read.
        languages: The languages of headings and counts; all seven without any.
        told: Called before each language, with its place and how many there are.

    Returns:
        A character that no font has, so that a box is shown for it; else nothing.

    Raises:
        SettingsError: writers are not installed, the file cannot be written, or a limit was reached.
        Refused: there is no such letter, or it is under an embargo.
    """
    for form in (*_LETTER_FORMATS, *_LIST_FORMATS):
        _check(form, "")
    for language in languages:
        _check(Format.HTML, language)
    read = await _read(settings, letter, wanted)
    chosen = list(dict.fromkeys(languages)) or list(LANGUAGES)
    own = _paper(read, wanted, "")
    made = await _make(own, [Job(what=form, name=f"list.{ENDING[form]}") for form in _LIST_FORMATS])
    parts, missing = dict(made.files), made.missing
    for number, language in enumerate(chosen, start=1):
        if told is not None:
            told(language, number, len(chosen))
        paper = _paper(read, wanted, language)
        jobs = [
            *(Job(what=form, name=f"{language}/letter.{ENDING[form]}") for form in _LETTER_FORMATS),
            *(Job(what=picture, name=f"{language}/{picture}") for picture in Picture),
        ]
        made = await _make(paper, jobs)
        parts |= {**made.files, f"{language}/count.txt": f"{paper.count}\n".encode()}
        missing = missing or made.missing
    ordered = dict(sorted(parts.items()))
    sums = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in ordered.items()
    )
    _put(out, packed(ordered | {"SHA256SUMS": sums.encode()}, own.cut_at))
    return missing


def _check(form: Format, language: str) -> None:
    if not available(form):
        raise SettingsError(
            f"{form.value} needs what is not installed here: install Undersigned with its extra "
            "“documents”, or take docx, html, markdown, csv or lines."
        )
    primary = language.replace("_", "-").partition("-")[0].lower()
    if language and primary not in LANGUAGES:
        raise SettingsError(
            f"There are no headings in “{language}”: take one of {', '.join(LANGUAGES)}."
        )


async def _read(settings: Settings, letter: int, wanted: Wanted) -> Finished:
    async with opened_database(settings) as database:
        return await finished(
            database,
            letter=letter,
            present=wanted.present,
            scope=wanted.scope,
            embargoed=wanted.embargoed,
        )


def _paper(read: Finished, wanted: Wanted, language: str) -> Paper:
    if read.copy is not None:
        return paper_of_copy(
            read.letter,
            read.copy,
            language=language,
            same_meaning=read.same_meaning,
            days=read.days,
            logo=wanted.logo,
        )
    return paper_of_list(
        read.letter,
        read.body,
        read.entries,
        now=read.now,
        language=language,
        late=wanted.late,
        proofs=read.proofs,
        days=read.days,
        logo=wanted.logo,
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


def _put(out: Path, data: bytes) -> None:
    """Put a file in its place, where it is whole from the first moment."""
    unfinished = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(out)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise SettingsError(f"{out} cannot be written: {error.strerror}.") from error
