from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.accessibility import violations
from tests.browser.bolt_app import Gallery
from tests.browser.conftest import OpenPage
from tests.browser.steps import new_letter, open_form, show_card, submit, type_in

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def a_card(page: Page) -> None:
    await show_card(page)


async def rich_text(page: Page) -> None:
    await type_in(page, "/blocks rich")
    await expect(page.get_by_role("article").filter(has_text="We ask everyone")).to_be_visible()


async def figures(page: Page) -> None:
    await type_in(page, "/blocks figures")
    await expect(page.get_by_role("table").first).to_be_visible()


async def a_form(page: Page) -> None:
    await open_form(page, "Read letter")


async def a_form_with_errors(page: Page) -> None:
    await submit(await open_form(page))
    await expect(page.get_by_role("dialog").get_by_role("alert").first).to_be_visible()


async def a_pushed_modal(page: Page) -> None:
    dialog = await new_letter(page)
    await dialog.get_by_role("button", name="Go deeper").click()
    await expect(page.get_by_role("button", name="Previous view")).to_be_visible()


async def a_question(page: Page) -> None:
    card = await show_card(page)
    await card.get_by_role("button", name="Withdraw").click()
    await expect(page.get_by_role("alertdialog")).to_be_visible()


async def a_menu(page: Page) -> None:
    card = await show_card(page)
    await card.get_by_role("button", name="More options").click()
    await expect(page.get_by_role("menu")).to_be_visible()


async def unreadable(panel: Locator) -> list[str]:
    """The buttons of a panel whose letters have the panel's own colour, which axe-core passes over."""
    return await panel.evaluate(
        """(panel) => [...panel.querySelectorAll("button")].filter((one) => {
            const clear = "rgba(0, 0, 0, 0)";
            const paper = (node) => {
                const own = getComputedStyle(node).backgroundColor;
                return own === clear && node !== panel ? paper(node.parentElement) : own;
            };
            return [one, ...one.querySelectorAll("span")].some((each) => getComputedStyle(each).color === paper(each));
        }).map((one) => one.textContent)"""
    )


async def people(page: Page) -> None:
    await page.get_by_role("button", name="Acting as").click()
    menu = page.get_by_role("menu")
    await expect(menu).to_be_visible()
    assert await unreadable(menu) == []


async def the_clock(page: Page) -> None:
    await page.get_by_role("button", name="Clock").click()
    panel = page.get_by_role("group", name="Clock")
    await expect(panel).to_be_visible()
    assert await unreadable(panel) == []


async def payloads(page: Page) -> None:
    await show_card(page)
    await page.get_by_role("button", name="Payloads").click()
    record = page.locator(".record").first
    await record.locator("summary").click()
    await expect(record.locator(".json").first).to_be_visible()


async def the_home(page: Page) -> None:
    await page.get_by_role("link", name="Undersigned").click()
    await expect(page.get_by_role("heading", name="Open letters")).to_be_visible()


async def suggestions(page: Page) -> None:
    await page.get_by_role("textbox", name="Message ").fill("/")
    await expect(page.get_by_role("listbox")).to_be_visible()


Screen = Callable[[Page], Awaitable[None]]
SCREENS: list[Screen] = [a_card, rich_text, figures, a_form, a_form_with_errors, a_pushed_modal, a_question, a_menu, people, the_clock,
           payloads, the_home, suggestions]  # fmt: skip


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
async def test_axe_finds_nothing(gallery: Gallery, open_page: OpenPage, screen: Screen) -> None:
    """No screen of the page breaks a rule that axe-core knows, by day and by night, wide and narrow."""
    assert gallery
    page = await open_page()
    await screen(page)
    assert await violations(page) == []
    await page.set_viewport_size({"width": 390, "height": 860})
    assert await violations(page) == []
