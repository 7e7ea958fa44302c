"""The demo in a browser: pages of people in it, and what they do again and again."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.support.commands import free_port
from tests.support.shared import ROOT

PICTURES = os.environ.get("PICTURES")
"""A folder for screenshots to look at; none are taken without it."""


class Demo:
    """A running demo, and pages of people in it."""

    def __init__(self, address: str, browser: Browser) -> None:
        self.address = address
        self.browser = browser

    async def page(self, user: str, channel: str = "open-internet") -> Page:
        """A new tab as somebody, in a channel."""
        context = await self.browser.new_context(viewport={"width": 1280, "height": 860})
        page = await context.new_page()
        page.set_default_timeout(10_000)
        await page.goto(f"{self.address}/?as={user}")
        await page.get_by_role("link", name=channel).click()
        return page


@pytest_asyncio.fixture(loop_scope="session")
async def demo(browser: Browser) -> AsyncGenerator[Demo]:
    """A demo with one letter that nobody has signed, on a free port."""
    port = free_port()
    command = (sys.executable, "-m", "bot", "demo", "--fresh", "--port", str(port))
    async with running_demo(browser, port, *command) as demo:
        yield demo


@pytest_asyncio.fixture(loop_scope="session")
async def coalition(browser: Browser) -> AsyncGenerator[Demo]:
    """`make demo` on a free port: a coalition at work."""
    port = free_port()
    async with running_demo(browser, port, "make", "demo", f"PORT={port}") as demo:
        yield demo


@asynccontextmanager
async def running_demo(browser: Browser, port: int, *command: str) -> AsyncGenerator[Demo]:
    """A demo that is ended with Ctrl-C, after which nothing of it is left."""
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        start_new_session=True,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            said = b""
            while address.encode() not in said:
                said += await process.stdout.readline()
        yield Demo(address, browser)
    finally:
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


async def press(page: Page, name: str) -> None:
    await dialog(page).get_by_role("button", name=name, exact=True).click()


async def card_of(page: Page, title: str) -> Locator:
    card = page.get_by_role("article").filter(has_text=title).first
    await expect(card).to_be_visible()
    return card


def page_message(page: Page, text: str) -> Locator:
    return page.get_by_role("article").filter(has_text=text).last
