"""PostgreSQL: a pool of connections, each of which writes or reads."""

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
"""After how long the server ends a transaction in which nothing happens."""


class Pool:
    """Stories wait for a connection in the order in which they came.

    The pool's own queue lets a newcomer overtake who waits: at saturation some would never get one.
    """

    def __init__(self, engine: "AsyncEngine", turn: asyncio.Semaphore) -> None:
        self._engine = engine
        self._turn = turn

    async def run(self, story: Callable[[Connection], T]) -> T:
        """Run a story in a transaction of its own and commit it; an exception undoes it all."""
        async with self._turn, self._engine.begin() as connection:
            return await connection.run_sync(story)

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def pools(url: str, lock_timeout_s: float) -> tuple[Pool, Pool]:
    """Return where writers run and where readers do: the same connections.

    Args:
        url: `postgresql+asyncpg://…`.
        lock_timeout_s: How long a story waits for a lock, and, where the address does not say, for
            a connection to be made.
    """
    engine = engine_of(
        url,
        {
            "timeout": lock_timeout_s,
            "command_timeout": 30,
            "server_settings": {
                "lock_timeout": f"{lock_timeout_s * 1000:.0f}",
                # A process that stands still must not hold a letter for ever.
                "idle_in_transaction_session_timeout": f"{IDLE_S * 1000:.0f}",
            },
        },
        # An error must not quote people's words into a log.
        hide_parameters=True,
        json_serializer=as_json,
        pool_size=CONNECTIONS,
        max_overflow=0,
    )
    turn = asyncio.Semaphore(CONNECTIONS)
    # READ COMMITTED would let two statements of one reader see two different lists.
    reading = engine.execution_options(isolation_level="REPEATABLE READ")
    return Pool(engine, turn), Pool(reading, turn)


def engine_of(url: str, arguments: dict[str, Any] | None = None, **options: Any) -> "AsyncEngine":
    """Return an engine for an address, whose parameters asyncpg reads itself.

    Args:
        url: `postgresql+asyncpg://…`.
        arguments: What else to connect with; the address comes first.
        options: For SQLAlchemy.
    """
    # What a process on SQLite never needs.
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415

    address = postgres(url)
    connect = {**(arguments or {}), "dsn": address.dsn}
    if address.connect_timeout_s is not None:
        connect["timeout"] = address.connect_timeout_s
    return create_async_engine("postgresql+asyncpg://", connect_args=connect, **options)
