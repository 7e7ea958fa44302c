"""SQLite as a database server would be: one connection that writes, one that reads beside it.

A writing story runs whole in the thread that aiosqlite gives its connection: one hop into the
thread, where awaiting each statement would be one hop each; the loop goes on while the disk syncs.
A reading story runs on the loop itself: with the write-ahead log it waits for nobody, and a look at
a few rows costs less than handing the interpreter to a thread and back (a Sign over HTTP at 128 at
once: 2.1 times as many a second).
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
from bot.storage.sqlite_files import MovedAwayError
from bot.storage.tables.columns import as_json

T = TypeVar("T")

STATEMENTS_KEPT = 512
"""Statements kept prepared: `prepared` keeps some for each number of rows."""
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
"""Settings of each connection. Deleted bytes are overwritten: no erased name stays in the file."""


class Watch:
    """The names of a database's files, and what each meant when it was first looked at.

    A file that was moved away, deleted or replaced under a running process goes on taking what is
    written into it, and nobody will ever find it there. The names are therefore compared with what
    they meant when they were opened, before each transaction and after each commit.
    """

    def __init__(self, file: Path) -> None:
        """Look at nothing yet."""
        self._names = (str(file), f"{file}-wal")
        self._known: list[tuple[int, int] | None] = [None, None]

    def check(self) -> None:
        """Compare what the names mean with what they meant; the first time, note it.

        Raises:
            MovedAwayError: a name means something else, or nothing.
        """
        for number, name in enumerate(self._names):
            known, found = self._known[number], _identity(name)
            # Without its file there is no database; its log comes with the first transaction.
            gone = number == 0 and found is None
            if gone or (known is not None and found != known):
                raise MovedAwayError(
                    errno.ESTALE, "the database was moved away, deleted or replaced while in use"
                )
            self._known[number] = found

    def forget(self) -> None:
        """Forget what the names meant: the connections are closed, and SQLite has tidied up."""
        self._known = [None, None]


def _identity(name: str) -> tuple[int, int] | None:
    # Never opened and closed: that would end SQLite's own locks in this process.
    try:
        found = os.stat(name)  # noqa: PTH116 - once per transaction, and a Path costs twice as much
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


class Writer:
    """The connection that writes, and stories that wait for it in the order in which they came."""

    def __init__(self, address: str, watch: Watch, lock_timeout_s: float) -> None:
        self._address = address
        self._watch = watch
        self._lock_timeout_s = lock_timeout_s
        self._turn = asyncio.Lock()
        self._held: tuple[aiosqlite.Connection, Engine] | None = None

    async def run(self, story: Callable[[Connection], T]) -> T:
        """Run a story in a transaction of its own and commit it; an exception undoes it all.

        Raises:
            MovedAwayError: the file is not the one that was opened, before the story or after its
                commit.
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
                # Nobody is thanked for what went into a file that nobody will find.
                self._watch.check()
                return answer

            # aiosqlite has no public way to run more than a statement in its thread.
            return await connection._execute(whole)  # noqa: SLF001  # pyright: ignore[reportUnknownMemberType] - see above

    async def empty_log(self) -> bool:
        """Move the whole write-ahead log into the file and cut it to nothing; say whether that worked.

        It does not while somebody reads or writes beside this process.
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
        # The driver's own transactions begin late and lose updates; ours begin as we say.
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
            # Its thread would outlive us.
            await held.close()
            raise
        # SQLAlchemy speaks with the driver's own connection, in its thread.
        return held, _engine(lambda: held._conn, "BEGIN IMMEDIATE")  # noqa: SLF001 - see above


class Reader:
    """The connection that reads. Its stories are short: the loop stands still for them."""

    def __init__(self, address: str, watch: Watch, lock_timeout_s: float) -> None:
        self._address = address
        self._watch = watch
        self._lock_timeout_s = lock_timeout_s
        self._engine: Engine | None = None

    async def run(self, story: Callable[[Connection], T]) -> T:
        """Run a story that only reads, all of it as of one instant.

        Raises:
            MovedAwayError: the file is not the one that was opened.
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
        # An error must not quote people's words into a log.
        hide_parameters=True,
        json_serializer=as_json,
    )

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def lanes(url: str, lock_timeout_s: float) -> tuple[Writer, Reader]:
    """Return where writers run, and where readers do.

    Args:
        url: `sqlite+aiosqlite:///path`.
        lock_timeout_s: How long a writer waits for another process's.
    """
    file = sqlite_file(url).absolute()
    # Never made by being opened: a file that is gone must not come back empty.
    address, watch = f"{file.as_uri()}?mode=rw", Watch(file)
    return Writer(address, watch, lock_timeout_s), Reader(address, watch, lock_timeout_s)
