"""The terminal: files that are named, moments that are typed, questions that are answered."""

from datetime import UTC, datetime
from pathlib import Path

from bot.settings import SettingsError


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
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}.") from error


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
