"""Signatures that were gathered elsewhere, as a table."""

from collections.abc import Iterator

from bot.documents.reading_tables import Column, Row, read_table
from bot.documents.table_problems import Problem
from bot.features.collected.rules import PERMISSION, YES, SignatureRow
from bot.letters.endorsement import Kind
from bot.letters.standing import Ground

_COLUMNS = {
    "kind": Column(needed=True, choices=tuple(Kind)),
    "name": Column(),
    "title": Column(),
    "affiliation": Column(),
    "for_identification_only": Column(choices=(YES, "no"), instead="no"),
    "organisation": Column(also=("organization",)),
    "country": Column(),
    "via": Column(),
    "role": Column(),
    "sort_under": Column(),
    "source": Column(needed=True),
    "ground": Column(choices=tuple(Ground)),
    "given_by": Column(),
    "given_role": Column(),
    "given_on": Column(is_day=True),
}

SAMPLE = """\
kind,name,title,organisation,country,source
organisation,,,Its name,Its country,E-mail
person,Given Family,Their title,,,Petition on paper
"""
"""A sample table with the most used columns."""
COLUMNS = tuple(_COLUMNS)
"""The names of all columns; those that are not needed may be left out."""


def read_signatures(text: str) -> tuple[SignatureRow, ...]:
    """The rows of a table of signatures; `decode` gives the text of a file.

    Raises:
        TableRefused: something is wrong; nothing is taken.
    """
    rows = read_table(text, _COLUMNS, _incomplete)
    return tuple(SignatureRow(line=row.line, **row.cells) for row in rows)


def _incomplete(row: Row) -> Iterator[Problem]:
    if row.cells["kind"] == Kind.PERSON:
        yield from row.empty("name")
    if row.cells["kind"] == Kind.ORGANISATION:
        yield from row.empty("organisation")
    if any(row.cells[column].strip() for column in PERMISSION):
        for column in PERMISSION:
            yield from row.empty(column)
