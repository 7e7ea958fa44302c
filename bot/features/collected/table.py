"""Signatures that were gathered elsewhere, as a table."""

from collections.abc import Iterator
from dataclasses import fields

from bot.documents.pasted.entries import Entry, Remark
from bot.documents.reading_tables import Column, Row, Table, has_headings, read_table
from bot.documents.table_problems import Problem
from bot.features.collected.rules import PERMISSION, YES, SignatureRow
from bot.letters.endorsement import Kind
from bot.letters.standing import Ground

_TABLE = Table(
    {one.name: Column() for one in fields(SignatureRow) if one.name != "line"}
    | {
        "kind": Column(needed=True, choices=tuple(Kind)),
        "for_identification_only": Column(choices=(YES, "no"), instead="no"),
        "organisation": Column(also=("organization",)),
        "source": Column(needed=True),
        "ground": Column(choices=tuple(Ground)),
        "given_on": Column(is_day=True),
    }
)

OWN = ("kind", "source")
"""The columns by which a table of our own is known."""


def read_signatures(text: str) -> tuple[SignatureRow, ...]:
    """Return the rows of a table of signatures; `decode` gives the text of a file.

    Raises:
        TableRefused: something is wrong; nothing is taken.
    """
    rows = read_table(text, _TABLE, _incomplete)
    return tuple(SignatureRow(line=row.line, **row.cells) for row in rows)


def is_own_table(text: str) -> bool:
    """Return whether a text is a table with the columns of this module, to be read strictly."""
    return has_headings(text, _TABLE, OWN)


def row_of(entry: Entry, source: str) -> SignatureRow:
    """Return the signature that an entry of a list means."""
    if entry.kind is Kind.ORGANISATION:
        return SignatureRow(
            kind=entry.kind,
            organisation=entry.name,
            country=entry.country,
            via=entry.via,
            name=entry.signer,
            role=entry.role,
            source=source,
            line=entry.row,
        )
    personal = any(remark is Remark.PERSONAL for remark, _ in entry.remarks)
    return SignatureRow(
        kind=entry.kind,
        name=entry.name,
        title=entry.title,
        affiliation=entry.affiliation,
        for_identification_only=YES if personal and entry.affiliation else "no",
        source=source,
        line=entry.row,
    )


def _incomplete(row: Row) -> Iterator[Problem]:
    if row.cells["kind"] == Kind.PERSON:
        yield from row.empty("name")
    if row.cells["kind"] == Kind.ORGANISATION:
        yield from row.empty("organisation")
    if any(row.cells[column].strip() for column in PERMISSION):
        for column in PERMISSION:
            yield from row.empty(column)
