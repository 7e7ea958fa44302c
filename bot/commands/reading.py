"""`undersigned letters read`: what a list says, without a letter, a database or a token."""

import sys
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from bot.commands.terminal import InputFile, read_input
from bot.documents.pasted.entries import Entry, Reading
from bot.documents.pasted.explanations import note_of, skipped_line, unreadable_words
from bot.documents.pasted.reading import read_list
from bot.documents.pasted.source import SourceRefused, text_of
from bot.letters.endorsement import Kind
from bot.locales import words
from bot.settings import SettingsError


class ReadFormat(StrEnum):
    """Format of a printed reading."""

    LINES = "lines"
    JSON = "json"


class ReadEntry(BaseModel):
    """An entry as it is printed."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    name: str
    title: str
    affiliation: str
    country: str
    line: str
    """The entry as it appears on the letter."""
    note: str
    """A remark on what to check, in English."""


_ENTRIES = TypeAdapter(list[ReadEntry])


def read_entries(file: InputFile, *, format: ReadFormat = ReadFormat.LINES) -> None:  # noqa: A002 - it is the flag's name
    """Show how a list or a table is understood, and keep nothing.

    Args:
        file: A list copied from a mail or a web page, rows of a spreadsheet, or a form's CSV; `-`
            for what is piped in.
        format: `lines` (one line an entry, and on standard error what was skipped) or `json`.
    """
    reading = read_source(file)
    if format is ReadFormat.JSON:
        sys.stdout.buffer.write(_ENTRIES.dump_json(_printed(reading), indent=2) + b"\n")
        return
    for one in _printed(reading):
        print("\t".join(part for part in (one.kind.value, one.line, one.note) if part))
    for skipped in reading.skipped:
        print(skipped_line(words("en"), skipped), file=sys.stderr)


def _printed(reading: Reading) -> list[ReadEntry]:
    return [_entry(one) for one in reading.entries]


def _entry(entry: Entry) -> ReadEntry:
    return ReadEntry(
        kind=entry.kind,
        name=entry.name,
        title=entry.title,
        affiliation=entry.affiliation,
        country=entry.country,
        line=entry.line,
        note=note_of(words("en"), entry),
    )


def read_source(file: Path) -> Reading:
    """Return what a file says.

    Raises:
        SettingsError: it cannot be read, or holds no text.
    """
    try:
        return read_list(text_of(read_input(file)))
    except SourceRefused as refused:
        raise SettingsError(f"{file}: {unreadable_words(words('en'), refused.why)}") from refused
