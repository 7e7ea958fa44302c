"""SQLite with one connection that writes and one that reads at the same time.

A writing story runs entirely in the thread of its aiosqlite connection, to switch threads once
instead of once per statement; the event loop keeps running while the disk syncs. A reading story
runs on the event loop: with the write-ahead log it never waits, and reading a few rows costs less
than switching threads (2.1 times the throughput with 128 people signing over HTTP).
"""

import asyncio
import errno
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from bot.database_url import sqlite_file
from bot.storage.engines.sqlite_files import MovedAwayError
from bot.storage.tables.columns import as_json

T = TypeVar("T")

STATEMENTS_KEPT = 512
"""Number of prepared statements kept: `prepared` needs one for each number of rows."""
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
"""Settings of each connection; deleted bytes are overwritten, so that no erased name remains."""


class Watch:
    """The paths of a database's files, and the identity that each file had at first.

    A process keeps writing to a file that was moved, deleted or replaced, and those writes would be
    lost. The paths are therefore checked before each transaction and after each commit.
    """

    def __init__(self, file: Path) -> None:
        self._names = (str(file), f"{file}-wal")
        self._known: list[tuple[int, int] | None] = [None, None]

    def check(self) -> None:
        """Check that each path still refers to the same file as at first.

        Raises:
            MovedAwayError: a file was replaced or is gone.
        """
        for number, name in enumerate(self._names):
            known, found = self._known[number], _identity(name)
            # The main file must exist; the write-ahead log appears with the first transaction.
            gone = number == 0 and found is None
            if gone or (known is not None and found != known):
                raise MovedAwayError(
                    errno.ESTALE, "the database was moved away, deleted or replaced while in use"
                )
            self._known[number] = found

    def forget(self) -> None:
        """Forget the files' identities after connections closed and SQLite tidied up."""
        self._known = [None, None]


def _identity(name: str) -> tuple[int, int] | None:
    # Not opened and closed, which would release SQLite's own locks in this process.
    try:
        found = os.stat(name)  # noqa: PTH116 - once per transaction, and a Path costs twice as much
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


class Writer:
    """The connection that writes; stories wait for it in order of arrival."""

    def __init__(self, address: str, watch: Watch, lock_timeout_s: float) -> None:
        self._address = address
        self._watch = watch
        self._lock_timeout_s = lock_timeout_s
        self._turn = asyncio.Lock()
        self._held: tuple[aiosqlite.Connection, Engine] | None = None

    async def run(self, story: Callable[[Connection], T]) -> T:
        """Run a story in its own transaction and commit it; an exception rolls it back.

        Raises:
            MovedAwayError: the file was replaced or is gone, before the story or after its commit.
        """
        async with self._turn:
            if self._held is None:
                self._watch.check()
                self._held = await self._open()
            connection, engine = self._held

            def whole() -> T:
                self._watch.check()
                with engine.begin() as opened:
                    answer = story(opened)
                # A commit to a file that has been moved away must not be reported as a success.
                self._watch.check()
                return answer

            # aiosqlite has no public way to run several statements in its thread.
            return await connection._execute(whole)  # noqa: SLF001  # pyright: ignore[reportUnknownMemberType] - see above

    async def empty_log(self) -> bool:
        """Move the whole write-ahead log into the file and empty it; return whether that worked.

        It fails while another connection reads or writes.
        """
        async with self._turn:
            if self._held is None:
                self._watch.check()
                self._held = await self._open()
            rows = await self._held[0].execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
            return all(row[0] == 0 for row in rows)

    async def close(self) -> None:
        """Close the connection and end its thread."""
        if self._held is not None:
            await self._held[0].close()
            self._held = None
            self._watch.forget()

    async def _open(self) -> tuple[aiosqlite.Connection, Engine]:
        # The driver's own transactions begin too late and lose updates, so these begin explicitly.
        held = await aiosqlite.connect(
            self._address,
            uri=True,
            isolation_level=None,
            timeout=self._lock_timeout_s,
            cached_statements=STATEMENTS_KEPT,
        )
        try:
            for pragma in PRAGMAS:
                await held.execute_fetchall(f"PRAGMA {pragma}")
        except BaseException:
            # A failed connection's thread would keep the process alive.
            await held.close()
            raise
        # SQLAlchemy uses the driver's own connection, in the driver's thread.
        return held, _engine(lambda: held._conn, "BEGIN IMMEDIATE")  # noqa: SLF001 - see above


class Reader:
    """The connection that reads. Its stories are short, because they block the event loop."""

    def __init__(self, address: str, watch: Watch, lock_timeout_s: float) -> None:
        self._address = address
        self._watch = watch
        self._lock_timeout_s = lock_timeout_s
        self._engine: Engine | None = None

    async def run(self, story: Callable[[Connection], T]) -> T:
        """Run a story that only reads, on one consistent snapshot.

        Raises:
            MovedAwayError: the file was replaced or is gone.
        """
        if self._engine is None:
            self._engine = _engine(self._connect, "BEGIN")
        self._watch.check()
        with self._engine.begin() as opened:
            return story(opened)

    async def close(self) -> None:
        """Close the connection."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
            self._watch.forget()

    def _connect(self) -> sqlite3.Connection:
        held = sqlite3.connect(
            self._address, uri=True, isolation_level=None, timeout=self._lock_timeout_s
        )
        try:
            for pragma in PRAGMAS:
                held.execute(f"PRAGMA {pragma}").fetchall()
        except BaseException:
            held.close()
            raise
        return held


def _engine(creator: Callable[[], Any], begin: str) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=creator,
        poolclass=StaticPool,
        # An error must not put people's words into a log.
        hide_parameters=True,
        json_serializer=as_json,
    )

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def lanes(url: str, lock_timeout_s: float) -> tuple[Writer, Reader]:
    """Return the writer and the reader of a database.

    `url`: `sqlite+aiosqlite:///path`. `lock_timeout_s`: seconds a writer waits for another
    process's lock.
    """
    file = sqlite_file(url).absolute()
    # Opening never creates the file: a deleted database must not reappear empty.
    address, watch = f"{file.as_uri()}?mode=rw", Watch(file)
    return Writer(address, watch, lock_timeout_s), Reader(address, watch, lock_timeout_s)
