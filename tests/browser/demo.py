"""The demo in a browser: pages of people in it, and what they do again and again."""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from bot.features.cards import use_cases as cards
from bot.features.drafts.use_cases import drafts
from bot.letters.draft import Draft
from bot.letters.people import Actor, Membership, Person
from bot.settings import Settings
from tests.flows.conftest import MANIFEST, RunningBot
from tests.support.commands import free_port
from tests.support.simulator import Simulator, running_simulator

PICTURES = os.environ.get("PICTURES")
"""A folder for screenshots to look at; none are taken without it."""
START_SECONDS = 240
"""A busy machine may take this long to play nine days of a coalition."""


class Demo:
    """A running demo, and pages of people in it."""

    def __init__(self, address: str, browser: Browser) -> None:
        self.address = address
        self.browser = browser
        self._window: BrowserContext | None = None

    async def page(self, user: str, channel: str = "open-internet") -> Page:
        """A new tab as somebody, in a channel, in the window of this test's other tabs."""
        if self._window not in self.browser.contexts:
            # Each test closes all that it opened.
            self._window = await self.browser.new_context(viewport={"width": 1280, "height": 860})
        assert self._window is not None
        page = await self._window.new_page()
        page.set_default_timeout(30_000)
        await page.goto(f"{self.address}/?as={user}")
        await page.get_by_role("link", name=channel).click()
        return page


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def demo_slack() -> AsyncGenerator[Simulator]:
    """The local Slack of the demo."""
    async with running_simulator(manifest=MANIFEST) as simulator:
        yield simulator


@pytest_asyncio.fixture(loop_scope="session")
async def running_bot(
    demo_slack: Simulator, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[RunningBot]:
    """The bot at work in the demo's coalition, of which nobody has said anything yet."""
    for name, value in {
        "SLACK_BOT_TOKEN": Simulator.bot_token,
        "SLACK_APP_TOKEN": Simulator.app_token,
        "SLACK_API_URL": demo_slack.api_url,
        "DATABASE_URL": sqlite_url,
    }.items():
        monkeypatch.setenv(name, value)
    # A busy machine may take longer than the three seconds of Slack.
    await demo_slack.reset(seed="demo", transport="socket", limits=False, patience=30)
    bot = RunningBot(demo_slack, Settings())
    async with bot.working():
        yield bot


async def posted(bot: RunningBot, draft: Draft) -> None:
    """An organiser has posted a letter."""
    team = "T0COALITION"
    organiser = Actor(
        workspace=team, person=Person(team, "U0ORGANISER"), membership=Membership.MEMBER
    )
    database = bot.process.database
    letter = await drafts.create(database, actor=organiser, draft=draft, trigger="new")
    await cards.post(
        database,
        letter=letter,
        actor=organiser,
        channels=["C0OPENINTERNET"],
        public=["C0OPENINTERNET"],
        trigger="post",
    )


@pytest_asyncio.fixture(loop_scope="session")
async def demo(browser: Browser, running_bot: RunningBot) -> Demo:
    """The demo's letter, which nobody has signed."""
    draft = Draft(
        title="A letter for one open Internet",
        body="Keep it open.",
        goal=10,
        deadline=running_bot.now + timedelta(days=14),
    )
    await posted(running_bot, draft)
    return Demo(running_bot.simulator.address, browser)


@pytest_asyncio.fixture(loop_scope="session")
async def fresh_demo(browser: Browser, tmp_path: Path) -> AsyncGenerator[Demo]:
    """`undersigned demo --fresh` on a free port: one letter that nobody has signed."""
    async with running_demo(browser, tmp_path, "--fresh") as demo:
        yield demo


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def coalition(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Demo]:
    """`undersigned demo` on a free port: a coalition at work."""
    async with running_demo(browser, tmp_path_factory.mktemp("coalition")) as demo:
        yield demo


@asynccontextmanager
async def running_demo(browser: Browser, folder: Path, *words: str) -> AsyncGenerator[Demo]:
    """A demo that keeps its files in a folder. It is ended with Ctrl-C; nothing of it is left."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", f"--port={port}", *words),
        cwd=folder,
        start_new_session=True,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        assert process.stdout is not None
        async with asyncio.timeout(START_SECONDS):
            said = b""
            while address.encode() not in said:
                line = await process.stdout.readline()
                assert line, f"The demo ended: {said.decode()}"
                said += line
        yield Demo(address, browser)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        async with asyncio.timeout(30):
            await process.wait()
    left = await asyncio.create_subprocess_exec("pgrep", "-f", f"port[= ]{port}")
    assert await left.wait() == 1
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


async def picture(page: Page, name: str) -> None:
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}.png")


async def say(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Message ")
    await box.fill(f"{text} ")
    await box.press("Enter")


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def labelled(name: str) -> re.Pattern[str]:
    """The name of a button with that label: one of a row says its row too."""
    return re.compile(rf"^{re.escape(name)}( \d+)?(: .*)?$")


async def press(page: Page, name: str) -> None:
    await dialog(page).get_by_role("button", name=labelled(name)).click()


async def sure(page: Page, name: str) -> None:
    """Answer the question that a button asks."""
    await page.get_by_role("alertdialog").get_by_role("button", name=name, exact=True).click()


async def card_of(page: Page, title: str) -> Locator:
    card = page.get_by_role("article").filter(has_text=title).first
    await expect(card).to_be_visible()
    return card


def page_message(page: Page, text: str) -> Locator:
    return page.get_by_role("article").filter(has_text=text).last
