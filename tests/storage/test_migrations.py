from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.storage.database import Database, Transaction
from bot.storage.migrate import Schema, look, upgrade
from bot.storage.tables import metadata
from tests.support.databases import PostgresServer


async def test_schema(database: Database) -> None:
    """The migrations make exactly the tables that the code knows, on both databases."""
    differences = await database.read(
        lambda tx: compare_metadata(
            MigrationContext.configure(tx.connection, opts={"compare_type": True}),
            metadata,
        )
    )
    assert differences == []


async def test_partial_indexes(database: Database) -> None:
    """The migrations keep the condition of every partial index, which the comparison overlooks."""

    def conditions(dialect: str) -> set[str]:
        return {
            str(index.name)
            for table in metadata.tables.values()
            for index in table.indexes
            if index.dialect_options[dialect]["where"] is not None
        }

    def kept(tx_dialect: str) -> str:
        return f"{tx_dialect}_where"

    found = await database.read(
        lambda tx: {
            str(index["name"])
            for table in metadata.tables
            for index in inspect(tx.connection).get_indexes(table)
            if index.get("dialect_options", {}).get(kept(tx.connection.dialect.name)) is not None
        }
    )
    assert found == conditions("sqlite" if database.is_sqlite else "postgresql")


async def test_again(database_url: str) -> None:
    """Migrating a database that is up to date changes nothing."""
    assert await look(database_url) is Schema.CURRENT
    await upgrade(database_url)
    assert await look(database_url) is Schema.CURRENT


async def test_no_revision(database_url: str) -> None:
    """A database that has our tables and knows no revision isn't taken for an empty one."""
    async with Database(database_url) as database:
        await database.write(
            lambda tx: tx.connection.execute(text("DELETE FROM alembic_version")).rowcount
        )
    assert await look(database_url) is Schema.ANOTHER


async def test_empty(tmp_path: object, postgres: PostgresServer) -> None:
    """An empty database is not current until it is migrated; SQLite's folder is made."""
    file = f"sqlite+aiosqlite:///{tmp_path}/new/folder/letters.sqlite3"
    async with postgres.fresh("template1") as server:
        assert await look(server) is Schema.EMPTY
        for url in (file, server):
            await upgrade(url)
            assert await look(url) is Schema.CURRENT


@pytest.mark.parametrize("revision", [None, "a1b2c3d4e5f6"])
async def test_foreign(
    tmp_path: Path, postgres_empty_url: str, revision: str | None, subtests: pytest.Subtests
) -> None:
    """Tables of something else, also of another application of Alembic's, are told from ours."""
    file = tmp_path / "theirs.db"
    file.touch()
    for url in (f"sqlite+aiosqlite:///{file}", postgres_empty_url):
        with subtests.test(url):
            async with Database(url) as database:
                await database.write(partial(theirs, revision=revision))

            assert await look(url) is Schema.FOREIGN


def theirs(tx: Transaction, *, revision: str | None) -> None:
    tx.connection.execute(text("CREATE TABLE invoices (id INTEGER)"))
    if revision:
        tx.connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
        tx.connection.execute(text("INSERT INTO alembic_version VALUES (:new)"), {"new": revision})


async def test_bytewise_columns(database: Database) -> None:
    """The sort key of the list is compared by bytes on PostgreSQL, whatever its language."""
    if database.is_sqlite:
        return
    collations = await database.read(
        lambda tx: {
            row.column_name: row.collation_name
            for row in tx.connection.execute(
                text(
                    "SELECT column_name, collation_name FROM information_schema.columns "
                    "WHERE table_name = 'signatories' "
                    "AND column_name IN ('key', 'entry', 'sort_fold')"
                )
            )
        }
    )
    assert collations == {"key": "C", "entry": "C", "sort_fold": "C"}


def test_every_row_has_a_workspace() -> None:
    """Every row names its workspace, and a foreign key leads there: its own, or its letter's."""
    for table in metadata.tables.values():
        if table.name == "workspaces":
            continue
        assert not table.c.workspace.nullable
        owners = table.c.workspace.foreign_keys or table.c.letter.foreign_keys
        assert any(
            key.column.table.name in {"workspaces", "letters"} and key.ondelete == "CASCADE"
            for key in owners
        )
