"""Signing on the web and withdrawing, by keyboard alone, without script, on a narrow screen."""

from functools import partial

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, Route, expect

from bot.documents.paper_words import PaperWords
from bot.features.lifecycle import use_cases as lifecycle
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.documents.web_pages import PUBLIC_URL
from tests.support.letters import WORKSPACE, the_letter
from tests.support.scenes.web_signing import ADA, Browser, a_browser, a_letter_to_sign

pytestmark = pytest.mark.asyncio(loop_scope="session")
WIDTH = 320
_NAME = "one => (one.labels?.[0] ?? one).innerText.trim()"
_RING = (
    "one => [getComputedStyle(one).outlineStyle, parseFloat(getComputedStyle(one).outlineWidth)]"
)


async def reach(page: Page, name: str) -> None:
    """Press Tab until something is focused; each that is on the way is seen, and inside."""
    for _ in range(30):
        await page.keyboard.press("Tab")
        focused = page.locator(":focus-visible")
        style, width = await focused.evaluate(_RING)
        box = await focused.bounding_box()
        assert (style, width >= 2) == ("solid", True), await focused.inner_text()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= WIDTH
        if await focused.evaluate(_NAME) == name:
            return
    pytest.fail(f"Tab doesn't reach {name!r}")


async def press(page: Page, key: str) -> None:
    """Press a key that leads to another page."""
    async with page.expect_navigation():
        await page.keyboard.press(key)


async def through(scene: Browser, route: Route) -> None:
    """Pass a browser's request on to the app, with what the browser says of it."""
    request, said = route.request, await route.request.all_headers()
    path = request.url.removeprefix(PUBLIC_URL)
    own = {name: said.get(name.replace("_", "-"), "") for name in ("origin", "sec_fetch_site")}
    form = None if request.method == "GET" else request.post_data_buffer or b""
    shown = await scene.ask(path, form, **own)
    await route.fulfill(status=shown.status, headers=shown.headers, body=shown.body)


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_by_keyboard(browser: Chromium, sqlite_url: str, language: str) -> None:
    """From the letter to a signature and back, with Tab, Enter and Space only."""
    say = partial(PaperWords(language).say, "web")
    context = await browser.new_context(
        viewport={"width": WIDTH, "height": 640}, java_script_enabled=False
    )
    async with Database(sqlite_url, clock=Clock().now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Open Web Coalition")
        scene, letter = await a_browser(database), await a_letter_to_sign(database)
        await context.route(f"{PUBLIC_URL}/**", partial(through, scene))
        page = await context.new_page()
        keys = page.keyboard

        async def people() -> int:
            return (await the_letter(database, letter.id)).tally.people

        await page.goto(f"{PUBLIC_URL}{letter.page_path}/an-open-web?lang={language}")
        await reach(page, say("Sign this letter"))
        await press(page, "Enter")
        await reach(page, say("As myself"))
        await keys.press("Space")
        await reach(page, say("Your name"))
        await keys.type("Ada Moreau")
        await reach(page, say("Email"))
        await keys.type(ADA)
        await reach(page, say("Continue"))
        await press(page, "Space")
        await expect(page.locator("h1")).to_have_text(say("Check your entry"))
        await reach(page, say("Code from the email"))
        await keys.type((await scene.mail()).code)
        await press(page, "Enter")
        await expect(page.locator("h1")).to_have_text(say("Thank you! You’ve signed."))
        assert await people() == 1

        await reach(page, say("My signature"))
        await press(page, "Enter")
        await reach(page, say("Email"))
        await keys.type(ADA)
        await reach(page, say("Send the code"))
        await press(page, "Enter")
        await reach(page, say("Code from the email"))
        await keys.type((await scene.mail()).code)
        await reach(page, say("Continue"))
        await press(page, "Space")
        for _ in ("pressed", "sure"):
            await reach(page, say("Withdraw"))
            await press(page, "Enter")
        await expect(page.get_by_role("status")).to_have_text(say("You withdrew your signature."))
        assert await people() == 0
    await context.close()
