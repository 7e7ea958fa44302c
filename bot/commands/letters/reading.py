"""`undersigned letters read`: what a list says, without a letter, a database or a token."""

import sys

from pydantic import BaseModel, ConfigDict

from bot.commands.terminal import AsJson, InputFile, read_input, write_json, write_table
from bot.documents.pasted.explanations import note_of, skipped_line, unreadable_words
from bot.documents.pasted.reading import read_list
from bot.documents.pasted.source import SourceRefused, text_of
from bot.letters.endorsement import Kind
from bot.locales import words
from bot.settings import SettingsError


class ReadEntry(BaseModel):
    """An entry as it is printed for machines."""

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
    t = words("en")
    reading = read_list(text_in(read_input(file), f"{file}: "))
    if json:
        write_json(
            [
                ReadEntry(
                    kind=one.kind,
                    name=one.name,
                    title=one.title,
                    affiliation=one.affiliation,
                    country=one.country,
                    line=one.reads,
                    note=note_of(t, one),
                )
                for one in reading.entries
            ]
        )
        return
    rows = [
        ReadLine(kind=one.kind, entry=one.reads, note=note_of(t, one)) for one in reading.entries
    ]
    write_table(ReadLine, rows)
    for skipped in reading.skipped:
        print(skipped_line(t, skipped), file=sys.stderr)


def text_in(data: bytes, named: str = "") -> str:
    """Return the text of a file; what is said of an error begins with `named`.

    Raises:
        SettingsError: it holds no text.
    """
    try:
        return text_of(data)
    except SourceRefused as refused:
        raise SettingsError(f"{named}{unreadable_words(refused.why)}") from refused
