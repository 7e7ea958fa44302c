"""The one door to the database: a story runs inside a transaction, or not at all.

A story is a plain function of a `Transaction`: it cannot await, so no connection is ever held
across a call to Slack. `writing` and `reading` turn it into what the edges call. On SQLite one
connection writes, and others read beside it (WAL); PostgreSQL takes any number of each.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

Clock = Callable[[], datetime]
P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")

LOCK_TIMEOUT_S = 2.0
"""How long a write waits for another process's: well under the 3 s that Slack waits for us."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """One open transaction and the instant at which all of it happens."""

    connection: Connection
    now: datetime


class Database:
    """Engines for one database URL. Make one per process, inside the running loop."""

    def __init__(self, url: str, *, clock: Clock | None = None) -> None:
        """Opens nothing yet.

        Args:
            url: `sqlite+aiosqlite:///path` or `postgresql+asyncpg://…`.
            clock: Gives the present instant. Without one PostgreSQL's own clock decides, read once
                per transaction, and on SQLite the process's.
        """
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self._clock = clock
        self._wakers: list[asyncio.Event] = []
        self._batches: dict[Callable[..., Any], Batches] = {}
        if self.is_sqlite:
            self._writer = _sqlite_engine(url, begin="BEGIN IMMEDIATE", size=1)
            self._reader = _sqlite_engine(url, begin="BEGIN", size=4)
        else:
            self._writer = create_async_engine(
                url,
                pool_size=10,
                max_overflow=5,
                pool_timeout=LOCK_TIMEOUT_S,
                connect_args={"timeout": LOCK_TIMEOUT_S, "command_timeout": 30},
            )
            self._reader = self._writer

    async def __aenter__(self) -> Self:
        """The database itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Closes every connection."""
        await self.close()

    async def close(self) -> None:
        """Waits for batches under way, then closes every connection."""
        for batches in self._batches.values():
            await batches.drain()
        await self._writer.dispose()
        await self._reader.dispose()

    async def write(self, story: Callable[[Transaction], T]) -> T:
        """Runs a story in a transaction of its own and commits it; an exception undoes it all."""
        async with self._writer.begin() as connection:
            answer = await connection.run_sync(lambda sync: story(self._transaction(sync)))
        self.wake()
        return answer

    async def read(self, story: Callable[[Transaction], T]) -> T:
        """Runs a story that only reads. On SQLite it never waits for a writer."""
        async with self._reader.connect() as connection:
            return await connection.run_sync(lambda sync: story(self._transaction(sync)))

    async def together(
        self, story: Callable[[Transaction, list[Item]], list[T | Exception]], item: Item
    ) -> T:
        """Hands an item to a story that takes many at once, and gives back its own answer.

        What waits while a batch is being committed is committed together in the next one. An
        answer that is an exception is raised here.
        """
        batches = self._batches.get(story)
        if batches is None:
            batches = self._batches[story] = Batches(self, story)
        return await batches.add(item)

    def on_write(self, waker: asyncio.Event) -> None:
        """Sets the event after each commit of this process, so that a worker need not poll."""
        self._wakers.append(waker)

    def wake(self) -> None:
        """Tells those who asked that something was committed."""
        for waker in self._wakers:
            waker.set()

    def _transaction(self, connection: Connection) -> Transaction:
        if self._clock is not None:
            return Transaction(connection, self._clock())
        if self.is_sqlite:
            return Transaction(connection, datetime.now(UTC))
        now = connection.execute(text("SELECT now()")).scalar_one()
        return Transaction(connection, now.astimezone(UTC))


class Batches:
    """Group commit: one batch in flight, everything that arrives meanwhile in the next."""

    MOST = 256

    def __init__(
        self, database: Database, story: Callable[[Transaction, list[Any]], list[Any]]
    ) -> None:
        self._database = database
        self._story = story
        self._waiting: list[tuple[Any, asyncio.Future[Any]]] = []
        self._task: asyncio.Task[None] | None = None

    async def add(self, item: Any) -> Any:
        """Waits until the item's batch is committed and gives its answer, or raises it."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        # Shielded: a caller that goes away must not undo what others wait for.
        return await asyncio.shield(future)

    async def drain(self) -> None:
        """Waits until nothing is under way."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[: self.MOST], self._waiting[self.MOST :]
            answers = await self._commit([item for item, _ in batch])
            for (_, future), answer in zip(batch, answers, strict=True):
                if future.done():
                    continue
                if isinstance(answer, BaseException):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)

    async def _commit(self, items: list[Any]) -> list[Any]:
        try:
            return await self._database.write(lambda transaction: self._story(transaction, items))
        except Exception as error:  # noqa: BLE001 - it becomes the answer of the item it concerns
            if len(items) == 1:
                return [error]
        # One bad item must not fail its neighbours: each is tried again alone.
        return [(await self._commit([item]))[0] for item in items]


def writing(
    story: Callable[Concatenate[Transaction, P], T],
) -> Callable[Concatenate[Database, P], Awaitable[T]]:
    """Makes a story callable with a database: it runs in one transaction and is committed."""

    @wraps(story)
    async def call(database: Database, *args: P.args, **kwargs: P.kwargs) -> T:
        return await database.write(lambda transaction: story(transaction, *args, **kwargs))

    return call


def reading(
    story: Callable[Concatenate[Transaction, P], T],
) -> Callable[Concatenate[Database, P], Awaitable[T]]:
    """Makes a story that only reads callable with a database."""

    @wraps(story)
    async def call(database: Database, *args: P.args, **kwargs: P.kwargs) -> T:
        return await database.read(lambda transaction: story(transaction, *args, **kwargs))

    return call


def _sqlite_engine(url: str, *, begin: str, size: int) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=LOCK_TIMEOUT_S,
        connect_args={"timeout": LOCK_TIMEOUT_S},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _: Any) -> None:
        # The driver's own transactions begin late and lose updates; SQLAlchemy's begin is used.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
