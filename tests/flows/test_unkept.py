"""Nobody believes to have signed when nothing was kept: the answer comes after the commit."""

import asyncio
import os

import pytest

from bot.database_url import sqlite_file
from bot.storage.database import Database
from bot.storage.engines.sqlite_files import held
from tests.flows.conftest import RunningBot
from tests.support.commands import free_port, undersigned, undersigned_running
from tests.support.databases import locked
from tests.support.letters import rows
from tests.support.people import Person, Refused
from tests.support.stories import CHANNEL, a_posted_letter

DISK_IS_FULL = """
    CREATE TRIGGER full BEFORE INSERT ON endorsements
    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
"""


async def signs_now(member: Person) -> None:
    """The yes of a form that is open goes through."""
    assert await member.submit() is None
    await member.sees("Thank you! You’ve signed.")


async def test_failing_database(running_bot: RunningBot) -> None:
    """A yes while nothing can be written is told so, and may be said again in a minute."""
    await a_posted_letter(running_bot)
    member, database = running_bot.member, running_bot.process.database
    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await run(database, DISK_IS_FULL)

    assert await member.submit() is None
    assert "Nothing was changed" in await member.text()
    assert await rows(database, "endorsements") == []
    await run(database, "DROP TRIGGER full")
    await member.close()

    await signs_now(member)
    await running_bot.organiser.sees("1 signature", channel=CHANNEL)


async def test_killed_before_the_commit(stopped_bot: RunningBot) -> None:
    """A process that dies over a yes has thanked nobody; the form is still there, and signs once."""
    bot, simulator = stopped_bot, stopped_bot.simulator
    async with bot.working():
        await a_posted_letter(bot)
    url = bot.settings.database_url
    settings = {
        "SLACK_BOT_TOKEN": simulator.bot_token,
        "SLACK_APP_TOKEN": simulator.app_token,
        "SLACK_API_URL": simulator.api_url,
        "DATABASE_URL": url,
        "PORT": str(free_port()),
        "UNDERSIGNED_CLOCK": f"{simulator.address}/_sim/clock",
    }
    member = bot.member
    async with undersigned_running("run", ready="run.ready", **settings) as process:
        await simulator.connected()
        await member.click("Sign", channel=CHANNEL)
        await member.sees_modal("Sign the letter")
        async with locked(url):
            answered = asyncio.create_task(member.submit())
            await asyncio.sleep(0.5)
            was_answered = answered.done()
            process.kill()
            await process.wait()
        with pytest.raises(Refused):
            await answered
        assert not was_answered
    await member.sees_modal("Sign the letter")
    async with Database(url) as database:
        assert await rows(database, "endorsements") == []

    async with bot.working():
        await signs_now(member)
        await bot.organiser.sees("1 signature", channel=CHANNEL)


async def run(database: Database, statement: str) -> None:
    """Changes the schema under the bot."""
    await database.write(lambda tx: tx.connection.exec_driver_sql(statement))


async def test_file_moved_away(running_bot: RunningBot) -> None:
    """Nobody is thanked while the database's file is not where it was; once it is back they are."""
    await a_posted_letter(running_bot)
    member, file = running_bot.member, sqlite_file(running_bot.settings.database_url)
    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    file.rename(file.with_name("elsewhere.db"))

    assert await member.submit() is None
    assert "Nothing was changed" in await member.text()
    file.with_name("elsewhere.db").rename(file)
    await member.close()

    await signs_now(member)
    await running_bot.organiser.sees("1 signature", channel=CHANNEL)


async def test_second_process(running_bot: RunningBot) -> None:
    """A second process on one SQLite file is refused in one line; commands go on beside the first."""
    settings = {
        "SLACK_BOT_TOKEN": running_bot.simulator.bot_token,
        "SLACK_APP_TOKEN": running_bot.simulator.app_token,
        "SLACK_SIGNING_SECRET": running_bot.simulator.signing_secret,
        "SLACK_API_URL": running_bot.simulator.api_url,
        "DATABASE_URL": running_bot.settings.database_url,
        "PORT": str(free_port()),
    }
    file = sqlite_file(running_bot.settings.database_url)
    with held(file):
        run = await undersigned("run", **settings)
        serve = await undersigned("serve", "--with-worker", **settings)
        listed = await undersigned("letters", "list", **settings)
        copied = await undersigned("backup", str(file.with_name("copy.db")), **settings)

    for second in (run, serve):
        assert second.code == 1
        assert f"Another process (number {os.getpid()}) is already using {file}" in second.err
        assert len(second.err.splitlines()) == 1
    assert (listed.code, copied.code) == (0, 0)
