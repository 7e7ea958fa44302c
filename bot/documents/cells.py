"""Cells of a table that spreadsheets read and write, and a table written of them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

_FORMULA = tuple("=+-@\t\r＝＋－＠")  # noqa: RUF001 - full-width signs start a formula too


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before it if need be.

    One more stands before a cell that looks as if that had been done, so that `as_typed` gives
    any cell back.
    """
    return f"'{cell}" if _looks_like_formula(cell) else cell


def as_typed(cell: str) -> str:
    """The cell without the apostrophe that `harmless` put before it."""
    return cell[1:] if cell.startswith("'") and _looks_like_formula(cell) else cell


def _looks_like_formula(cell: str) -> bool:
    return cell.lstrip("'").startswith(_FORMULA)


def write_table(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    """A table as CSV with commas: a row that names the columns, then the rows, all harmless."""
    names = list(columns)
    return _written([names]) + write_rows(names, rows)


def write_rows(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Rows of such a table alone."""
    return _written([harmless(row[name]) for name in columns] for row in rows)


def _written(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()
