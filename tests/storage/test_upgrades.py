"""Code of the first release on the newest schema, and the newest code on what that wrote.

`released_*.json` is what that release said to a database (`tests/storage/recording.py`). While nothing
is released it is recorded again whenever the schema changes, by `make record-release`.
"""

import asyncio
import random
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.letters.phases import Phase
from bot.schema import migrated, prepared
from bot.settings import Settings, SettingsError
from bot.storage.database import Database
from bot.storage.migrate import MIGRATIONS, Schema, downgrade, head, look, upgrade
from tests.storage.recording import LISTED, RANDOM_ID, played
from tests.support.clock import START, Clock
from tests.support.commands import undersigned, undersigned_killed
from tests.support.databases import PostgresServer, another
from tests.support.databases import sqlite_url as url_of
from tests.support.letters import (
    for_organisation,
    members,
    rows,
    signs,
    the_letter,
    the_list,
)

RELEASED = "0001"
"""The revision of the first release. Until then it is the only one."""
EARLIER = RELEASED if head() > RELEASED else "base"
"""The revision that an upgrade begins from: with a single revision, an empty database."""


@asynccontextmanager
async def _released(kind: str, folder: Path, postgres: PostgresServer) -> AsyncGenerator[str]:
    if kind == "sqlite":
        url = url_of(folder / "released.sqlite3")
        await upgrade(url, RELEASED)
        yield url
        return
    async with postgres.fresh("template0") as url:
        await upgrade(url, RELEASED)
        yield url


@pytest.fixture(params=["sqlite", "postgresql"], name="kind")
def _kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(name="released_url")
async def _released_url(kind: str, tmp_path: Path, postgres: PostgresServer) -> AsyncGenerator[str]:
    """A database that the first release has made, with nothing in it."""
    async with _released(kind, tmp_path, postgres) as url:
        yield url


@pytest.fixture(name="other_url")
async def _other_url(kind: str, tmp_path: Path, postgres: PostgresServer) -> AsyncGenerator[str]:
    """Another one of the same kind."""
    (tmp_path / "other").mkdir()
    async with _released(kind, tmp_path / "other", postgres) as url:
        yield url


async def play(url: str) -> list[list[str]]:
    """Say what the first release said; return what each question was answered.

    Ids that the database drew by lot are left out of the answers, and so is the order of rows.
    """
    async with Database(url) as database:
        answers: list[list[str]] = []

        def all_of_it(connection: Connection) -> None:
            for statement, values in played(database):
                done = connection.exec_driver_sql(statement, values)
                if done.returns_rows:
                    answers.append(sorted(repr([_told(one) for one in row]) for row in done))

        await database.write(lambda tx: all_of_it(tx.connection))
    return answers


def _told(value: Any) -> Any:
    return "…" if isinstance(value, str) and RANDOM_ID.fullmatch(value) else value


@pytest.fixture(name="earlier_url")
async def _earlier_url(released_url: str) -> str:
    """A database at an earlier revision, with what the first release wrote where it has tables."""
    if EARLIER == RELEASED:
        await play(released_url)
    else:
        await downgrade(released_url, EARLIER)
    return released_url


async def _stands(url: str) -> None:
    """Check that the newest code finds all rows of the first release, and goes on with them."""
    clock = Clock(START + timedelta(days=1))
    async with Database(url, clock=clock.now) as database:
        letter = (await rows(database, "letters"))[0]["id"]
        found = await the_letter(database, letter)
        assert found.tally.total == len(LISTED)
        assert await the_list(database, found) == LISTED
        # A second delegate meets the organisation that was signed for then.
        second = members(9)[8]
        if found.phase_at(clock.now()) is Phase.OPEN:
            signature = for_organisation(second, found, "Tedic", "Paraguay")
            # A key that the recording has not used.
            await signs(
                database, second, found, signature, trigger="after the release", confirms=True
            )
            assert (await the_letter(database, letter)).tally == found.tally


async def test_released_code_lives_on(released_url: str, other_url: str) -> None:
    """On the newest schema the first release is answered as on its own."""
    as_before = await play(released_url)
    await upgrade(other_url)

    answers = await play(other_url)

    assert answers == as_before
    await _stands(other_url)


async def test_upgraded(released_url: str) -> None:
    """The first release's rows on its own schema are all there after the upgrade."""
    await play(released_url)
    await upgrade(released_url)

    await _stands(released_url)


async def test_there_and_back(released_url: str) -> None:
    """Down to the first schema and up again, every row that the first release knows is as it was."""
    await play(released_url)
    before = await _all_rows(released_url)
    await upgrade(released_url)
    await downgrade(released_url, RELEASED)
    assert await _all_rows(released_url) == before
    # The first release goes on from there.
    await upgrade(released_url)
    await _stands(released_url)
    await downgrade(released_url, "base")
    assert await look(released_url) is Schema.EMPTY
    await upgrade(released_url)
    assert await look(released_url) is Schema.CURRENT


async def _all_rows(url: str) -> dict[str, list[Any]]:
    async with Database(url) as database:

        def everything(connection: Connection) -> dict[str, list[Any]]:
            found: dict[str, list[Any]] = {}
            for table in sorted(inspect(connection).get_table_names()):
                if table != "alembic_version":
                    columns = sorted(one["name"] for one in inspect(connection).get_columns(table))
                    names = ", ".join(f'"{name}"' for name in columns)
                    rows_ = connection.execute(text(f"SELECT {names} FROM {table}"))  # noqa: S608 - our own names
                    found[table] = sorted(repr(tuple(row)) for row in rows_)
            return found

        return await database.read(lambda tx: everything(tx.connection))


async def test_killed(tmp_path: Path) -> None:
    """An upgrade killed at any moment is done by the next process, and nothing is lost."""
    file, often = tmp_path / "killed.sqlite3", 40
    url = url_of(file)
    await upgrade(url, RELEASED)
    if EARLIER == RELEASED:
        await play(url)
    else:
        await downgrade(url, EARLIER)
    ran = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.storage.upgrading", file, str(often), stdout=PIPE
    )
    said, _ = await ran.communicate()
    assert int(said) > often // 4
    await upgrade(url)
    whole = await _all_rows(url)
    for number in range(1, often + 1):
        left = url_of(Path(f"{file}.{number}"))
        await upgrade(left)
        assert await look(left) is Schema.CURRENT
        assert await _all_rows(left) == whole


async def test_killed_on_postgresql(postgres: PostgresServer) -> None:
    """On PostgreSQL, an upgrade that is killed has done nothing, and the next one does it."""
    for _ in range(3):
        async with postgres.fresh("template0") as url:
            await undersigned_killed(random.uniform(0, 1), "migrate", DATABASE_URL=url)
            assert await look(url) in {Schema.EMPTY, Schema.CURRENT}
            assert (await undersigned("migrate", DATABASE_URL=url)).code == 0
            assert await look(url) is Schema.CURRENT


async def test_at_the_same_time(earlier_url: str) -> None:
    """Several processes that upgrade one database at the same time each come to a good end."""
    async with another(earlier_url) as execute, asyncio.TaskGroup() as group:
        # None may touch this table until all of them have begun.
        await execute("BEGIN IMMEDIATE" if "sqlite" in earlier_url else "BEGIN")
        await execute("UPDATE alembic_version SET version_num = version_num")
        if "sqlite" not in earlier_url:
            await execute("LOCK TABLE alembic_version IN EXCLUSIVE MODE")
        migrations = [
            group.create_task(undersigned("migrate", DATABASE_URL=earlier_url)) for _ in range(3)
        ]
        await asyncio.wait(migrations, timeout=4)
        await execute("COMMIT")
    assert [one.result().err for one in migrations if one.result().code] == []
    assert await look(earlier_url) is Schema.CURRENT


async def test_older(earlier_url: str) -> None:
    """The newest code brings an older SQLite file up to date, and refuses an older PostgreSQL."""
    settings = Settings(database_url=earlier_url)
    earlier = await look(earlier_url)
    assert earlier is (Schema.OLDER if EARLIER == RELEASED else Schema.EMPTY)
    if settings.is_sqlite:
        await prepared(settings, creates=True)
        assert await look(earlier_url) is Schema.CURRENT
    else:
        with pytest.raises(SettingsError, match="undersigned migrate"):
            await prepared(settings)
        assert await look(earlier_url) is earlier


async def test_later(released_url: str) -> None:
    """Code lives with a schema that a later version has added to, and with none that took away."""
    settings = Settings(database_url=released_url)
    await upgrade(released_url)
    for revision, lives in (("0999", True), ("1000", False)):
        async with Database(released_url) as database:
            await database.write(
                lambda tx, revision=revision: (
                    tx.connection.execute(
                        text("UPDATE alembic_version SET version_num = :new"), {"new": revision}
                    ).rowcount
                )
            )
        if lives:
            await prepared(settings)
            await migrated(settings)
        else:
            with pytest.raises(SettingsError, match="a later version"):
                await prepared(settings)
            with pytest.raises(SettingsError, match="a later version"):
                await migrated(settings)


def test_head() -> None:
    """The newest revision is read from the names of the files; Alembic sees the same one."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == head()
