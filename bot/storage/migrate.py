"""Upgrading a database to the schema that this code expects.

Revisions are four digits. Revisions of one generation (the first digit) only add: code of any of
them works with a later schema, so replicas can be updated one by one. A revision that removes
something begins the next generation, and is released when no older code runs.

An upgrade is one transaction, so it is never left half done. If several begin at the same time, one
upgrades while the others wait and find it done.

Alembic is loaded only for an upgrade or downgrade: checking the revision is one small query.
"""

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, event, inspect, text

from bot.database_url import is_sqlite, sqlite_file
from bot.storage.engines.postgresql import engine_of
from bot.storage.engines.sqlite_files import make_file
from bot.storage.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE_S = 300.0
"""Seconds SQLite waits for another process that is upgrading the same file."""
_REVISION, _NOBODYS, _ANOTHERS = re.compile("[0-9]{4}"), "none", "another"
"""Pattern of the app's revisions, and placeholders for foreign tables and for tables of `ANOTHER`."""
_LOCK = int.from_bytes(b"undersig")
"""The PostgreSQL lock that allows one upgrade at a time."""


class Schema(StrEnum):
    """A database's schema compared with this code's."""

    EMPTY = "empty"
    """There is no database, or it has no tables."""
    OLDER = "older"
    """It must be upgraded first."""
    CURRENT = "current"
    LATER = "later"
    """Of a later version, which has only added to it: this code works with it."""
    STRANGE = "strange"
    """Of a later version, which has removed something."""
    FOREIGN = "foreign"
    """Not of any version: the tables belong to another program."""
    ANOTHER = "another"
    """Of a version with another history: tables or columns of this code are missing."""


def head() -> str:
    """Return the newest revision that this code knows."""
    return max(one.name.partition("_")[0] for one in (MIGRATIONS / "versions").glob("[0-9]*.py"))


async def look(url: str) -> Schema:
    """Return how a database's schema compares with this code's."""
    noted, newest = await _revision(url), head()
    if noted is None:
        return Schema.EMPTY
    if noted == _ANOTHERS:
        return Schema.ANOTHER
    if not _REVISION.fullmatch(noted):
        return Schema.FOREIGN
    if noted == newest:
        return Schema.CURRENT
    if noted < newest:
        return Schema.OLDER
    return Schema.LATER if noted[0] == newest[0] else Schema.STRANGE


async def upgrade(url: str, revision: str = "head") -> None:
    """Upgrade to a revision, if needed. A missing SQLite file and its folder are created."""
    await _move(url, revision, up=True)


async def downgrade(url: str, revision: str) -> None:
    """Undo the migrations after a revision, and delete the data that they made room for."""
    await _move(url, revision, up=False)


async def _move(url: str, revision: str, *, up: bool) -> None:
    if is_sqlite(url):
        # The driver's own transactions do not include schema changes.
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
    # Another process, perhaps of a later version, may have upgraded while this one waited.
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
    if is_sqlite(url):
        file = sqlite_file(url)
        if not file.exists():
            return None
        sync_engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": PATIENCE_S})
        try:
            with sync_engine.connect() as connection:
                return _known(connection)
        finally:
            sync_engine.dispose()
    engine = engine_of(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_known)
    finally:
        await engine.dispose()


def _known(connection: Connection) -> str | None:
    """Return the noted revision, unless the tables cannot be of it.

    Later revisions of this generation only add, so what this code needs must be there.
    """
    noted, newest = _noted(connection), head()
    if noted is None or not _REVISION.fullmatch(noted) or noted < newest or noted[0] != newest[0]:
        return noted
    found = inspect(connection).get_multi_columns()
    columns = {(table, one["name"]) for (_, table), all_ in found.items() for one in all_}
    needed = {(one.table.name, one.name) for table in metadata.tables.values() for one in table.c}
    return noted if needed <= columns else _ANOTHERS


def _noted(connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        return _NOBODYS if tables else None
    noted = connection.execute(text("SELECT max(version_num) FROM alembic_version")).scalar()
    return noted or (_ANOTHERS if len(tables) > 1 else None)
