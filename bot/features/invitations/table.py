"""Invitations as a table, to import and to export.

What may stand in its cells is the rules' to say (`rules.read_row`), all at once.
"""

from collections.abc import Iterable
from dataclasses import asdict

from bot.documents.cells import write_table
from bot.documents.pasted.entries import Entry
from bot.documents.reading_tables import Column, Table, has_headings, read_table
from bot.features.invitations.rules import NOTE_MOST, InvitationRow
from bot.letters.endorsement import Kind
from bot.letters.invitation import InvitationState

__all__ = ["InvitationRow", "is_own_table", "read_invitations", "row_of", "write_invitations"]

_TABLE = Table(
    {
        "kind": Column(needed=True, judged=False),
        "name": Column(),
        "organisation": Column(also=("organization",)),
        "country": Column(),
        "contact": Column(),
        "state": Column(instead=InvitationState.INVITED.value),
        "until": Column(),
        "note": Column(),
    }
)

_TELLING = ("contact", "state", "until")
"""Columns that only a table of ours has beside `kind`."""


def is_own_table(text: str) -> bool:
    """Return whether a text is a table with the columns of this module, to be read strictly."""
    return any(has_headings(text, _TABLE, ("kind", one)) for one in _TELLING)


def row_of(entry: Entry) -> InvitationRow:
    """Return the invitation that an entry of a list means; what it has no field for is its note."""
    if entry.kind is Kind.ORGANISATION:
        return InvitationRow(
            line=entry.row,
            kind=entry.kind,
            organisation=entry.name,
            country=entry.country,
            contact=entry.contact or entry.signer,
            note=entry.role,
        )
    note = ", ".join(part for part in (entry.title, entry.affiliation) if part)
    return InvitationRow(
        line=entry.row,
        kind=entry.kind,
        name=entry.name,
        contact=entry.contact,
        note=note[:NOTE_MOST],
    )


def read_invitations(text: str) -> tuple[InvitationRow, ...]:
    """The rows of a table of invitations, as they were typed; `decode` gives the text of a file.

    Raises:
        TableRefused: it is no table of invitations; nothing is taken.
    """
    rows = read_table(text, _TABLE)
    return tuple(InvitationRow(line=row.line, **row.cells) for row in rows)


def write_invitations(rows: Iterable[InvitationRow]) -> str:
    """The rows as CSV, which `read_invitations` reads back as they are."""
    return write_table(_TABLE.columns, map(asdict, rows))
