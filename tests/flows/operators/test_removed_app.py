"""The app is removed from the workspace, as Slack tells it over both of its transports."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from socket import create_server
from time import time

import pytest
from structlog.testing import capture_logs

from bot.features.privacy.slack.personal import settle
from bot.features.privacy.use_cases.expiry import KEPT_AFTER
from bot.settings import SettingsError
from bot.slack.payloads import Event
from bot.slack.receiver import Receiver
from bot.web.app import SLACK_PATH
from bot.web.server import listening
from bot.wiring import connected
from tests.flows.conftest import START, RunningBot
from tests.support.letters import rows
from tests.support.machine.traces import tables_with
from tests.support.stories import a_posted_letter, sign_as_oneself

REMOVED, REVOKED = "app_uninstalled", "tokens_revoked"


@asynccontextmanager
async def _over(transport: str, bot: RunningBot) -> AsyncGenerator[None]:
    """Have the bot hear of Slack over a transport."""
    if transport == "socket":
        async with bot.working():
            yield
        return
    bound = create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{bound.getsockname()[1]}{SLACK_PATH}"
    await bot.simulator.reset(
        seed="demo", transport="http", request_url=url, limits=False, now=START
    )
    async with connected(bot.settings, clock=lambda: bot.now) as process:
        bot.process = process
        worker = process.worker()
        task = asyncio.create_task(worker.run())
        # The local Slack signs by the machine's clock.
        receiver = Receiver(process.app, bot.simulator.signing_secret, time)
        async with listening(receiver, bound):
            yield
        await worker.stop()
        await task


async def _gone(bot: RunningBot) -> list[bool]:
    return [row["gone_at"] is not None for row in await rows(bot.process.database, "workspaces")]


@pytest.mark.parametrize(
    ("transport", "events"),
    [("socket", (REMOVED, REVOKED)), ("http", (REVOKED, REMOVED))],
)
async def test_removed(stopped_bot: RunningBot, transport: str, events: tuple[str, str]) -> None:
    """Everything stops right away and the operator is told; after 14 days all of it is gone."""
    async with _over(transport, stopped_bot):
        await a_posted_letter(stopped_bot)
        await sign_as_oneself(stopped_bot.member, name="Zelda Quill")
        process, simulator = stopped_bot.process, stopped_bot.simulator
        workspace = process.bot.workspace
        with capture_logs() as logged:
            await simulator.uninstall(events[0])
            assert await _gone(stopped_bot) == [True]
            await simulator.uninstall(events[1])
        told = [line for line in logged if line["event"] == "workspace.removed_the_app"]
        assert [line["workspace"] for line in told] == [workspace] * 2
        until = {datetime.fromisoformat(line["erased_on"]) for line in told}
        assert len(until) == 1
        assert abs(until.pop() - stopped_bot.now - KEPT_AFTER) < timedelta(minutes=5)

        before = len(await simulator.calls())
        for name, job in process.features.jobs.items():
            if name != "departed":
                await job.run(process.bot)
        assert len(await simulator.calls()) == before

        await stopped_bot.after(KEPT_AFTER - timedelta(minutes=1))
        assert await settle(process.bot) == []
        assert await tables_with(process.database, "Zelda Quill")
        await stopped_bot.after(timedelta(minutes=1))
        assert await settle(process.bot) == [workspace]
        assert await tables_with(process.database, "Zelda Quill", workspace) == set()


async def test_back(stopped_bot: RunningBot) -> None:
    """One that is installed again keeps all it had, also when Slack tells late that it was removed."""
    async with stopped_bot.working():
        await a_posted_letter(stopped_bot)
        await sign_as_oneself(stopped_bot.member, name="Zelda Quill")
        await stopped_bot.simulator.uninstall(REMOVED)
        # Right after, a token may still be good for a moment: that is no return.
        await stopped_bot.simulator.install()
        await settle(stopped_bot.process.bot)
        assert await _gone(stopped_bot) == [True]
        await stopped_bot.after(timedelta(hours=1))
        await settle(stopped_bot.process.bot)
        assert await _gone(stopped_bot) == [False]
    await stopped_bot.simulator.uninstall(REMOVED)
    with pytest.raises(SettingsError, match="account_inactive"):
        async with stopped_bot.working():
            raise AssertionError("unreachable")
    await stopped_bot.simulator.install()
    async with stopped_bot.working():
        assert await _gone(stopped_bot) == [False]
        assert await tables_with(stopped_bot.process.database, "Zelda Quill")


async def test_tokens_of_people(running_bot: RunningBot) -> None:
    """Tokens of people that are revoked are none of ours."""
    process = running_bot.process
    answer = process.features.events[REVOKED]
    said = answer.shape.model_validate({"type": REVOKED, "tokens": {"oauth": ["U1"]}})
    await answer.handler(Event(bot=process.bot, trigger="people", said=said))
    assert await _gone(running_bot) == [False]
