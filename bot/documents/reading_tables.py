"""Tables that people wrote or exported with a spreadsheet, read as a whole or not at all."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import zip_longest
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, create_model

from bot.documents.cells import as_typed
from bot.documents.table_problems import Problem, TableRefused, Trouble

_DELIMITERS = ",;\t"
_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its names, and the values it takes regardless of case and separators."""

    needed: bool = False
    """Whether it must be there and filled in every row."""
    judged: bool = True
    """Whether its cells are judged here; else by the code that takes the rows."""
    choices: tuple[str, ...] = ()
    """Values allowed in a filled cell; empty for any."""
    is_day: bool = False
    """Whether it holds days, such as 2026-04-03."""
    instead: str = ""
    """Meaning of an empty cell."""
    also: tuple[str, ...] = ()
    """Other headings for it."""


class Cells(BaseModel):
    """The cells of a row, by column, each right by itself."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=True)


class Table:
    """The columns that a kind of table has, and the model that its rows are read by."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self.columns = columns
        fields: dict[str, Any] = {
            name: (Annotated[str, BeforeValidator(partial(_judged, column))], "")
            for name, column in columns.items()
        }
        self.model = create_model("TableCells", __base__=Cells, **fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that holds anything: its first line in the file, and every column's cell."""

    line: int
    cells: Mapping[str, str]

    def empty(self, column: str) -> Iterator[Problem]:
        """The problem that a column is not filled in, if it is not."""
        if not self.cells[column].strip():
            yield Problem(trouble=Trouble.EMPTY, line=self.line, column=column)


def _nothing(_: Row) -> Iterable[Problem]:
    return ()


def read_table(
    text: str,
    table: Table,
    check: Callable[[Row], Iterable[Problem]] = _nothing,
) -> tuple[Row, ...]:
    """The rows of a table that is parted by commas, semicolons or tabs.

    Its first row names the columns in any order and case; those that are not needed may be
    missing, and their cells are then empty. Rows without anything are passed over. Cells are as
    they were typed, without the apostrophe of `harmless`; choices and days are trimmed.

    Args:
        text: The whole file.
        table: The columns there may be: names in lower case, with `_` between words.
        check: What else is wrong with a row. A cell that is wrong is in it as it was typed.

    Raises:
        TableRefused: something is wrong; nothing is taken.
    """
    columns = table.columns
    records = _records(text, _delimiter(text, columns))
    problems: list[Problem] = []
    rows: list[Row] = []
    headings: list[str] = []
    for record in records:
        if isinstance(record, Problem):
            problems.append(record)
        elif not headings:
            headings = [_heading(cell, columns) for cell in record.cells]
            problems += _wrong_headings(record, headings, columns)
            if problems:
                break
        else:
            row, wrong = _row(record, headings, table)
            rows.append(row)
            problems += (*wrong, *check(row))
    if not headings and not problems:
        problems.append(_no_headings(1, columns))
    if problems:
        raise TableRefused(problems)
    return tuple(rows)


def has_headings(text: str, table: Table, needed: Collection[str]) -> bool:
    """Return whether the first row of a text names some columns, by just their names."""
    first = next(_records(text, _delimiter(text, table.columns)), None)
    if not isinstance(first, _Record):
        return False
    return set(needed) <= {_heading(cell, table.columns) for cell in first.cells}


@dataclass(frozen=True, slots=True)
class _Record:
    """The cells of a row as they stand in the file, and its first line."""

    line: int
    cells: list[str]


def _records(text: str, delimiter: str) -> Iterator[_Record | Problem]:
    """The rows that hold anything; a problem, and no more, where one cannot be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Problem(trouble=Trouble.BROKEN_QUOTES, line=line)
            return
        if any(cell.strip() for cell in cells):
            yield _Record(line, [as_typed(cell) for cell in cells])


def _delimiter(text: str, columns: Mapping[str, Column]) -> str:
    """The one by which most headings are known."""

    def known(delimiter: str) -> int:
        first = next(_records(text, delimiter), None)
        if not isinstance(first, _Record):
            return 0
        return sum(_heading(cell, columns) in columns for cell in first.cells)

    return max(_DELIMITERS, key=known)


def _folded(words: str) -> str:
    return _BETWEEN_WORDS.sub("_", words.strip().casefold())


def _heading(cell: str, columns: Mapping[str, Column]) -> str:
    """The name of the column that a heading means, or the heading itself."""
    folded = _folded(cell)
    return next((name for name, column in columns.items() if folded in column.also), folded)


def _wrong_headings(
    record: _Record, headings: Sequence[str], columns: Mapping[str, Column]
) -> Iterator[Problem]:
    line = record.line
    if not columns.keys() & set(headings):
        yield _no_headings(line, columns)
        return
    for place, (typed, name) in enumerate(zip(record.cells, headings, strict=True)):
        if name and name not in columns:
            yield Problem(
                trouble=Trouble.UNKNOWN_COLUMN, line=line, column=typed, choices=tuple(columns)
            )
        elif name and name in headings[:place]:
            yield Problem(trouble=Trouble.COLUMN_TWICE, line=line, column=name)
    for name, column in columns.items():
        if column.needed and name not in headings:
            yield Problem(trouble=Trouble.MISSING_COLUMN, line=line, column=name)


def _no_headings(line: int, columns: Mapping[str, Column]) -> Problem:
    return Problem(trouble=Trouble.NO_HEADINGS, line=line, choices=tuple(columns))


def _row(record: _Record, headings: Sequence[str], table: Table) -> tuple[Row, list[Problem]]:
    """A row with all its cells, and what is wrong with each."""
    problems: list[Problem] = []
    typed: dict[str, str] = {}
    for name, cell in zip_longest(headings, record.cells, fillvalue=""):
        if name:
            typed[name] = cell
        elif cell.strip():
            problems.append(Problem(trouble=Trouble.TOO_MANY_CELLS, line=record.line, value=cell))
    try:
        cells: dict[str, str] = table.model.model_validate(typed).model_dump()
    except ValidationError as error:
        wrong = {
            str(one["loc"][0]): Trouble(str(one.get("ctx", {})["error"])) for one in error.errors()
        }
        cells = {
            name: typed.get(name, "") if name in wrong else _meaning(column, typed.get(name, ""))
            for name, column in table.columns.items()
        }
        problems += (
            Problem(
                trouble=trouble,
                line=record.line,
                column=name,
                value=cells[name],
                choices=table.columns[name].choices,
            )
            for name, trouble in wrong.items()
        )
    return Row(line=record.line, cells=cells), problems


def _meaning(column: Column, typed: str) -> str:
    """Return a cell's value: choices and days trimmed, and what an empty one means."""
    if not typed.strip():
        return column.instead or typed
    if column.choices:
        return _folded(typed)
    return typed.strip() if column.is_day else typed


def _judged(column: Column, typed: str) -> str:
    """Return a cell's value.

    Raises:
        ValueError: it is not allowed there; the message is the `Trouble`.
    """
    meant = _meaning(column, typed)
    if not typed.strip():
        trouble = Trouble.EMPTY if column.needed and column.judged else None
    elif column.choices:
        trouble = None if meant in column.choices else Trouble.NOT_A_CHOICE
    else:
        trouble = Trouble.NOT_A_DAY if column.is_day and not _is_day(meant) else None
    if trouble is not None:
        raise ValueError(trouble)
    return meant


def _is_day(typed: str) -> bool:
    if not _DAY.fullmatch(typed):
        return False
    try:
        date.fromisoformat(typed)
    except ValueError:
        return False
    return True
