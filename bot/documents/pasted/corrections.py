"""Corrections of a pasted entry by an organiser: another kind, or new text in its fields."""

from dataclasses import replace

from bot.documents.pasted.entries import Entry, Remark, tidy
from bot.documents.pasted.segments import Hint, read_line
from bot.letters.endorsement import Kind


def other_kind(entry: Entry) -> Entry:
    """Turn a person into an organisation or the reverse, and keep all words of the entry."""
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
"""The editable fields of an entry, by its kind."""


def edited(entry: Entry, values: tuple[str, ...]) -> Entry:
    """Return the entry with new values for `FIELDS`, in order; its kind is no longer unsure.

    One value more is the person's Slack user id, or empty for somebody without an account.
    """
    fields = FIELDS[entry.kind]
    details = (
        {**entry.details, "member": values[-1]} if len(values) > len(fields) else entry.details
    )
    words = dict(zip(fields, (tidy(value) for value in values), strict=False))
    remarks = tuple(one for one in entry.remarks if one[0] is not Remark.UNSURE)
    return replace(entry, remarks=remarks, details=details, **words)
