"""Access to the database through functions that run in a transaction, called stories.

A story is a plain function of a `Transaction`: it cannot await, so no connection stays open during
a call to Slack. `writing` and `reading` make it callable with a database. SQLite has one connection
that writes and others that read (WAL); PostgreSQL has any number of each.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar
from weakref import WeakValueDictionary

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from bot.database_url import is_sqlite, sqlite_file
from bot.storage.engines.group_commit import Batches
from bot.storage.engines.postgresql import pools
from bot.storage.engines.sqlite import Writer, lanes
from bot.storage.privacy.erasure_list import ErasureList, erasures_beside

log = structlog.get_logger()

Clock = Callable[[], datetime]
P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")

LOCK_TIMEOUT_S = 2.0
"""Seconds a write waits for another process's lock: well under the 3 s that Slack waits."""
CLOSE_S, LAST_S = 3.0, 1.0
"""Seconds that closing waits for running transactions, and then for their cancellation."""


class InDoubt(Exception):  # noqa: N818 - that is what it is, not an error
    """An uncertain commit: the connection was lost, and the change may or may not be saved.

    Repeating the same trigger is safe: it takes effect only once.
    """


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open transaction with its current time, the same throughout."""

    connection: Connection
    now: datetime
    clock: str = "process"
    """The clock used: "postgresql", "process", or "given" (by a test)."""

    @property
    def execute(self):
        """Run a statement, with values if it has parameters, and return its result."""
        return self.connection.execute


class Database:
    """Engines for one database URL. Make one per process, inside the running loop."""

    def __init__(
        self, url: str, *, clock: Clock | None = None, erasures: Path | None = None
    ) -> None:
        """Open no connection yet.

        Args:
            url: `sqlite+aiosqlite:///path` or `postgresql+asyncpg://…`.
            clock: Returns the current time. By default it is PostgreSQL's clock, read once per
                transaction, and on SQLite the process's.
            erasures: The file of the erasure list; by default beside the database's file on SQLite,
                and none on PostgreSQL.
        """
        self.is_sqlite = is_sqlite(url)
        self._url = url
        self._clock = clock
        self._wakers: list[asyncio.Event] = []
        # Running batches are referenced by their own task.
        self._batches = WeakValueDictionary[tuple[Callable[..., Any], Hashable], Batches]()
        self._under_way: set[asyncio.Task[Any]] = set()
        open_sides = lanes if self.is_sqlite else pools
        self._writers, self._readers = open_sides(url, LOCK_TIMEOUT_S)
        if erasures is None and self.is_sqlite:
            erasures = erasures_beside(sqlite_file(url))
        self.erasures = None if erasures is None else ErasureList(erasures)
        self._to_scrub = self.is_sqlite

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Wait at most 3 s for running transactions, then close every connection."""
        try:
            async with asyncio.timeout(CLOSE_S):
                for batches in list(self._batches.values()):
                    await batches.drain()
                if self._under_way:
                    await asyncio.wait(self._under_way)
        except TimeoutError:
            late = set(self._under_way)
            log.warning("database.not_done", how_many=len(late))
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=LAST_S)
        await self._writers.close()
        await self._readers.close()

    async def write(self, story: Callable[[Transaction], T]) -> T:
        """Run a story in its own transaction and commit it; an exception rolls it back.

        The story is completed even if the caller is cancelled.

        Raises:
            InDoubt: the database did not confirm the commit.
        """
        decided = False

        def whole(sync: Connection) -> T:
            nonlocal decided
            answer = story(self._transaction(sync))
            decided = True
            return answer

        async def run() -> T:
            try:
                answer = await self._writers.run(whole)
            except (DBAPIError, OSError) as error:
                if decided and not isinstance(error, IntegrityError):
                    raise InDoubt from error
                raise
            self.wake()
            return answer

        return await self._unbroken(run())

    async def read(self, story: Callable[[Transaction], T]) -> T:
        """Run a story that only reads, on one consistent snapshot.

        On SQLite it never waits for a writer.
        """
        return await self._unbroken(self._readers.run(lambda sync: story(self._transaction(sync))))

    async def read_aside(self, story: Callable[[Transaction], T]) -> T:
        """Run a story that reads a whole list, in its own thread, event loop and connection.

        The main event loop stays responsive. Opening a connection costs about 20 ms more than
        `read`.
        """
        return await self._aside(lambda own: own.read(story))

    async def write_aside(self, story: Callable[[Transaction], T]) -> T:
        """Run a story that writes a whole list and commit it; the event loop stays responsive.

        On SQLite all writes have their own thread anyway.

        Raises:
            InDoubt: the database did not confirm the commit.
        """
        if self.is_sqlite:
            return await self.write(story)

        answer = await self._aside(lambda own: own.write(story))
        self.wake()
        return answer

    async def _aside(self, work: Callable[["Database"], Awaitable[T]]) -> T:
        async def alone() -> T:
            async with Database(self._url, clock=self._clock) as own:
                return await work(own)

        return await self._unbroken(asyncio.to_thread(lambda: asyncio.run(alone())))

    async def together(
        self,
        story: Callable[[Transaction, list[Item]], list[T | Exception]],
        item: Item,
        *,
        about: Hashable = None,
    ) -> T:
        """Run a story for many items in one transaction; return the answer to this item.

        Items that arrive while a batch is being committed form the next batch. An exception among
        the answers is raised for its item. If the database itself fails, the whole batch fails.

        `story`: handles a batch of items. `about`: the object that the story locks. On PostgreSQL,
        batches about different objects run in parallel; on SQLite, with one writer, all items share
        a batch.
        """
        key = (story, None if self.is_sqlite else about)
        batches = self._batches.get(key)
        if batches is None:
            batches = self._batches[key] = Batches(
                lambda items: self.write(lambda transaction: story(transaction, items)),
                _concerns_one,
            )
        return await batches.add(item)

    async def scrub(self) -> None:
        """Purge erased data from SQLite's write-ahead log, or from PostgreSQL's statistics.

        If another process prevents it, call `scrub_again` until it is done.
        """
        self._to_scrub = True
        await self.scrub_again()

    async def scrub_again(self) -> bool:
        """Finish scrubbing, also for an earlier process; return whether it is done."""
        if self._to_scrub and isinstance(self._writers, Writer):
            self._to_scrub = not await self._writers.empty_log()
        elif self._to_scrub:
            try:
                # Statistics hold samples of rows, including deleted ones.
                await self._writers.run(lambda sync: sync.execute(text("ANALYZE")))
                self._to_scrub = False
            except DBAPIError as error:
                log.info("database.not_scrubbed", error=type(error).__name__)
        return not self._to_scrub

    def on_write(self, waker: asyncio.Event) -> None:
        """Set the event after each commit of this process, so that a worker need not poll."""
        self._wakers.append(waker)

    def wake(self) -> None:
        """Set the events registered with `on_write`."""
        for waker in self._wakers:
            waker.set()

    async def _unbroken(self, running: Coroutine[Any, Any, T]) -> T:
        # A statement cancelled half way leaves SQLite's one writer locked until the driver's thread
        # notices, and the next story would time out.
        task = asyncio.create_task(running)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)

    def _transaction(self, connection: Connection) -> Transaction:
        if self._clock is not None:
            return Transaction(connection, self._clock(), "given")
        if self.is_sqlite:
            return Transaction(connection, datetime.now(UTC))
        now = connection.execute(text("SELECT now()")).scalar_one()
        return Transaction(connection, now.astimezone(UTC), "postgresql")


def _concerns_one(error: Exception) -> bool:
    """Return whether an error may be caused by one item of a batch, and not by the database."""
    if isinstance(error, IntegrityError | DataError):
        return True
    if isinstance(error, DBAPIError):
        # PostgreSQL's error classes for invalid data and for violated constraints.
        return str(getattr(error.orig, "sqlstate", None) or "")[:2] in {"22", "23"}
    return not isinstance(error, InDoubt | NoConnectionError | OSError)


def is_away(error: Exception) -> bool:
    """Return whether the database is unreachable, so that further calls would fail too."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated
    return isinstance(error, InDoubt | NoConnectionError | OSError)


def _called(
    run: Callable[[Database, Callable[[Transaction], Any]], Awaitable[Any]],
) -> Callable[
    [Callable[Concatenate[Transaction, P], T]], Callable[Concatenate[Database, P], Awaitable[T]]
]:
    def decorate(
        story: Callable[Concatenate[Transaction, P], T],
    ) -> Callable[Concatenate[Database, P], Awaitable[T]]:
        @wraps(story)
        async def call(database: Database, *args: P.args, **kwargs: P.kwargs) -> T:
            return await run(database, lambda transaction: story(transaction, *args, **kwargs))

        return call

    return decorate


writing = _called(Database.write)
"""Makes a story callable with a database: it runs in one transaction and is committed."""
writing_aside = _called(Database.write_aside)
"""Like `writing`, for a story that writes a whole list: it does not block the event loop."""
reading = _called(Database.read)
"""Makes a story that only reads callable with a database."""
reading_aside = _called(Database.read_aside)
"""Like `reading`, for a story that reads a whole list: it does not block the event loop."""
