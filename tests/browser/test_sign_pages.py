"""The pages on which people sign, in a real browser without script."""

import pytest
from playwright.async_api import Browser as Chromium

from bot.features.lifecycle import use_cases as lifecycle
from bot.pages.rendering import stylesheet
from bot.storage.database import Database
from tests.browser.accessibility import violations
from tests.support.clock import Clock
from tests.support.letters import WORKSPACE
from tests.support.scenes.web_signing import a_browser, every_page

pytestmark = pytest.mark.asyncio(loop_scope="session")
LINKS = ('<link rel="stylesheet" href="page.css">', '<link rel="stylesheet" href="../page.css">')


async def states(sqlite_url: str, query: str) -> dict[str, str]:
    """Every page with its style inside."""
    async with Database(sqlite_url, clock=Clock().now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Open Web Coalition")
        shown = await every_page(await a_browser(database), query)
    texts = {name: one.body for name, one in shown.items()}
    for link in LINKS:
        style = f"<style>{stylesheet()}</style>"
        texts = {name: text.replace(link, style) for name, text in texts.items()}
    return texts


@pytest.mark.parametrize("query", ["", "?lang=ar"])
async def test_accessible(browser: Chromium, sqlite_url: str, query: str) -> None:
    """axe-core finds nothing wrong on any page in any state, in English and in Arabic."""
    page = await (await browser.new_context(viewport={"width": 390, "height": 700})).new_page()
    found: dict[str, list[str]] = {}
    for name, text in (await states(sqlite_url, query)).items():
        await page.set_content(text)
        found[name] = await violations(page)
    assert {name: one for name, one in found.items() if one} == {}


async def test_fits(browser: Chromium, sqlite_url: str) -> None:
    """Nothing is wider than a window of 320 pixels, and all is there without script."""
    texts = await states(sqlite_url, "?lang=fr")
    context = await browser.new_context(
        viewport={"width": 320, "height": 700}, java_script_enabled=False
    )
    page = await context.new_page()
    for name, text in texts.items():
        await page.set_content(text)
        for part in await page.locator("main, footer, input, button, p").all():
            box = await part.bounding_box()
            assert box is None or box["x"] + box["width"] <= 320, (name, await part.inner_text())
    await context.close()


async def test_hint_for_people(browser: Chromium, sqlite_url: str) -> None:
    """Only people are told that naming an organisation is not signing for it."""
    page = await browser.new_page()
    texts = (await states(sqlite_url, "")).values()
    await page.set_content(next(one for one in texts if 'id="as-organisation"' in one))
    hint = page.locator("#organisation-hint")
    for choice, shown in (("As myself", True), ("For an organisation", False)):
        await page.get_by_label(choice).check()
        assert await hint.is_visible() is shown
    await page.close()
