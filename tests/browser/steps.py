"""Steps that tests of the page take again and again."""

from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.bolt_app import Gallery


def composer(page: Page) -> Locator:
    """Find the field in which one types."""
    return page.get_by_role("textbox", name="Message ")


async def type_in(page: Page, text: str) -> None:
    """Write a message or a command and send it."""
    await composer(page).fill(f"{text} ")
    await composer(page).press("Enter")


async def show_card(page: Page) -> Locator:
    """Have the app post its card; gives the message."""
    await type_in(page, "/blocks")
    card = page.get_by_role("article").filter(has_text="Seven principles")
    await expect(card).to_be_visible()
    return card


async def open_form(page: Page, button: str = "Sign") -> Locator:
    """Open the app's modal from its card: `Sign` the short form, `Read` the one with every input."""
    card = await show_card(page)
    await card.get_by_role("button", name=button, exact=True).click()
    dialog = page.get_by_role("dialog", name="Sign the letter")
    await expect(dialog).to_be_visible()
    return dialog


async def submit(dialog: Locator) -> None:
    """Press the modal's own Sign."""
    await dialog.get_by_role("button", name="Sign", exact=True).click()


async def new_letter(page: Page) -> Locator:
    """Open a modal by the global shortcut."""
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="New letter").click()
    dialog = page.get_by_role("dialog", name="Step 1")
    await expect(dialog).to_be_visible()
    return dialog


def submitted(gallery: Gallery, name: str) -> Any:
    """Return what the newest submission holds for an input with one name as block and action."""
    held = gallery.submissions[-1]["view"]["state"]["values"][name][name]
    return next(value for key, value in held.items() if key != "type")
