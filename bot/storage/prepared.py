"""The SQL statements of signing, compiled once per dialect and reused.

SQLAlchemy expands a list of values, and each row of an insertion, again whenever a statement runs:
for a batch of signatures that took longer than the database itself (docs/performance.md). Here
SQLAlchemy compiles the statement once, from the same tables and types. Many rows are one statement,
so that the driver's thread takes the interpreter's lock once, not once per row.

`tests/storage/test_prepared.py` checks that the results equal SQLAlchemy's own.
"""

from bisect import bisect
from collections import namedtuple
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any
from typing import cast as typed

from sqlalchemy import (
    ARRAY,
    JSON,
    Column,
    ColumnElement,
    Dialect,
    Select,
    String,
    Table,
    Text,
    TypeDecorator,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine

from bot.storage.database import Transaction
from bot.storage.tables import Instant

Insert = sqlite.Insert | postgresql.Insert
Among = Callable[[ColumnElement[Any], str], ColumnElement[bool]]
"""Builds the condition that a column has one of the values of the list with that name."""
Process = Callable[[Any], Any]

PORTION = 1024
"""The most values of a list in one statement, because databases limit them."""
ROWS = (*range(1, 17), 32, 64, 128)
"""Numbers of rows per statement on SQLite, which limits parameters; fewer sizes, fewer statements.
"""


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    names: tuple[str, ...]
    """The parameters in order."""
    fixed: Mapping[str, Any]
    """Parameters with values that the statement itself sets."""
    binds: tuple[tuple[str, Process], ...]
    row: Callable[[Sequence[Any]], Any]
    results: tuple[tuple[int, Process], ...]


class Question:
    """A SELECT with lists of values as parameters; its rows have the columns as attributes."""

    def __init__(self, build: Callable[[Among], Select[*tuple[Any, ...]]]) -> None:
        self._build = build
        self._made: dict[tuple[object, ...], _Asked] = {}

    def ask(self, tx: Transaction, **lists: Collection[Any]) -> list[Any]:
        """Return the rows; none if any list is empty. A long list is queried in portions."""
        if not all(lists.values()):
            return []
        longest = max(lists, key=lambda name: len(lists[name]))
        # Without duplicates, so that no row is returned by two portions.
        values = list(dict.fromkeys(lists[longest]))
        return [
            row
            for start in range(0, len(values), PORTION)
            for row in self._ask(tx, lists | {longest: values[start : start + PORTION]})
        ]

    def _ask(self, tx: Transaction, lists: Mapping[str, Collection[Any]]) -> list[Any]:
        padded: dict[str, list[Any]] = {}
        for name, given in lists.items():
            # Repeat the last value until the length is a power of four: few statements to compile.
            length = 1
            while length < len(given):
                length *= 4
            values = list(given)
            padded[name] = values + values[-1:] * (length - len(values))
        dialect = tx.connection.dialect
        which = (dialect.name, *(len(values) for values in padded.values()))
        asked = self._made.get(which)
        if asked is None:
            sizes = {name: len(values) for name, values in padded.items()}
            asked = self._made[which] = _question(self._build, sizes, dialect)
        binds = {
            f"{name}_{number}": value
            for name, many in padded.items()
            for number, value in enumerate(many)
        }
        binds |= asked.fixed
        for name, process in asked.binds:
            binds[name] = process(binds[name])
        parameters = tuple([binds[name] for name in asked.names])
        rows = [list(row) for row in tx.connection.exec_driver_sql(asked.text, parameters)]
        for index, process in asked.results:
            for row in rows:
                row[index] = process(row[index])
        return [asked.row(row) for row in rows]


def _question(
    build: Callable[[Among], Select[*tuple[Any, ...]]], sizes: Mapping[str, int], dialect: Dialect
) -> _Asked:
    def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
        return column.in_(
            [bindparam(f"{name}_{number}", type_=column.type) for number in range(sizes[name])]
        )

    statement = build(among)
    compiled = statement.compile(dialect=dialect)
    names = tuple(compiled.positiontup or ())
    binds = {name: _bind(compiled.binds[name].type, dialect) for name in names}
    columns = list(statement.selected_columns)
    row = namedtuple("row", [column.key for column in columns])  # type: ignore[misc]  # noqa: PYI024
    results = {
        index: column.type.dialect_impl(dialect).result_processor(dialect, None)
        for index, column in enumerate(columns)
    }
    return _Asked(
        text=str(compiled),
        names=names,
        fixed={name: bind.value for name, bind in compiled.binds.items() if bind.value is not None},
        binds=tuple((name, process) for name, process in binds.items() if process),
        row=row._make,
        results=tuple((index, process) for index, process in results.items() if process),
    )


@dataclass(frozen=True, slots=True)
class _Written:
    text: str
    """The statement for one row on SQLite, for any number on PostgreSQL."""
    group: str
    """The placeholders of one row; empty if the statement takes any number."""
    values: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    width: int
    binds: tuple[tuple[int, Process], ...]


class Insertion:
    """An INSERT of any number of rows into one table."""

    def __init__(
        self, table: Table, conflict: Callable[[Insert], Insert] = lambda statement: statement
    ) -> None:
        """Store the table and the handling of rows that exist already: by default an error."""
        self._table = table
        self._conflict = conflict
        self._made: dict[tuple[str, ...], _Written] = {}
        self._texts: dict[tuple[str, int], str] = {}

    def write(self, tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows in order; all have the same columns."""
        if not rows:
            return
        dialect = tx.connection.dialect
        names = tuple(rows[0])
        written = self._made.get((dialect.name, *names))
        if written is None:
            statement = self.statement(dialect.name)
            written = _insertion(self._table, statement, names, dialect)
            self._made[dialect.name, *names] = written
        width = written.width
        values = [value for row in rows for value in written.values(row)]
        for index, process in written.binds:
            values[index::width] = map(process, values[index::width])
        if not written.group:
            columns = tuple([values[index::width] for index in range(width)])
            tx.connection.exec_driver_sql(written.text, columns)
            return
        start = 0
        while start < len(rows):
            size = ROWS[bisect(ROWS, len(rows) - start) - 1]
            text = self._texts.get((written.text, size))
            if text is None:
                text = written.text.replace(written.group, ", ".join([written.group] * size))
                self._texts[written.text, size] = text
            given = tuple(values[start * width : (start + size) * width])
            tx.connection.exec_driver_sql(text, given)
            start += size

    def statement(self, dialect: str) -> Insert:
        """Return SQLAlchemy's own statement, to execute with a list of rows."""
        insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
        return self._conflict(insert(self._table))


def _insertion(
    table: Table, statement: Insert, names: tuple[str, ...], dialect: Dialect
) -> _Written:
    # In the table's order, like SQLAlchemy.
    columns = [column for column in table.c if column.name in names]
    names = tuple(column.name for column in columns)
    if dialect.name == "postgresql":
        statement = statement.from_select(names, _unnested(columns))
        text, group = str(statement.compile(dialect=dialect)), ""
    else:
        text = str(statement.compile(dialect=dialect, column_keys=list(names)))
        group = f"({', '.join('?' * len(names))})"
        if text.count(group) != 1 or text.count("?") != len(names):
            raise ValueError(f"cannot be written by rows: {text}")
    binds = [(index, _bind(column.type, dialect)) for index, column in enumerate(columns)]
    pick = typed("Callable[[Mapping[str, Any]], Any]", itemgetter(*names))
    return _Written(
        text=text,
        group=group,
        values=pick if len(names) > 1 else lambda row: (pick(row),),
        width=len(names),
        binds=tuple((index, process) for index, process in binds if process),
    )


def _unnested(columns: Sequence[Column[Any]]) -> Select[Any]:
    """Return a SELECT that reads all rows from one array per column, on PostgreSQL."""
    arrays = [bindparam(column.name, type_=ARRAY(_element(column.type))) for column in columns]
    given = (
        func.unnest(*arrays)
        .table_valued(*[column.name for column in columns], name="given")
        .render_derived()
    )
    return select(
        *[
            cast(given.c[column.name], JSON) if isinstance(column.type, JSON)
            else given.c[column.name]
            for column in columns
        ]
    )  # fmt: skip


def _element(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return the array type for a column: text of any length, because the column checks it."""
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    return Text() if isinstance(kind, (String, JSON)) else kind


def _bind(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return None
    # All rows of a batch have the same time.
    return lru_cache(maxsize=64)(process) if isinstance(kind, Instant) else process


def insert_into(tx: Transaction, table: Table) -> Insert:
    """Return an INSERT in the database's own dialect; both support `ON CONFLICT`."""
    is_postgresql = tx.connection.dialect.name == "postgresql"
    return postgresql.insert(table) if is_postgresql else sqlite.insert(table)
