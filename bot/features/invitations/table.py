"""Invitations as a table, to import and to export.

What may stand in its cells is the rules' to say (`rules.read_row`), all at once.
"""

from collections.abc import Iterable
from dataclasses import asdict

from bot.documents.cells import write_table
from bot.documents.reading_tables import Column, read_table
from bot.features.invitations.rules import InvitationRow
from bot.letters.invitation import InvitationState

__all__ = ["SAMPLE", "InvitationRow", "read_invitations", "write_invitations"]

_COLUMNS = {
    "kind": Column(needed=True, judged=False),
    "name": Column(),
    "organisation": Column(also=("organization",)),
    "country": Column(),
    "contact": Column(),
    "state": Column(instead=InvitationState.INVITED.value),
    "until": Column(),
    "note": Column(),
}

SAMPLE = """\
kind,name,organisation,country,contact,state,until,note
person,,,,U012AB3CD,,,
organisation,,Open Web Group,Germany,U045EF6GH,,,Their board meets on Tuesdays
organisation,,Digital Forum,,office@forum.example,awaiting,2026-04-03,
person,A Colleague,,,by telephone,declined,,
"""
"""A table that shows each column."""


def read_invitations(text: str) -> tuple[InvitationRow, ...]:
    """The rows of a table of invitations, as they were typed; `decode` gives the text of a file.

    Raises:
        TableRefused: it is no table of invitations; nothing is taken.
    """
    rows = read_table(text, _COLUMNS)
    return tuple(InvitationRow(line=row.line, **row.cells) for row in rows)


def write_invitations(rows: Iterable[InvitationRow]) -> str:
    """The rows as CSV, which `read_asks` reads back as they are."""
    return write_table(_COLUMNS, map(asdict, rows))
