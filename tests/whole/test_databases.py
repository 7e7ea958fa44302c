"""A PostgreSQL database that tests use one after the other is as good as a new one."""

from collections.abc import AsyncGenerator

import pytest
from sqlalchemy import text

from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.databases import PostgresServer, another
from tests.support.letters import WORKSPACE, a_draft, everything


@pytest.fixture(name="alone")
async def _alone(postgres: PostgresServer) -> AsyncGenerator[PostgresServer]:
    """The server, with no database that another test has left."""
    kept = [*postgres._idle]
    postgres._idle.clear()
    yield postgres
    postgres._idle.extend(kept)


async def _a_letter(url: str, clock: Clock) -> int:
    async with Database(url, clock=clock.now) as database:
        await database.write(
            lambda tx: tx.connection.execute(
                text("INSERT INTO workspaces (id, name, created_at) VALUES (:id, 'One', now())"),
                {"id": WORKSPACE},
            )
        )
        return (await a_draft(database)).id


async def test_it_is_emptied(alone: PostgresServer, clock: Clock) -> None:
    """The next test gets the same database without a row, and its numbers begin at 1 again."""
    async with alone.emptied() as first:
        assert await _a_letter(first, clock) == 1
    async with alone.emptied() as second:
        assert second == first
        async with Database(second, clock=clock.now) as database:
            assert not any((await everything(database)).values())
        assert await _a_letter(second, clock) == 1


async def test_two_at_a_time(alone: PostgresServer) -> None:
    """Two that are used at the same time are two."""
    async with alone.emptied() as first, alone.emptied() as second:
        assert first != second


async def test_nobody_goes_on_in_it(alone: PostgresServer) -> None:
    """A connection that a test left open, with a lock, holds up nobody after it."""
    async with alone.emptied() as url:
        left = another(url)
        execute = await left.__aenter__()
        await execute("BEGIN")
        await execute("LOCK TABLE letters")
    async with alone.emptied() as again:
        assert again == url
    with pytest.raises(Exception, match="closed"):
        await execute("SELECT 1")


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE letters ADD COLUMN more text",
        "CREATE TABLE more (id int)",
        "DROP INDEX ix_letters_workspace_phase",
        "CREATE FUNCTION more() RETURNS int LANGUAGE sql RETURN 1",
        "DELETE FROM alembic_version",
        "UPDATE alembic_version SET version_num = 'later'",
    ],
)
async def test_a_changed_schema(alone: PostgresServer, change: str) -> None:
    """A database whose schema a test has changed is given to no other."""
    async with alone.emptied() as url, another(url) as execute:
        await execute(change)
    async with alone.emptied() as next_url:
        assert next_url != url
