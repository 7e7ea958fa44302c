"""The database is away, or refuses one notice, while calls are under way."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.engine import make_url
from structlog.testing import capture_logs

from bot.letters.notices import Notice, NoticeKind
from bot.letters.people import Person
from bot.outbox.courier import Sent
from bot.outbox.dispatch import send_due, turn_trouble
from bot.storage import outbox
from bot.storage.database import LOCK_TIMEOUT_S, Database
from tests.outbox.mailbox import Mailbox
from tests.outbox.owing import owe_words, states
from tests.support.clock import Clock
from tests.support.letters import WORKSPACE, an_open_letter


async def _lock(path: str, seconds: float, locked: asyncio.Event) -> None:
    """Another program writes to the SQLite file for a while."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        locked.set()
        await asyncio.sleep(seconds)
        other.execute("ROLLBACK")


async def _end_connections(url: str) -> None:
    """PostgreSQL ends every connection to the database but the one that asks for it."""
    async with Database(url) as other:
        await other.write(
            lambda tx: tx.connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid != pg_backend_pid()"
            ).all()
        )


async def test_database_away(database: Database, database_url: str, clock: Clock) -> None:
    """A message sent while the database was away is settled when it is back, and not sent again."""
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    locks: list[asyncio.Task[None]] = []

    async def trouble() -> None:
        if database.is_sqlite:
            path, locked = make_url(database_url).database, asyncio.Event()
            assert path
            locks.append(asyncio.create_task(_lock(path, LOCK_TIMEOUT_S + 0.5, locked)))
            await locked.wait()
        else:
            await _end_connections(database_url)

    mailbox.meanwhile = trouble
    await owe_words(database, [Person(WORKSPACE, f"U{number}") for number in range(3)])
    with capture_logs() as logs:
        lasting = turn_trouble()
        assert await send_due(database, mailbox, trouble=lasting) == 3
        await asyncio.gather(*locks)
        await send_due(database, mailbox, trouble=lasting)
    said = [line["event"] for line in logs if line["event"].startswith("outbox.")]
    assert said == ["outbox.turn_failed", "outbox.goes_on"]
    assert len(mailbox.of(NoticeKind.WORD)) == 3
    assert await states(database, "word") == {"sent": 3}


async def test_nothing_under_way(database: Database, clock: Clock) -> None:
    """An error with nothing under way is the caller's to see."""
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    nowhere = Database("sqlite+aiosqlite:////nowhere/letters.sqlite3", clock=clock.now)
    with pytest.raises(OSError, match="moved away"):
        await send_due(nowhere, mailbox)
    await nowhere.close()


async def test_bad_notice(database: Database, clock: Clock) -> None:
    """A notice whose end cannot be written holds up no other; it stays claimed."""
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    bad = Notice(
        kind=NoticeKind.REMINDER,
        key="reminder:bad",
        letter=1,
        target="U1",
        subject={"letter": 1, "person": "nobody", "step": "d7"},
    )
    await database.write(lambda tx: outbox.owe(tx, WORKSPACE, [bad]))
    await owe_words(database, [Person(WORKSPACE, f"U{number}") for number in range(2, 5)])
    mailbox.fates.extend([None, None, None, Sent()])
    with capture_logs() as logs:
        await send_due(database, mailbox)
    assert await states(database, "word") == {"sent": 3}
    assert await states(database, "reminder") == {"claimed": 1}
    (line,) = [line for line in logs if line["event"] == "notice.not_settled"]
    assert (line["kind"], line["error"]) == ("reminder", "ValueError")
