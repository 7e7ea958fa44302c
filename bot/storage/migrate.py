"""Bringing a database to the schema that this code expects.

Revisions are four digits. Those of one generation, the first digit, only add: code of any of them
can live with a schema of a later one, so that replicas are renewed one by one while others go on.
What takes something away begins the next generation, and is released when no such code runs.

A move is one transaction: it happens whole or not at all, whenever its process dies. Of several that
begin at the same time one moves, and the others wait and find that it is done.

Alembic is loaded only where something is to be done: looking is one small question.
"""

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, event, inspect, text

from bot.database_url import is_sqlite, sqlite_file
from bot.storage.engines.postgresql import engine_of
from bot.storage.sqlite_files import make_file

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE_S = 300.0
"""Seconds SQLite waits for another process that is upgrading the same file."""
_REVISION, _NOBODYS = re.compile("[0-9]{4}"), "none"
"""Pattern of our revisions, and a stand-in for that of a database with other tables."""
_LOCK = int.from_bytes(b"undersig")
"""The PostgreSQL lock that allows one upgrade at a time."""


class Schema(StrEnum):
    """A database's schema compared with this code's."""

    EMPTY = "empty"
    """There is no database, or nothing in it."""
    OLDER = "older"
    """It must be brought up to date first."""
    CURRENT = "current"
    LATER = "later"
    """Of a later version, which has only added to it: this code can live with it."""
    STRANGE = "strange"
    """Of a later version that took something away."""
    FOREIGN = "foreign"
    """Not of any version: these are the tables of something else."""


def head() -> str:
    """The newest revision that this code knows."""
    return max(one.name.partition("_")[0] for one in (MIGRATIONS / "versions").glob("[0-9]*.py"))


async def look(url: str) -> Schema:
    """Return how a database's schema compares with this code's."""
    noted, newest = await _revision(url), head()
    if noted is None:
        return Schema.EMPTY
    if not _REVISION.fullmatch(noted):
        return Schema.FOREIGN
    if noted == newest:
        return Schema.CURRENT
    if noted < newest:
        return Schema.OLDER
    return Schema.LATER if noted[0] == newest[0] else Schema.STRANGE


async def upgrade(url: str, revision: str = "head") -> None:
    """Run every migration up to a revision. Safe to run again; make SQLite's folder."""
    await _move(url, revision, up=True)


async def downgrade(url: str, revision: str) -> None:
    """Take away what came after a revision, with all that was kept in it."""
    await _move(url, revision, up=False)


async def _move(url: str, revision: str, *, up: bool) -> None:
    if is_sqlite(url):
        # The driver's own transactions leave out what changes a schema.
        from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415

        make_file(sqlite_file(url))
        engine = create_async_engine(
            url, connect_args={"isolation_level": None, "timeout": PATIENCE_S}
        )
        alone = "BEGIN IMMEDIATE"
    else:
        engine = engine_of(url)
        alone = f"SELECT pg_advisory_xact_lock({_LOCK})"

    def _begin(begun: Connection) -> None:
        begun.exec_driver_sql(alone)

    event.listen(engine.sync_engine, "begin", _begin)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_moved, revision, up=up)
    finally:
        await engine.dispose()


def _moved(connection: Connection, revision: str, *, up: bool) -> None:
    from alembic import command  # noqa: PLC0415

    if not up:
        command.downgrade(_config(connection), revision)
        return
    # Another process may have done it while this one waited, also one of a later version.
    noted, wanted = _noted(connection), head() if revision == "head" else revision
    if noted is None or noted < wanted:
        command.upgrade(_config(connection), revision)


def _config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


async def _revision(url: str) -> str | None:
    """Return the revision that a database is at; None for an empty one."""
    if is_sqlite(url):
        file = sqlite_file(url)
        if not file.exists():
            return None
        sync_engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": PATIENCE_S})
        try:
            with sync_engine.connect() as connection:
                return _noted(connection)
        finally:
            sync_engine.dispose()
    engine = engine_of(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_noted)
    finally:
        await engine.dispose()


def _noted(connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        return _NOBODYS if tables else None
    return connection.execute(text("SELECT max(version_num) FROM alembic_version")).scalar()
