"""Replacement while people sign: of the SQLite file, and of replicas by a later version's."""

import asyncio
import os
import shutil
import sys
from pathlib import Path

import aiohttp

from bot.database_url import sqlite_file
from bot.storage.migrate import Schema, head, look
from tests.flows.conftest import RunningBot
from tests.flows.operators.test_processes import LETTER, settings_for, sign_and_count
from tests.support.commands import (
    environment,
    free_port,
    undersigned,
    undersigned_running,
    undersigned_started,
)
from tests.support.people import Person
from tests.support.shared import ROOT
from tests.support.stories import CHANNEL, sign_as_oneself

LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{revision}", "{before}"


def upgrade() -> None:
    op.add_column("letters", sa.Column("mood", sa.String(20), nullable=False, server_default=""))
    op.create_table("moods", sa.Column("name", sa.String(20), primary_key=True))
"""
"""A migration of a version that is still to come, which only adds."""


async def signs(person: Person, count: int) -> None:
    await sign_as_oneself(person)
    await person.sees(f"{count} signatures", channel=CHANNEL, within=20)


async def test_file(stopped_bot: RunningBot) -> None:
    """Once another file has its name, nobody is thanked; the next process goes on with that file."""
    simulator, health = stopped_bot.simulator, free_port()
    settings = settings_for(simulator, stopped_bot.settings.database_url, free_port())
    settings["HEALTH_PORT"] = str(health)
    file = sqlite_file(settings["DATABASE_URL"])
    await simulator.clock(advance=0)
    async with undersigned_running("run", ready="run.ready", **settings):
        await sign_and_count(simulator, settings, LETTER)
        copy = file.with_name("copy.db")
        assert (await undersigned("backup", str(copy), **settings)).code == 0
        copy.replace(file)

        await stopped_bot.another.click("Sign", channel=CHANNEL)
        shown = await stopped_bot.another.sees_modal("Undersigned")
        assert "Nothing was changed" in str(shown)
        await stopped_bot.another.close()
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{health}/readyz") as answer,
        ):
            assert (answer.status, (await answer.json())["database"]) == (503, "MovedAwayError")
    async with undersigned_running("run", ready="run.ready", **settings):
        await signs(stopped_bot.another, 2)


def a_later_version(folder: Path) -> dict[str, str]:
    """Make a later version of the bot, with one migration more; return the environment that runs it."""
    shutil.copytree(ROOT / "bot", folder / "bot", copy_function=os.symlink)
    revision = f"{int(head()) + 1:04}"
    file = folder / "bot" / "storage" / "migrations" / "versions" / f"{revision}_moods.py"
    file.write_text(LATER.format(revision=revision, before=head()))
    return {"PYTHONPATH": str(folder)}


async def test_versions(stopped_bot: RunningBot, postgres_empty_url: str, tmp_path: Path) -> None:
    """Old replicas go on through the migration of a later version, and beside its replicas."""
    simulator = stopped_bot.simulator
    old = settings_for(simulator, postgres_empty_url, free_port())
    new = old | a_later_version(tmp_path)
    assert (await undersigned("migrate", **old)).code == 0
    await simulator.clock(advance=0)
    async with undersigned_running("run", ready="run.ready", **old):
        await sign_and_count(simulator, old, LETTER)
        migrate = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "migrate", cwd=tmp_path, env=environment(**new)
        )
        assert await migrate.wait() == 0
        assert await look(postgres_empty_url) is Schema.LATER
        await signs(stopped_bot.another, 2)
        async with undersigned_started("run", ready="run.ready", **new):
            await simulator.connected(connections=4)
            await signs(stopped_bot.third, 3)
    async with undersigned_started("run", ready="run.ready", **new):
        await signs(stopped_bot.fourth, 4)
    # And back.
    async with undersigned_running("run", ready="run.ready", **old):
        await signs(stopped_bot.guest, 5)
