"""Invitations as the entries of a list, and as a table to export."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace

from bot.documents.cells import write_table
from bot.documents.paper import Sheet
from bot.documents.pasted.entries import Entry
from bot.features.invitations.rules import NOTE_MOST, InvitationRow
from bot.letters.endorsement import Kind
from bot.letters.invitation import InvitationState
from bot.names.filing import sort_fold

COLUMNS = tuple(one.name for one in fields(InvitationRow) if one.name != "line")
"""The columns of a table of invitations."""


@dataclass(frozen=True, slots=True)
class Matched:
    """An entry as an invitation row, and the members who have its name."""

    row: InvitationRow
    members: Sequence[str]

    @property
    def asks(self) -> bool:
        """Return whether an organiser must say which of the members it is, if any."""
        return bool(self.members) and not self.row.member


def matched(entries: Iterable[Entry], people: Mapping[str, Sequence[str]]) -> list[Matched]:
    """Match entries with members by their names, unless an organiser has chosen an account.

    An affiliation or an address may be somebody else's, so that those entries are asked about. An
    organisation's contact is the member of exactly that name.
    """
    found: list[Matched] = []
    for entry in entries:
        row = row_of(entry)
        is_person = entry.kind is Kind.PERSON
        name = entry.name if is_person else row.contact
        is_open = "member" not in entry.details
        members = people.get(sort_fold(name.removeprefix("@")), ()) if is_open else ()
        if len(members) == 1 and not (is_person and (entry.affiliation or entry.contact)):
            row = replace(row, contact=members[0])
        found.append(Matched(row, members if is_person else ()))
    return found


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
    return write_table(COLUMNS, (asdict(row) for row in rows))


def sheet(name: str, rows: Iterable[InvitationRow]) -> Sheet:
    """Return the rows as a sheet of a spreadsheet, with the columns of the table."""
    cells = (asdict(row) for row in rows)
    filled = tuple(tuple(row[column] for column in COLUMNS) for row in cells)
    return Sheet(name=name, columns=COLUMNS, rows=filled)
