"""Invitations as the entries of a list, and as a table to export."""

from collections.abc import Iterable
from dataclasses import asdict, fields

from bot.documents.cells import write_table
from bot.documents.pasted.entries import Entry
from bot.features.invitations.rules import NOTE_MOST, InvitationRow
from bot.letters.endorsement import Kind
from bot.letters.invitation import InvitationState


def row_of(entry: Entry) -> InvitationRow:
    """Return a list's entry as an invitation row; facts without a column go into the note."""
    said = entry.details
    member = said.get("member", "")
    is_organisation = entry.kind is Kind.ORGANISATION
    name = entry.signer if is_organisation else entry.name
    if name == member:
        # The list contains only the member ID, no name.
        name = ""
    about = entry.role
    if not is_organisation:
        about = ", ".join(part for part in (entry.title, entry.affiliation) if part)[:NOTE_MOST]
    return InvitationRow(
        line=entry.row,
        kind=entry.kind,
        name=name,
        organisation=entry.name if is_organisation else "",
        country=entry.country if is_organisation else "",
        contact=member or entry.contact or entry.signer,
        state=said.get("state", InvitationState.INVITED.value),
        until=said.get("day", ""),
        note=said.get("note", about),
    )


def write_invitations(rows: Iterable[InvitationRow]) -> str:
    """Return the rows as CSV, which can be pasted back as a list."""
    columns = [one.name for one in fields(InvitationRow) if one.name != "line"]
    return write_table(columns, (asdict(row) for row in rows))
