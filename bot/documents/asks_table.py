"""Who was asked, as a table: to bring a list in, and to take it out and bring it back."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field

from bot.documents.cells import write_table
from bot.documents.reading_tables import Column, Row, read_table
from bot.documents.table_problems import Problem
from bot.letters.asking import AskState
from bot.letters.endorsement import Kind

_COLUMNS = {
    "kind": Column(needed=True, choices=tuple(Kind)),
    "name": Column(),
    "organisation": Column(also=("organization",)),
    "country": Column(),
    "contact": Column(),
    "state": Column(choices=tuple(AskState), instead=AskState.ASKED.value),
    "until": Column(is_day=True),
    "note": Column(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRow:
    """One who was asked, as it was typed, but for `kind`, `state` and `until`, which are checked."""

    kind: str
    """A `Kind`."""
    name: str = ""
    """Of a person; filled for them."""
    organisation: str = ""
    """Filled for an organisation."""
    country: str = ""
    contact: str = ""
    state: str = AskState.ASKED.value
    """An `AskState`."""
    until: str = ""
    """A day as 2026-04-03; filled where they await an approval."""
    note: str = ""
    line: int = field(default=0, compare=False)
    """Where it stands in the file that it was read from."""


def read_asks(text: str) -> tuple[AskRow, ...]:
    """The rows of a table of asks; `decode` gives the text of a file.

    Raises:
        TableRefused: something is wrong; nothing is taken.
    """
    rows = read_table(text, _COLUMNS, _incomplete)
    return tuple(AskRow(line=row.line, **row.cells) for row in rows)


def write_asks(rows: Iterable[AskRow]) -> str:
    """The rows as CSV, which `read_asks` reads back as they are."""
    return write_table(_COLUMNS, map(asdict, rows))


def _incomplete(row: Row) -> Iterator[Problem]:
    if row.cells["kind"] == Kind.PERSON:
        yield from row.empty("name")
    if row.cells["kind"] == Kind.ORGANISATION:
        yield from row.empty("organisation")
    if row.cells["state"] == AskState.AWAITING:
        yield from row.empty("until")
