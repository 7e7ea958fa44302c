import asyncio
import threading
from datetime import UTC, datetime, timedelta, timezone
from sqlite3 import OperationalError
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from bot.features.lifecycle import use_cases as lifecycle
from bot.storage.database import Database, InDoubt, Transaction
from bot.storage.tables import rate_limits, tally_quarters, workspaces
from tests.support.clock import START, Clock
from tests.support.databases import another, beside
from tests.support.letters import WORKSPACE, an_open_letter, everything


def _pragma(name: str) -> Any:
    return lambda tx: tx.connection.execute(text(f"PRAGMA {name}")).scalar()


async def test_pragmas(sqlite_url: str) -> None:
    """On SQLite both doors use the write-ahead log, full syncs and foreign keys."""
    async with Database(sqlite_url) as database:
        for door in (database.read, database.write):
            assert await door(_pragma("journal_mode")) == "wal"
            assert await door(_pragma("synchronous")) == 2
            assert await door(_pragma("foreign_keys")) == 1


CUT_OFF = """
    CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER cut_off AFTER INSERT ON workspaces
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut_off()
"""
"""Ends the connection that commits a new workspace, when all its statements are done."""


async def test_in_doubt(postgres_url: str) -> None:
    """A database that goes away over the commit leaves a doubt, and is used again when it is back."""
    async with another(postgres_url) as execute, Database(postgres_url) as database:
        await execute(CUT_OFF)

        with pytest.raises(InDoubt):
            await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")

        await execute("DROP TRIGGER cut_off ON workspaces")
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")


async def test_foreign_keys(database: Database) -> None:
    """A row that points nowhere is refused."""
    with pytest.raises(IntegrityError):
        await database.write(
            lambda tx: tx.connection.execute(
                insert(rate_limits).values(workspace="T0NOWHERE", bucket="b", free_at=tx.now)
            )
        )


def _increment(tx: Transaction) -> None:
    hours = tally_quarters.c
    signed = tx.connection.execute(
        select(hours.signed).where(hours.since == START).with_for_update()
    ).scalar_one()
    tx.connection.execute(
        update(tally_quarters).where(hours.since == START).values(signed=signed + 1)
    )


async def test_increments(database_url: str, database: Database, clock: Clock) -> None:
    """A hundred read-then-write stories at once, of two processes, lose none of each other."""
    letter = await an_open_letter(database)
    await database.write(
        lambda tx: tx.connection.execute(
            insert(tally_quarters).values(
                letter=letter.id,
                workspace=WORKSPACE,
                since=START,
                kind="person",
                signed=0,
                withdrawn=0,
            )
        )
    )
    async with Database(database_url, clock=clock.now) as other:
        await asyncio.gather(
            *(door.write(_increment) for door in (database, other) for _ in range(50))
        )
    assert (
        await database.read(lambda tx: tx.connection.scalar(select(tally_quarters.c.signed))) == 100
    )


async def test_begin_immediate(sqlite_url: str) -> None:
    """A SQLite writer holds the lock from its first moment; readers don't wait."""

    def story(tx: Transaction) -> None:
        tx.connection.execute(select(workspaces)).all()
        beside(sqlite_url, "SELECT * FROM workspaces")
        with pytest.raises(OperationalError, match="locked"):
            beside(sqlite_url, "BEGIN IMMEDIATE")

    async with Database(sqlite_url) as database:
        await database.write(story)
        async with another(sqlite_url) as execute:
            await execute("BEGIN IMMEDIATE")
            await asyncio.wait_for(database.read(lambda tx: tx.now), 30)


async def test_undone(database: Database) -> None:
    """An exception undoes all that its story wrote."""
    before = await everything(database)

    def story(tx: Transaction) -> None:
        tx.connection.execute(insert(workspaces).values(id="T9", name="", created_at=tx.now))
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(story)
    assert await everything(database) == before


async def test_cancelled(database: Database) -> None:
    """A caller that goes away half way leaves a whole story behind, and blocks nobody."""

    def story(tx: Transaction, number: int) -> None:
        for half in "AB":
            tx.connection.execute(
                insert(workspaces).values(id=f"T9{number}{half}", name="", created_at=tx.now)
            )
            tx.connection.execute(select(workspaces)).all()

    for number in range(150):
        task = asyncio.create_task(database.write(lambda tx, n=number: story(tx, n)))
        await asyncio.sleep(0.00003 * number)
        task.cancel()
        await asyncio.wait([task])
        await asyncio.wait_for(database.write(lambda tx, n=number: story(tx, n + 1000)), 1)
    await database.close()
    kept = await database.read(lambda tx: tx.connection.scalars(select(workspaces.c.id)).all())
    assert {one[:-1] for one in kept if one.endswith("A")} == {
        one[:-1] for one in kept if one.endswith("B")
    }
    assert len(kept) > 300


async def test_times(database: Database) -> None:
    """A time comes back as the same instant in UTC, to the microsecond, whatever zone it had."""
    moment = datetime(2026, 3, 29, 2, 30, 15, 123456, tzinfo=timezone(timedelta(hours=5.5)))
    kept = await database.write(lambda tx: _keep(tx, moment))
    assert kept == moment
    assert kept.tzinfo is UTC


def _keep(tx: Transaction, moment: datetime) -> datetime:
    tx.connection.execute(
        insert(rate_limits).values(workspace=WORKSPACE, bucket="times", free_at=moment)
    )
    return tx.connection.execute(select(rate_limits.c.free_at)).scalar_one()


async def test_naive_times(database: Database) -> None:
    """A time without a zone is refused, as a value and in a comparison."""
    naive = datetime(2026, 3, 3)  # noqa: DTZ001 - that is the point
    with pytest.raises(StatementError, match="without a zone"):
        await database.write(lambda tx: _keep(tx, naive))
    with pytest.raises(StatementError, match="without a zone"):
        await database.read(
            lambda tx: tx.connection.execute(
                select(rate_limits).where(rate_limits.c.free_at < bindparam("naive")),
                {"naive": naive},
            ).all()
        )


async def test_instants_compare(database: Database) -> None:
    """Instants compare as instants in SQL, also around a microsecond."""
    await database.write(lambda tx: _keep(tx, START))
    for late, found in ((START, 0), (START + timedelta(microseconds=1), 1)):
        assert found == await database.read(
            lambda tx, late=late: len(
                tx.connection.execute(select(rate_limits).where(rate_limits.c.free_at < late)).all()
            )
        )


async def test_one_clock(postgres_url: str) -> None:
    """On PostgreSQL the server's clock decides, and stays the same for a transaction."""
    async with Database(postgres_url) as database:

        def story(tx: Transaction) -> tuple[datetime, datetime]:
            tx.connection.execute(text("SELECT pg_sleep(0.01)"))
            return tx.now, tx.connection.execute(text("SELECT now()")).scalar_one()

        now, again = await database.write(story)
    assert now == again
    assert now.tzinfo is UTC


async def test_a_reader_sees_one_instant(database_url: str, database: Database) -> None:
    """A story reads one instant, whatever is committed in between."""

    def story(tx: Transaction) -> tuple[str | None, str | None]:
        first = tx.connection.scalar(select(workspaces.c.name))
        beside(database_url, "UPDATE workspaces SET name = 'Another name'")
        return first, tx.connection.scalar(select(workspaces.c.name))

    first, again = await database.read(story)
    assert again == first
    assert (await database.read(story))[0] == "Another name"


async def test_a_lock_is_not_waited_for_long(database_url: str, database: Database) -> None:
    """A story that cannot have a lock in 2 s is told so, in time to answer Slack within its 3 s."""
    loop = asyncio.get_running_loop()
    async with another(database_url) as execute:
        await execute("BEGIN")
        await execute("UPDATE workspaces SET name = 'Held'")
        started = loop.time()
        with pytest.raises(DBAPIError):
            await asyncio.wait_for(
                database.write(
                    lambda tx: tx.connection.execute(update(workspaces).values(name="Ours"))
                ),
                2.9,
            )
        assert loop.time() - started > 1.5


async def test_a_whole_list_is_read_aside(database: Database) -> None:
    """While a story reads a whole list the loop goes on: here it is what the story waits for."""
    loop, begun, gate = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    def story(tx: Transaction) -> int | None:
        loop.call_soon_threadsafe(begun.set)
        return tx.connection.execute(select(1)).scalar() if gate.wait(2) else None

    reading = asyncio.create_task(database.read_aside(story))
    await begun.wait()
    gate.set()
    assert await reading == 1


async def test_a_whole_list_is_written_aside(database: Database) -> None:
    """While a story writes a whole list the loop goes on, and what it wrote is kept and told of."""
    loop, begun, gate = asyncio.get_running_loop(), asyncio.Event(), threading.Event()
    woken = asyncio.Event()
    database.on_write(woken)

    def story(tx: Transaction) -> bool:
        loop.call_soon_threadsafe(begun.set)
        # Before any statement: to wait for its answer lets the loop go on.
        waited = gate.wait(2)
        tx.connection.execute(update(workspaces).values(name="Ours"))
        return waited

    writing = asyncio.create_task(database.write_aside(story))
    await begun.wait()
    gate.set()
    assert await writing
    assert woken.is_set()
    names = await database.read(
        lambda tx: tx.connection.execute(select(workspaces.c.name)).scalars().all()
    )
    assert names == ["Ours"]
