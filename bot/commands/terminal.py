"""The terminal: files that are named, moments that are typed, questions that are answered."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from bot.settings import SettingsError

InputFile = Annotated[Path, Parameter(allow_leading_hyphen=True)]
"""A file, or `-` for standard input."""


def read_text(file: Path) -> str:
    """Return the text of a UTF-8 file.

    Raises:
        SettingsError: the file cannot be read, or is not UTF-8.
    """
    try:
        return read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not UTF-8 text: save it as UTF-8 and try again.") from error


def read_bytes(file: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        SettingsError: the file cannot be read.
    """
    try:
        return file.read_bytes()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no name of a file"
        raise SettingsError(f"{file} cannot be read: {why}.") from error


def read_input(file: Path) -> bytes:
    """Return the bytes of a file, or of standard input for `-`.

    Raises:
        SettingsError: the file cannot be read.
    """
    return sys.stdin.buffer.read() if str(file) == "-" else read_bytes(file)


def with_offset(moment: datetime) -> datetime:
    """Return a moment as typed, in UTC where no offset was typed."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def agrees(question: str, shown: str, *, yes: bool) -> bool:
    """Show what would be done and ask for a yes, unless it was given on the command line."""
    print(shown)
    if yes:
        return True
    try:
        return input(question).strip().casefold() in {"y", "yes"}
    except EOFError:
        return False
