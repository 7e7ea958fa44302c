"""`make demo`, clicked through as a newcomer would, from the letter's first word to its last."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.support.commands import free_port
from tests.support.shared import ROOT

pytestmark = pytest.mark.asyncio(loop_scope="session")

PICTURES = os.environ.get("PICTURES")
"""A folder for screenshots to look at; none are taken without it."""


class Demo:
    """A running demo, and pages of people in it."""

    def __init__(self, address: str, browser: Browser) -> None:
        self.address = address
        self._browser = browser

    async def page(self, user: str, channel: str = "open-internet") -> Page:
        """A new tab as somebody, in a channel."""
        context = await self._browser.new_context(viewport={"width": 1280, "height": 860})
        page = await context.new_page()
        page.set_default_timeout(10_000)
        await page.goto(f"{self.address}/?as={user}")
        await page.get_by_role("link", name=channel).click()
        return page


@pytest_asyncio.fixture(loop_scope="session")
async def demo(browser: Browser) -> AsyncGenerator[Demo]:
    """`make demo` on a free port; ended with Ctrl-C, after which nothing of it is left."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        "make",
        "demo",
        f"PORT={port}",
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
        async with asyncio.timeout(30), aiohttp.ClientSession() as session:
            while True:
                state = f"{address}/_sim/state?as=U0ORGANISER"
                async with session.get(state) as answer:
                    if (await answer.json())["connected"]:
                        break
                await asyncio.sleep(0.1)
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


async def press_sign(page: Page) -> None:
    card = await card_of(page, "Keep encryption whole")
    await card.get_by_role("button", name="Sign", exact=True).click()


async def test_a_letters_life(demo: Demo) -> None:
    """A letter is created, posted, signed in three capacities, counted, closed, and then refused."""
    organiser = await demo.page("U0ORGANISER")
    await say(organiser, "/letter new")
    form = dialog(organiser)
    await form.get_by_label("Title", exact=True).fill("Keep encryption whole")
    await form.get_by_label("Summary").fill("No back doors, for anybody.")
    await form.get_by_label("Who asks").fill("The Coalition")
    await form.get_by_role("textbox", name="The letter").fill("We, the undersigned, say: whole.")
    await form.get_by_label("Goal").fill("3")
    await picture(organiser, "1-new")
    await press(organiser, "Save and preview")
    await expect(dialog(organiser)).to_contain_text("Preview")
    await picture(organiser, "2-preview")
    await press(organiser, "Post it")
    await expect(dialog(organiser)).to_contain_text("Post the letter")
    await press(organiser, "Post it")
    await expect(dialog(organiser)).to_contain_text("Posted")
    await press(organiser, "Done")
    card = await card_of(organiser, "Keep encryption whole")
    await expect(card).to_contain_text("0 of 3")

    myself = await demo.page("U0MEMBER1")
    await press_sign(myself)
    await expect(dialog(myself)).to_contain_text("It will read on the letter")
    await press(myself, "Sign")
    await expect(dialog(myself)).to_contain_text("Thank you")
    await picture(myself, "3-thanks")
    await expect(card).to_contain_text("1 of 3")

    titled = await demo.page("U0MEMBER2")
    await press_sign(titled)
    await dialog(titled).get_by_role("radio", name="As myself, with title").check()
    await dialog(titled).get_by_role("textbox", name="Title").fill("Cryptographer")
    await press(titled, "Sign")
    await expect(dialog(titled)).to_contain_text("Second Member, Cryptographer")
    await picture(titled, "4-line")
    await press(titled, "Sign")
    await expect(dialog(titled)).to_contain_text("Thank you")

    delegate = await demo.page("U0MEMBER3")
    await press_sign(delegate)
    await dialog(delegate).get_by_role("radio", name="For an organisation").check()
    await dialog(delegate).get_by_label("Organisation", exact=True).fill("Freedom House")
    await dialog(delegate).get_by_label("Your role there").fill("Director")
    await dialog(delegate).get_by_label("I am authorised").check()
    await press(delegate, "Continue")
    await expect(dialog(delegate)).to_contain_text("Please check how it reads")
    await press(delegate, "Sign")
    await expect(dialog(delegate)).to_contain_text("Thank you")
    await expect(card).to_contain_text("3 of 3")
    await expect(card).to_contain_text("3 signatures: 1 organisation, 2 people")

    await say(organiser, "/letter status #2")
    status = page_message(organiser, "Signed last")
    await expect(status).to_contain_text("Freedom House")
    await picture(organiser, "5-status")
    late = await demo.page("U0MEMBER4")
    await press_sign(late)
    await expect(dialog(late)).to_contain_text("Sign the letter")

    await say(organiser, "/letter close #2")
    await press(organiser, "Close the letter")
    await expect(card).to_contain_text("Closed.")
    await press(late, "Sign")
    await expect(dialog(late)).to_contain_text("closed and takes no more signatures")
    await picture(late, "6-refused")


def page_message(page: Page, text: str) -> Locator:
    return page.get_by_role("article").filter(has_text=text).last


async def test_a_reminder(demo: Demo) -> None:
    """An organiser reminds now, and somebody who has not signed gets it with three ways to answer."""
    organiser = await demo.page("U0ORGANISER")
    await say(organiser, "/letter remind #1")
    await expect(dialog(organiser)).to_contain_text("It will reach")
    await dialog(organiser).get_by_role("radio", name="Now").check()
    await picture(organiser, "7-remind")
    await press(organiser, "Remind")
    await expect(dialog(organiser)).to_contain_text("reminder")

    member = await demo.page("U0MEMBER4", channel="Undersigned")
    await member.get_by_role("tab", name="Messages").click()
    reminder = page_message(member, "A letter for one open Internet")
    for name in ("Sign", "Later", "No more of these"):
        await expect(reminder.get_by_role("button", name=name)).to_be_visible()
    await picture(member, "8-reminder")
    await reminder.get_by_role("button", name="Sign", exact=True).click()
    await expect(dialog(member)).to_contain_text("It will read on the letter")
