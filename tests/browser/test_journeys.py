"""Journeys in one demo, by pressing what is in sight; nobody types a command."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.demo import Demo, dialog, picture, press, running_demo

pytestmark = pytest.mark.asyncio(loop_scope="session")

LETTER = "A letter for one open Internet"
OWN = "Keep the harbour open"
ORGANISER = "U0ORGANISER"


@pytest_asyncio.fixture(scope="module", loop_scope="session", name="desk")
async def _desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Demo]:
    """One coalition at work, for all journeys of this module, in their order."""
    async with running_demo(browser, tmp_path_factory.mktemp("desk")) as demo:
        yield demo


async def home(desk: Demo, user: str = ORGANISER) -> Page:
    """Open somebody's Home."""
    page = await desk.page(user, channel="Undersigned")
    await page.get_by_role("tab", name="Home").click()
    return page


def row(page: Page, title: str) -> Locator:
    """Return the buttons of one's own letter on the Home."""
    below = f"//*[contains(., '{title}')]/following-sibling::*[1][.//button[.='Open']]"
    return page.get_by_role("main").locator(f"xpath={below}").first


async def open_letter(desk: Demo, title: str = LETTER) -> Page:
    """Open a letter's window from the Home."""
    page = await home(desk)
    await row(page, title).get_by_role("button", name="Open", exact=True).click()
    await expect(dialog(page)).to_contain_text("Overview")
    return page


async def more(page: Page, name: str, *, among: Locator | None = None) -> None:
    """Choose from a `⋯` menu of the window."""
    where = among or dialog(page)
    await where.get_by_role("button", name="More options").first.click()
    await page.get_by_role("menuitem", name=name, exact=True).click()


async def test_start(desk: Demo) -> None:
    """A letter is started from the Home: four questions, and a preview."""
    page = await home(desk)
    await expect(page.get_by_role("main")).to_contain_text("Needs you")
    await picture(page, "j01-home")
    await page.get_by_role("button", name="Start a letter").click()
    form = dialog(page)
    await form.get_by_label("Title", exact=True).fill(OWN)
    await form.get_by_role("textbox", name="The letter").fill("We ask for an open harbour.")
    await picture(page, "j01-form")
    await press(page, "Save and preview")
    await expect(dialog(page)).to_contain_text("Preview")
    await picture(page, "j01-preview")


async def test_post(desk: Demo) -> None:
    """The draft is posted from the Home."""
    page = await home(desk)
    await row(page, OWN).get_by_role("button", name="Post", exact=True).click()
    await expect(dialog(page)).to_contain_text("Channels")
    await picture(page, "j03-post")
    await dialog(page).get_by_role("combobox").first.click()
    await page.get_by_role("option", name="open-internet").click()
    await page.keyboard.press("Escape")
    await press(page, "Post")
    await expect(dialog(page)).to_contain_text("Posted")


async def test_correct(desk: Demo) -> None:
    """An entry is found by its name and corrected from its menu."""
    page = await open_letter(desk)
    await press(page, "Signers")
    await dialog(page).get_by_label("Find a signer").fill("Angelica")
    await press(page, "Search")
    await expect(dialog(page)).to_contain_text("Angelica Thorne")
    await more(page, "Correct")
    await picture(page, "j08-correct")
    await dialog(page).get_by_role("textbox", name="Title").fill("Novelist")
    await press(page, "Continue")
    await expect(dialog(page)).to_contain_text("Novelist")


async def test_deadline_and_settings(desk: Demo) -> None:
    """The deadline is moved from Settings."""
    page = await open_letter(desk)
    await press(page, "Settings")
    await picture(page, "j07-settings")
    await dialog(page).get_by_role("button", name="Change", exact=True).nth(1).click()
    await expect(dialog(page)).to_contain_text("Move the deadline")
    await picture(page, "j07-deadline")
    await press(page, "Save")
    await expect(dialog(page)).to_contain_text("is now")
