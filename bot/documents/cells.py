"""Cells and rows of CSV tables that spreadsheets read and write."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

_FORMULA = tuple("=+-@\t\r＝＋－＠")  # noqa: RUF001 - full-width signs start a formula too


def harmless(cell: str) -> str:
    """Return a cell that spreadsheets do not evaluate, with an apostrophe before it if need be.

    A cell that already looks prefixed gets another one, so that `as_typed` restores any cell.
    """
    return f"'{cell}" if _looks_like_formula(cell) else cell


def as_typed(cell: str) -> str:
    """Return a cell without the apostrophe that `harmless` added."""
    return cell[1:] if cell.startswith("'") and _looks_like_formula(cell) else cell


def _looks_like_formula(cell: str) -> bool:
    return cell.lstrip("'").startswith(_FORMULA)


def write_table(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return a table as CSV: a row of column names, then the rows, every cell harmless."""
    names = list(columns)
    return _written([names]) + write_rows(names, rows)


def write_rows(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return rows of a CSV table without the row of column names."""
    return _written([harmless(row[name]) for name in columns] for row in rows)


def _written(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()
