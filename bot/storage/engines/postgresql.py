"""A pool of PostgreSQL connections, for writing or reading."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

from bot.database_url import postgres
from bot.storage.tables.columns import as_json

T = TypeVar("T")

CONNECTIONS = 10
IDLE_S = 10.0
"""Seconds after which the server ends an idle transaction."""


class Pool:
    """A pool that serves waiting stories in order of arrival.

    SQLAlchemy's own queue lets newcomers overtake, so that under load some would never be served.
    """

    def __init__(self, engine: "AsyncEngine", turn: asyncio.Semaphore) -> None:
        self._engine = engine
        self._turn = turn

    async def run(self, story: Callable[[Connection], T]) -> T:
        """Run a story in its own transaction and commit it; an exception rolls it back."""
        async with self._turn, self._engine.begin() as connection:
            return await connection.run_sync(story)

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def pools(url: str, lock_timeout_s: float) -> tuple[Pool, Pool]:
    """Return the pools for writers and for readers: both use the same connections.

    `url`: `postgresql+asyncpg://…`. `lock_timeout_s`: seconds a story waits for a lock, and, unless
    the address says otherwise, for a connection to open.
    """
    engine = engine_of(
        url,
        {
            "timeout": lock_timeout_s,
            "command_timeout": 30,
            "server_settings": {
                "lock_timeout": f"{lock_timeout_s * 1000:.0f}",
                # A process that hangs must not lock a letter for ever.
                "idle_in_transaction_session_timeout": f"{IDLE_S * 1000:.0f}",
            },
        },
        # An error must not put people's words into a log.
        hide_parameters=True,
        json_serializer=as_json,
        pool_size=CONNECTIONS,
        max_overflow=0,
    )
    turn = asyncio.Semaphore(CONNECTIONS)
    # With READ COMMITTED two statements of one reader could see different lists.
    reading = engine.execution_options(isolation_level="REPEATABLE READ")
    return Pool(engine, turn), Pool(reading, turn)


def engine_of(url: str, arguments: dict[str, Any] | None = None, **options: Any) -> "AsyncEngine":
    """Return an engine for an address; asyncpg reads the parameters in the address itself.

    Args:
        url: `postgresql+asyncpg://…`.
        arguments: Further arguments for the connection; the address overrides them.
        options: SQLAlchemy's options.
    """
    # A process on SQLite never needs this import.
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415

    address = postgres(url)
    connect = {**(arguments or {}), "dsn": address.dsn}
    if address.connect_timeout_s is not None:
        connect["timeout"] = address.connect_timeout_s
    return create_async_engine("postgresql+asyncpg://", connect_args=connect, **options)
