"""Signatures that were gathered elsewhere, written as the table in which they come."""

from collections.abc import Iterable
from dataclasses import asdict, fields

from bot.documents.cells import write_table
from bot.features.collected.rules import SignatureRow


def write_signatures(rows: Iterable[SignatureRow]) -> str:
    """Return the rows as CSV, with a line of column names above them."""
    columns = tuple(field.name for field in fields(SignatureRow) if field.name != "line")
    return write_table(columns, map(asdict, rows))
