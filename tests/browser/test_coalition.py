"""`make demo` as a newcomer finds it: a coalition in the middle of its work."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.demo import Demo, picture

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def newcomer(demo: Demo, *, width: int = 1280) -> Page:
    """Open the bare address, as somebody does who has just started the demo."""
    context = await demo.browser.new_context(viewport={"width": width, "height": 844})
    page = await context.new_page()
    page.set_default_timeout(30_000)
    await page.goto(demo.address)
    return page


async def test_a_newcomer(coalition: Demo) -> None:
    """The bare address shows the letter, says that all is fictional, and names three things to try."""
    page = await newcomer(coalition)
    guide = page.get_by_role("region", name="Three things to try")
    await expect(guide).to_contain_text("All people and organisations here are fictional")
    await expect(guide).to_contain_text("isn’t made by Slack")
    await expect(page.get_by_role("navigation")).to_contain_text("isn’t made by Slack")
    await expect(guide.get_by_role("listitem")).to_have_count(3)
    card = page.get_by_role("article").filter(has_text="A letter for one open Internet")
    await expect(card).to_contain_text("12 of 20")
    assert await violations(page) == []
    await picture(page, "coalition-1-newcomer")

    await guide.get_by_role("button", name="Sign the letter").click()
    await card.get_by_role("button", name="Sign", exact=True).click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await violations(page) == []
    await page.keyboard.press("Escape")

    await guide.get_by_role("button", name="Run the letter").click()
    await expect(page.get_by_role("button", name="Acting as Olive Lantern")).to_be_visible()
    await expect(page.get_by_role("main")).to_contain_text("Keep the night ferries running")
    assert await violations(page) == []
    await picture(page, "coalition-2-organiser")

    await guide.get_by_role("button", name="Answer an invitation").click()
    await expect(page.get_by_role("button", name="Acting as Clementine Frost")).to_be_visible()
    invitation = page.get_by_role("article").filter(has_text="A letter for one open Internet")
    await expect(invitation).to_be_visible()
    assert await violations(page) == []

    await guide.get_by_role("button", name="Hide the things to try").click()
    await expect(guide).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("article").first).to_be_visible()
    await expect(guide).to_have_count(0)
    await page.get_by_role("button", name="Try it").click()
    await expect(guide).to_be_visible()


async def test_on_a_phone(coalition: Demo) -> None:
    """On a phone the steps make room for what they lead to, and come back with one press."""
    page = await newcomer(coalition, width=390)
    guide = page.get_by_role("region", name="Three things to try")
    await expect(guide.get_by_role("listitem")).to_have_count(3)
    assert await violations(page) == []
    await picture(page, "coalition-3-phone")
    await guide.get_by_role("button", name="Run the letter").click()
    await expect(guide).to_have_count(0)
    await expect(page.get_by_role("main")).to_contain_text("Keep the night ferries running")
    await page.get_by_role("button", name="Try it").click()
    await expect(guide).to_be_visible()
