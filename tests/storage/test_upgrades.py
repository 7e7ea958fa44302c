"""Code of the first release on the newest schema, and the newest code on what that wrote.

`released_*.json` is what the first release sent to a database while people started, signed, changed
and took back, and were reminded: each statement, and the values in the order in which they came.
"""

import asyncio
import json
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url

from bot.features.signing.use_cases.backfill import file_released
from bot.letters.phases import Phase
from bot.schema import migrated, prepared
from bot.settings import Settings, SettingsError
from bot.storage.database import Database
from bot.storage.migrate import MIGRATIONS, Schema, downgrade, head, look, upgrade
from tests.support.clock import START, Clock
from tests.support.commands import undersigned
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
LINES = ["TEDIC (Paraguay)", "A Member", "Another Name"]
"""What stands on the list in the end."""
_RANDOM = re.compile("[0-9a-f]{32}")


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


def _value(value: Any) -> Any:
    return datetime.fromisoformat(value["@"]) if isinstance(value, dict) else value


def _values(given: Any) -> Any:
    if given and isinstance(given[0], list):
        return [tuple(_value(one) for one in row) for row in given]
    return tuple(_value(one) for one in given)


async def play(url: str) -> list[list[str]]:
    """Does what the first release did; gives what each question was answered.

    Ids that the database drew by lot are left out of the answers, and so is the order of rows.
    """
    async with Database(url) as database:
        kind = "sqlite" if database.is_sqlite else "postgresql"
        file = Path(__file__).with_name(f"released_{kind}.json")
        recorded = json.loads(file.read_text(encoding="utf-8"))
        answers: list[list[str]] = []

        def all_of_it(connection: Any) -> None:
            for number, values in recorded["played"]:
                done = connection.exec_driver_sql(recorded["statements"][number], _values(values))
                if done.returns_rows:
                    answers.append(sorted(repr([_told(one) for one in row]) for row in done))

        await database.write(lambda tx: all_of_it(tx.connection))
    return answers


def _told(value: Any) -> Any:
    return "…" if isinstance(value, str) and _RANDOM.fullmatch(value) else value


async def _stands(url: str) -> None:
    """What the first release wrote is all there for the newest code, which goes on with it."""
    clock = Clock(START + timedelta(days=1))
    async with Database(url, clock=clock.now) as database:
        await file_released(database)
        kept = await rows(database, "signatories")
        assert all(row["sort_key"] for row in kept if row["endorsements"])
        letter = (await rows(database, "letters"))[0]["id"]
        found = await the_letter(database, letter)
        assert found.tally.total == len(LINES)
        assert await the_list(database, found) == LINES
        # A second delegate meets the organisation that was signed for then.
        second = members(9)[8]
        if found.phase_at(clock.now()) is Phase.OPEN:
            signature = for_organisation(second, found, "Tedic", "Paraguay")
            await signs(database, second, found, signature, confirms=True)
            assert (await the_letter(database, letter)).tally == found.tally


async def test_released_code_lives_on(released_url: str, other_url: str) -> None:
    """On the newest schema the first release is answered as on its own, and all of it is filed."""
    as_before = await play(released_url)
    await upgrade(other_url)

    answers = await play(other_url)

    assert answers == as_before
    await _stands(other_url)


async def test_upgraded(released_url: str) -> None:
    """What the first release wrote on its own schema is all there after the upgrade."""
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
    assert await look(released_url) is Schema.OLDER
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


async def test_killed(tmp_path: Path, postgres: PostgresServer) -> None:
    """Whenever the process of an upgrade is killed, the next one does it, and nothing is lost."""
    async with _released("sqlite", tmp_path, postgres) as url:
        await play(url)
        file, often = str(make_url(url).database), 40
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


async def test_at_the_same_time(released_url: str) -> None:
    """Of several processes that upgrade one database at once each comes to a good end."""
    async with another(released_url) as execute, asyncio.TaskGroup() as group:
        # Whoever wants to change this table waits until all of them have begun.
        await execute("BEGIN IMMEDIATE" if "sqlite" in released_url else "BEGIN")
        await execute("SELECT count(*) FROM people")
        migrations = [
            group.create_task(undersigned("migrate", DATABASE_URL=released_url)) for _ in range(3)
        ]
        await asyncio.wait(migrations, timeout=4)
        await execute("COMMIT")
    assert [one.result().err for one in migrations if one.result().code] == []
    assert await look(released_url) is Schema.CURRENT


async def test_older(released_url: str) -> None:
    """The newest code brings an older SQLite file up to date, and refuses an older PostgreSQL."""
    settings = Settings(database_url=released_url)
    assert await look(released_url) is Schema.OLDER
    if settings.is_sqlite:
        await prepared(settings)
        assert await look(released_url) is Schema.CURRENT
    else:
        with pytest.raises(SettingsError, match="undersigned migrate"):
            await prepared(settings)
        assert await look(released_url) is Schema.OLDER


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
