"""The real bot against the local Slack, over Socket Mode, for stories."""

import asyncio
import json
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.settings import Settings
from bot.wiring import Process, connected
from tests.support.doors import Doors
from tests.support.people import Person
from tests.support.shared import ROOT
from tests.support.simulator import Simulator, simulator_thread

MANIFEST = ROOT / "manifests" / "socket-mode.json"
START = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
"""A Tuesday, in working hours of Europe and Africa."""
OUR_FAULT = {
    "exchanged_trigger_id",
    "invalid_trigger_id",
    "invalid_arguments",
    "invalid_blocks",
    "missing_scope",
}
"""Slack's answers when one trigger is used twice, or to calls it can never take."""


class RunningBot:
    """A bot at work in the demo's workspace, and the clock that both go by."""

    def __init__(self, simulator: Simulator, settings: Settings) -> None:
        self.simulator = simulator
        self.settings = settings
        self._offset = timedelta(0)
        self.process: Process
        self.organiser = simulator.person("U0ORGANISER")
        self.second = simulator.person("U0SECOND")
        self.member = simulator.person("U0MEMBER1")
        self.another = simulator.person("U0MEMBER2")
        self.third = simulator.person("U0MEMBER3")
        self.fourth = simulator.person("U0MEMBER4")
        self.guest = simulator.person("U0GUEST")
        self.visitor = simulator.person("U0VISITOR")

    def person(self, user: str, window: str = "") -> Person:
        """Anybody by id; another `window` has modals of its own."""
        return self.simulator.person(user, window)

    @property
    def now(self) -> datetime:
        """The bot's present instant: it goes on by itself, as the local Slack's does."""
        return datetime.now(UTC) + self._offset

    async def at(self, moment: datetime) -> None:
        """Move both clocks to an instant."""
        self._offset = moment - datetime.now(UTC)
        await self.simulator.clock(to=moment)

    async def after(self, span: timedelta) -> None:
        """Move both clocks on."""
        await self.at(self.now + span)

    @asynccontextmanager
    async def working(self) -> AsyncGenerator[Process]:
        """The bot for as long as the block lasts: with Socket Mode and the worker."""
        async with connected(self.settings, clock=lambda: self.now) as process:
            socket, worker = process.socket(), process.worker()
            task = asyncio.create_task(worker.run())
            await socket.open()
            await self.simulator.connected()
            self.process = process
            try:
                yield process
            finally:
                await socket.close()
                await worker.stop()
                await task


@pytest.fixture(scope="session", name="slack_doors")
def _slack_doors() -> Generator[Doors]:
    with simulator_thread(manifest=json.loads(MANIFEST.read_text())) as doors:
        yield doors


def environment(doors: Doors, database_url: str) -> dict[str, str]:
    """Return the settings of a bot in this local Slack."""
    return {
        "SLACK_BOT_TOKEN": Simulator.bot_token,
        "SLACK_APP_TOKEN": Simulator.app_token,
        "SLACK_SIGNING_SECRET": Simulator.signing_secret,
        "SLACK_API_URL": f"{doors.address}/api/",
        "DATABASE_URL": database_url,
    }


@pytest.fixture(name="stopped_bot")
async def _stopped_bot(
    slack_doors: Doors, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> RunningBot:
    """A bot that is not started yet: `async with stopped_bot.working(): …`, also more than once.

    Its database is migrated: that took more than half of what a short story takes.
    """
    for name, value in environment(slack_doors, sqlite_url).items():
        monkeypatch.setenv(name, value)
    simulator = Simulator(slack_doors)
    await simulator.reset(seed="demo", transport="socket", limits=False, now=START)
    bot = RunningBot(simulator, Settings())
    await bot.at(START)
    return bot


@pytest.fixture(name="running_bot")
async def _running_bot(stopped_bot: RunningBot) -> AsyncGenerator[RunningBot]:
    """A bot at work, which by the end of the story has made no call that only a bug makes."""
    async with stopped_bot.working():
        yield stopped_bot
    answers = [call["answer"] for call in await stopped_bot.simulator.calls()]
    errors = {answer.get("error") for answer in answers if isinstance(answer, dict)}
    assert not OUR_FAULT & errors
