"""`undersigned letters read`: what a list says, without a letter, a database or a token."""

import sys
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.commands.terminal import AsJson, InputFile, read_input, write_json, write_table
from bot.documents.pasted.entries import Entry, Reading
from bot.documents.pasted.explanations import note_of, skipped_line, unreadable_words
from bot.documents.pasted.reading import read_list
from bot.documents.pasted.source import SourceRefused, text_of
from bot.letters.endorsement import Kind
from bot.locales import words
from bot.settings import SettingsError


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


class ReadLine(BaseModel):
    """An entry as people read it."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    entry: str
    note: str


def read_entries(file: InputFile, *, json: AsJson = False) -> None:
    """Show how a list or a table is understood, and keep nothing.

    Args:
        file: A list copied from a mail or a web page, rows of a spreadsheet, or a form's CSV; `-`
            for what is piped in.
        json: Print an array of objects for machines. Without it, one line an entry, and on standard
            error what was skipped.
    """
    reading = read_source(file)
    printed = [_entry(one) for one in reading.entries]
    if json:
        write_json(printed)
        return
    write_table(ReadLine, [ReadLine(kind=one.kind, entry=one.line, note=one.note) for one in printed])  # fmt: skip
    for skipped in reading.skipped:
        print(skipped_line(words("en"), skipped), file=sys.stderr)


def _entry(entry: Entry) -> ReadEntry:
    return ReadEntry(
        kind=entry.kind,
        name=entry.name,
        title=entry.title,
        affiliation=entry.affiliation,
        country=entry.country,
        line=entry.reads,
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
        raise SettingsError(f"{file}: {unreadable_words(refused.why)}") from refused
