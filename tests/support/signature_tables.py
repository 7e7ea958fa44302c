"""Signatures that were gathered elsewhere, written as the table in which they come."""

from collections.abc import Iterable
from dataclasses import asdict

from bot.documents.cells import write_table
from bot.features.collected.rules import SignatureRow
from bot.features.collected.table import COLUMNS


def write_signatures(rows: Iterable[SignatureRow]) -> str:
    """Return the rows as CSV, with a line of column names above them."""
    return write_table(COLUMNS, map(asdict, rows))
