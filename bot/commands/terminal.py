"""Terminal input and output: files, times, questions, tables and JSON."""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Annotated

import orjson
from cyclopts import Parameter

from bot.access import refusal
from bot.settings import SettingsError

_REFERENCE = re.compile(r"<(?:!date\^[^|<>]*\||[@#])([^<>]*)>")
"""A date, person or channel in Slack's `mrkdwn`; the group is the text for a terminal."""

InputFile = Annotated[Path, Parameter(allow_leading_hyphen=True)]
"""A file, or `-` for standard input."""
AsJson = Annotated[bool, Parameter(name="--json", negative=())]
"""Whether to print JSON for machines."""
Flag = Annotated[bool, Parameter(negative=())]
"""An option without a value, off by default."""
NO_QUESTIONS = "undersigned: --json can't ask questions: give --yes too."


def read_text(file: Path) -> str:
    """Return the text of a UTF-8 file."""
    try:
        return read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} isn't UTF-8 text: save it as UTF-8 and try again.") from error


def read_bytes(file: Path) -> bytes:
    """Return the bytes of a file."""
    try:
        return file.read_bytes()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it isn't a valid file name"
        raise SettingsError(f"Can't read {file}: {why}.") from error


def unmarked(mrkdwn: str, names: Mapping[str, str] | None = None) -> str:
    """Return Slack’s `mrkdwn` for a terminal: its dates and references as words, ids as `names`."""
    return unescape(_REFERENCE.sub(lambda one: (names or {}).get(one[1], one[1]), mrkdwn))


def refuse_existing(file: Path, *, force: bool = False) -> None:
    """Refuse to write over a file, unless `force` is set."""
    if not force and os.path.lexists(file):
        raise SettingsError(f"{file} already exists: choose another name, or give --force.")


def write_whole(file: Path, data: bytes) -> None:
    """Write a file that only its owner can read; nobody sees it half written."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with os.fdopen(
            os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        ) as made:
            made.write(data)
        unfinished.replace(file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        why = refusal(error) or error.strerror
        raise SettingsError(f"{file} can't be written: {why}.") from error


def with_offset(moment: datetime) -> datetime:
    """Return a typed time; one without an offset is taken as UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def agrees(question: str, shown: str, *, yes: bool, quiet: bool = False) -> bool:
    """Show what would be done and ask for confirmation, unless `yes` is set."""
    if not quiet:
        print(shown)
    if yes:
        return True
    try:
        return input(question).strip().casefold() in {"y", "yes"}
    except EOFError:
        return False


def say(text: str, facts: Mapping[str, object], *, json: bool) -> None:
    """Print a result: `text` for people, or `facts` as JSON for machines."""
    if json:
        write_json(facts)
    else:
        print(text)


def write_json(said: Mapping[str, object] | Sequence[Mapping[str, object]]) -> None:
    """Write an object, or an array of objects, to standard output."""
    sys.stdout.buffer.write(orjson.dumps(said, option=orjson.OPT_INDENT_2) + b"\n")


def write_table(rows: Sequence[Mapping[str, object]]) -> None:
    """Write rows as a table with a header in a terminal, else as tab-separated values."""
    lines = [[str(value) for value in row.values()] for row in rows]
    if not sys.stdout.isatty():
        print("".join("\t".join(line) + "\n" for line in lines), end="")
        return
    # Loaded only for a terminal.
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, header_style="bold", pad_edge=False)
    if rows:
        for name, value in rows[0].items():
            right = isinstance(value, int)
            table.add_column(name.capitalize(), justify="right" if right else "left")
    for line in lines:
        # `Text` keeps people's words from being parsed as markup.
        table.add_row(*map(Text, line))
    Console().print(table)
