"""Signatures that were gathered elsewhere, as a table."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field

from bot.documents.cells import write_table
from bot.documents.reading_tables import Column, Row, read_table
from bot.documents.table_problems import Problem
from bot.letters.endorsement import Kind
from bot.letters.standing import Ground

_PERMISSION = ("ground", "given_by", "given_role", "given_on")

_COLUMNS = {
    "kind": Column(needed=True, choices=tuple(Kind)),
    "name": Column(),
    "title": Column(),
    "affiliation": Column(),
    "organisation": Column(also=("organization",)),
    "country": Column(),
    "via": Column(),
    "role": Column(),
    "source": Column(needed=True),
    "ground": Column(choices=tuple(Ground)),
    "given_by": Column(),
    "given_role": Column(),
    "given_on": Column(is_day=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureRow:
    """A signature as it was typed, but for `kind`, `ground` and `given_on`, which are checked."""

    kind: str
    """A `Kind`."""
    name: str = ""
    """Of the person, filled for one; else of who signed for the organisation."""
    title: str = ""
    affiliation: str = ""
    organisation: str = ""
    """Filled for an organisation."""
    country: str = ""
    via: str = ""
    role: str = ""
    source: str
    """Where it was gathered; filled."""
    ground: str = ""
    """A `Ground`, or empty. Filled if any of the next three is, and they if it is."""
    given_by: str = ""
    given_role: str = ""
    given_on: str = ""
    """A day as 2026-04-03."""
    line: int = field(default=0, compare=False)
    """Where it stands in the file that it was read from."""


def read_signatures(text: str) -> tuple[SignatureRow, ...]:
    """The rows of a table of signatures; `decode` gives the text of a file.

    Raises:
        TableRefused: something is wrong; nothing is taken.
    """
    rows = read_table(text, _COLUMNS, _incomplete)
    return tuple(SignatureRow(line=row.line, **row.cells) for row in rows)


def write_signatures(rows: Iterable[SignatureRow]) -> str:
    """The rows as CSV, which `read_signatures` reads back as they are."""
    return write_table(_COLUMNS, map(asdict, rows))


def _incomplete(row: Row) -> Iterator[Problem]:
    if row.cells["kind"] == Kind.PERSON:
        yield from row.empty("name")
    if row.cells["kind"] == Kind.ORGANISATION:
        yield from row.empty("organisation")
    if any(row.cells[column].strip() for column in _PERMISSION):
        for column in _PERMISSION:
            yield from row.empty(column)
