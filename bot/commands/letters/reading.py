"""`undersigned letters read`: a preview of a list, without a letter, a database or a token."""

import sys
from typing import Literal

from bot.commands.terminal import AsJson, InputFile, read_bytes, write_json, write_table
from bot.documents.pasted.entries import (
    ENTRIES_MOST,
    Reading,
    SourceRefused,
    Takes,
    TooManyEntries,
    note_of,
    skipped_line,
)
from bot.documents.pasted.files import PACKED, rows_text, text_of
from bot.documents.pasted.reading import read_list
from bot.locales import words
from bot.settings import SettingsError

TOO_MANY = 3
"""The exit code for a list that is too long."""


def read_entries(
    file: InputFile,
    *,
    format: Literal["lines", "json"] = "lines",  # noqa: A002 - it is the option's name
    json: AsJson = False,
) -> None:
    """Show how a list or a table is understood, and store nothing.

    Args:
        file: A list copied from an email or a web page, a spreadsheet (.xlsx, .ods), or a form's CSV;
            `-` for standard input. At most 10,000 entries: for a longer list the exit code is 3.
        format: `lines` (one entry per line, and skipped lines on standard error) or `json`.
        json: Print `{entries, skipped}` for machines, as `--format json` does.
    """
    t = words("en")
    reading = reading_of(file)
    if not json and format == "lines":
        write_table(
            [
                {"kind": one.kind, "entry": one.reads, "note": note_of(t, one)}
                for one in reading.entries
            ]
        )
        for skipped in reading.skipped:
            print(skipped_line(t, skipped), file=sys.stderr)
        return
    entries = [
        {
            "kind": one.kind,
            "name": one.name,
            "title": one.title,
            "affiliation": one.affiliation,
            "country": one.country,
            "line": one.reads,
            "note": note_of(t, one),
        }
        for one in reading.entries
    ]
    skipped_ones = [
        {"row": one.row, "why": one.why, "text": one.text, "note": skipped_line(t, one)}
        for one in reading.skipped
    ]
    write_json({"entries": entries, "skipped": skipped_ones})


def reading_of(file: InputFile, takes: Takes = Takes.BOTH) -> Reading:
    """Read a file, or standard input for `-`; exit with code 3 and a message if it is too long."""
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else read_bytes(file)
        text = rows_text(data) if data.startswith(PACKED) else text_of(data)
        return read_list(text, takes)
    except SourceRefused as refused:
        raise SettingsError(f"{file}: {refused.args[0]}") from refused
    except TooManyEntries:
        print(
            f"undersigned: {file} has more than {ENTRIES_MOST:,} entries: split it, and try again.",
            file=sys.stderr,
        )
        sys.exit(TOO_MANY)
