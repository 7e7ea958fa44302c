"""The schema itself: what it refuses, what it finds fast, what it deletes."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Connection,
    Date,
    Integer,
    Table,
    UniqueConstraint,
    delete,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.storage.database import Database
from bot.storage.tables import Instant, letters, metadata, workspaces
from tests.support.clock import START

Kept = dict[str, list[str]]
"""Rows as text, by table."""


def _indexed(table: Table) -> Iterator[list[str]]:
    """Yield the columns of each index of a table, in their order."""
    yield table.primary_key.columns.keys()
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield constraint.columns.keys()
    for index in table.indexes:
        yield [column.name for column in index.columns]


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_foreign_keys_have_indexes(table: Table) -> None:
    """Every foreign key is the beginning of an index, so that a delete never reads a whole table."""
    indexes = [*_indexed(table)]
    for key in table.foreign_key_constraints:
        columns = set(key.column_keys)
        assert any(set(index[: len(columns)]) == columns for index in indexes), key.name


def _checks(table: Table) -> dict[str, set[str]]:
    return {
        str(one.name): set(str(one.sqltext).split("'")[1::2])
        for one in table.constraints
        if isinstance(one, CheckConstraint)
    }


async def test_checks(database: Database) -> None:
    """Both databases hold the same list of values for each column of an enum as the code."""

    def kept(connection: Connection) -> dict[str, set[str]]:
        return {
            str(one["name"]): set(one["sqltext"].split("'")[1::2])
            for table in metadata.tables
            for one in inspect(connection).get_check_constraints(table)
        }

    wanted = {
        name: values for table in metadata.sorted_tables for name, values in _checks(table).items()
    }
    assert "ck_outbox_state" in wanted
    assert await database.read(lambda tx: kept(tx.connection)) == wanted


def _row(table: Table, mark: str, owners: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A row with a mark in each of its texts, and the keys of what it belongs to."""
    row: dict[str, Any] = {}
    checked = {
        name.removeprefix(f"ck_{table.name}_"): values for name, values in _checks(table).items()
    }
    for column in table.columns:
        keys = [key.column for key in column.foreign_keys]
        owner = next((one for one in keys if one.table.name in owners), None)
        if column.name == "merged_into":
            row[column.name] = None
        elif column.name in checked:
            row[column.name] = min(checked[column.name])
        elif owner is not None:
            row[column.name] = owners[owner.table.name][owner.name]
        elif keys:
            row[column.name] = None
        elif column.name == "workspace":
            row[column.name] = owners["workspaces"]["id"]
        else:
            row[column.name] = _value(column.type, mark)
    return row


def _value(kind: Any, mark: str) -> Any:
    match kind:
        case Instant():
            return START
        case Date():
            return date(2026, 3, 3)
        case Boolean():
            return False
        case Integer():
            return int(mark[1:])
        case JSON():
            return {"of": mark}
        case _:
            return mark


def _fill(connection: Connection) -> None:
    """Fill every table: two workspaces, a letter in each, and a row of each table for each."""
    for number in (1, 2):
        own: dict[str, Mapping[str, Any]] = {}
        for table in metadata.sorted_tables:
            of_letter = table is letters or "letter" in table.c
            row = _row(table, f"{'L' if of_letter else 'W'}{number}", own)
            connection.execute(insert(table).values(row))
            own[table.name] = row
        # A notice of a letter's, beside that of a person's, and a signatory that was merged.
        home = dict(own["outbox"]) | {"id": f"W{number}", "key": f"W{number}", "letter": None}
        texts = {name: value for name, value in home.items() if value == f"L{number}"}
        home |= dict.fromkeys(texts, f"W{number}") | {"subject": {}, "reference": {}}
        connection.execute(insert(metadata.tables["outbox"]).values(home))
        merged = dict(own["signatories"]) | {
            "id": f"L{number}b", "key": f"L{number}b", "merged_into": f"L{number}",
        }  # fmt: skip
        connection.execute(insert(metadata.tables["signatories"]).values(merged))


def _kept(connection: Connection) -> Kept:
    return {
        table.name: sorted(
            f"{tuple(row)} of L{row.letter if 'letter' in table.c else ''}"
            for row in connection.execute(select(table))
        )
        for table in metadata.sorted_tables
    }


def _with(mark: str, kept: Kept) -> Kept:
    found = {name: [row for row in rows if mark in row] for name, rows in kept.items()}
    return {name: rows for name, rows in found.items() if rows}


async def test_delete_letter(database: Database) -> None:
    """Deleting a letter leaves no row of it in any table, and everything else."""
    await database.write(lambda tx: _fill(tx.connection))
    before = await database.read(lambda tx: _kept(tx.connection))
    assert all(before.values())
    assert {"outbox", "signatories"} < _with("L1", before).keys()

    await database.write(lambda tx: tx.connection.execute(delete(letters).where(letters.c.id == 1)))

    after = await database.read(lambda tx: _kept(tx.connection))
    assert _with("L1", after) == {}
    gone = _with("L1", before)
    assert after == {
        name: [row for row in rows if row not in gone.get(name, [])]
        for name, rows in before.items()
    }


async def test_delete_workspace(database: Database) -> None:
    """Deleting a workspace leaves no row of it in any table, and everything of the other."""
    await database.write(lambda tx: _fill(tx.connection))
    before = await database.read(lambda tx: _kept(tx.connection))

    await database.write(
        lambda tx: tx.connection.execute(delete(workspaces).where(workspaces.c.id == "W1"))
    )

    after = await database.read(lambda tx: _kept(tx.connection))
    assert after == {
        name: [row for row in rows if "W1" not in row] for name, rows in before.items()
    }
    assert all(after.values())


async def test_no_other_value(database: Database) -> None:
    """A value that is none of its enum's is refused by the database itself."""
    await database.write(lambda tx: _fill(tx.connection))
    for table in metadata.sorted_tables:
        for name in _checks(table):
            column = name.removeprefix(f"ck_{table.name}_")
            with pytest.raises(IntegrityError):
                await database.write(
                    lambda tx, table=table, column=column: tx.connection.execute(
                        update(table).values({column: "nonsense"})
                    )
                )
