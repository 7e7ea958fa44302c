"""Entries as an organiser corrects them: another kind, other words."""

from dataclasses import replace

from bot.documents.pasted.entries import Entry, Remark, tidy
from bot.documents.pasted.segments import Hint, read_line
from bot.letters.endorsement import Kind


def other_kind(entry: Entry) -> Entry:
    """Return the entry as one of the other kind, made of the same words; nothing is dropped."""
    if entry.kind is Kind.PERSON:
        kept = tuple(one for one in entry.remarks if one[0] is Remark.LEFT_OUT)
        return Entry(
            kind=Kind.ORGANISATION,
            name=entry.reads,
            country=entry.country,
            remarks=kept,
            row=entry.row,
            contact=entry.contact,
        )
    name = f"{entry.name} via {entry.via}" if entry.via else entry.name
    found = read_line(name, entry.row, Hint(score=100.0))
    if len(found) == 1 and found[0].kind is Kind.PERSON:
        read = found[0]
    else:
        read = Entry(kind=Kind.PERSON, name=name, row=entry.row)
    return replace(read, country=entry.country or read.country, contact=entry.contact, remarks=())


FIELDS = {
    Kind.PERSON: ("name", "title", "affiliation"),
    Kind.ORGANISATION: ("name", "country", "via"),
}
"""The fields of an entry that are edited, by its kind."""


def edited(entry: Entry, values: tuple[str, ...]) -> Entry:
    """Return the entry with other words in its fields, in the order of `FIELDS`; its kind is sure."""
    words = dict(zip(FIELDS[entry.kind], (tidy(value) for value in values), strict=False))
    remarks = tuple(one for one in entry.remarks if one[0] is not Remark.UNSURE)
    return replace(entry, remarks=remarks, **words)
