"""An amendment as people see it in Chromium: the form, the question, Keep and Withdraw."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.letters.draft import Draft
from bot.letters.rules import Rules, Silence
from tests.browser.demo import posted
from tests.flows.conftest import START, RunningBot

pytestmark = pytest.mark.asyncio(loop_scope="session")

PICTURES = os.environ.get("PICTURES")
"""A folder for screenshots to look at; none are taken without it."""
OLD = """We, the undersigned, ask the Council to keep the Internet one network.

It belongs to everyone, and it works because it is open.

We thank all who keep it so."""
CHANGED = "We, the undersigned, demand that the Council keep the Internet one network."


class Amended:
    """A letter that three people signed, and pages of people."""

    def __init__(self, bot: RunningBot, browser: Browser) -> None:
        self.bot = bot
        self._browser = browser

    async def page(self, user: str, place: str = "open-internet") -> Page:
        """A tab as somebody, in a channel or in their direct messages with the bot."""
        context = await self._browser.new_context(viewport={"width": 1280, "height": 1000})
        page = await context.new_page()
        page.set_default_timeout(30_000)
        await page.goto(f"{self.bot.simulator.address}/?as={user}")
        await page.get_by_role("link", name=place).click()
        if place == "Undersigned":
            await page.get_by_role("tab", name="Messages").click()
        return page


@pytest_asyncio.fixture(loop_scope="session", name="amended")
async def _amended(browser: Browser, running_bot: RunningBot) -> Amended:
    await running_bot.at(START)
    draft = Draft(
        title="One Internet",
        summary="Please sign.",
        body=OLD,
        deadline=running_bot.now + timedelta(days=14),
        rules=Rules(silence=Silence.DROP),
    )
    await posted(running_bot, draft)
    return Amended(running_bot, browser)


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


async def picture(page: Page, name: str) -> None:
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"amend-{name}.png")


async def press(page: Page, name: str) -> None:
    await dialog(page).get_by_role("button", name=name, exact=True).click()


async def sign(amended: Amended, user: str) -> None:
    page = await amended.page(user)
    card = page.get_by_role("article").filter(has_text="One Internet").first
    await card.get_by_role("button", name="Sign", exact=True).click()
    await expect(dialog(page)).to_contain_text("If the meaning changes, we’ll ask you again")
    await picture(page, "1-sign")
    await press(page, "Sign")
    await expect(dialog(page)).to_contain_text("Thank you")
    await page.context.close()


async def amend(page: Page) -> None:
    """The organiser changes the first paragraph, and says yes to what that does."""
    box = page.get_by_role("textbox", name="Message ")
    await box.fill("/letter amend ")
    await box.press("Enter")
    form = dialog(page)
    await expect(form).to_contain_text("Change the text")
    text = form.get_by_role("textbox", name="The letter")
    await text.fill("\n\n".join([CHANGED, *OLD.split("\n\n")[1:]]))
    await form.get_by_role("radio", name="Change of meaning").check()
    await form.get_by_role("textbox", name="Reason").fill("The Council asked us to be clear.")
    await picture(page, "2-form")
    await press(page, "Review changes")
    await expect(form).to_contain_text("3 signers will be asked")
    await expect(form).to_contain_text("2 paragraphs unchanged")
    await picture(page, "3-preview")
    await press(page, "Ask signers")
    await expect(form).to_contain_text("3 signers will get a message")
    await picture(page, "4-done")
    await press(page, "Done")


async def test_keep_and_withdraw(amended: Amended) -> None:
    """One keeps and one withdraws by one click in the message; one is silent, and is off the list."""
    for user in ("U0MEMBER1", "U0MEMBER2", "U0MEMBER3"):
        await sign(amended, user)
    organiser = await amended.page("U0ORGANISER")
    await amend(organiser)

    keeps = await amended.page("U0MEMBER1", "Undersigned")
    asked = keeps.get_by_role("article").filter(has_text="Do you want to keep").last
    await expect(asked).to_contain_text("The Council asked us to be clear.")
    await expect(asked.locator("s, del, [class*=strike]").first).to_be_visible()
    await picture(keeps, "5-asked")
    await asked.get_by_role("button", name="What changed").click()
    await expect(dialog(keeps)).to_contain_text("1 paragraph changed.")
    await picture(keeps, "6-changes")
    await press(keeps, "Close")
    await asked.get_by_role("button", name="Keep my signature").click()
    await expect(keeps.get_by_role("article").last).to_be_visible()
    await expect(keeps.get_by_text("Thank you. Your signature on")).to_be_visible()
    await picture(keeps, "7-kept")

    leaves = await amended.page("U0MEMBER2", "Undersigned")
    asked = leaves.get_by_role("article").filter(has_text="Do you want to keep").last
    await asked.get_by_role("button", name="Withdraw").click()
    sure = leaves.get_by_role("alertdialog")
    await expect(sure).to_contain_text("Your signature comes off the list right away")
    await sure.get_by_role("button", name="Withdraw", exact=True).click()
    # The receipt is changed, and the question that was answered says the same.
    withdrew = leaves.get_by_text("You withdrew your signature from")
    await expect(withdrew).to_have_count(2)
    await picture(leaves, "8-withdrawn")

    silent = await amended.page("U0MEMBER3")
    card = silent.get_by_role("article").filter(has_text="One Internet").first
    await expect(card).to_contain_text("2 signatures")
    await card.get_by_role("button", name="Who signed").click()
    await expect(dialog(silent)).to_contain_text("Third Member")
    await picture(silent, "9-list")
    await press(silent, "Close")
    await card.get_by_role("button", name="Sign", exact=True).click()
    await expect(dialog(silent)).to_contain_text("The text has changed in meaning. Do you want to")
    await picture(silent, "10-mine")
    await press(silent, "Close")
    await card.get_by_role("button", name="Read letter", exact=True).click()
    await expect(dialog(silent)).to_contain_text("Text changed")
    await picture(silent, "11-read")
    await press(silent, "Earlier versions")
    await expect(dialog(silent)).to_contain_text("Change of meaning")
    await picture(silent, "12-earlier")

    box = organiser.get_by_role("textbox", name="Message ")
    await box.fill("/letter status ")
    await box.press("Enter")
    status = organiser.get_by_role("article").filter(has_text="Text change").last
    await expect(status).to_contain_text("1 kept, 1 withdrew, 1 without an answer")
    await picture(organiser, "13-status")

    await amended.bot.after(timedelta(days=8))
    await expect(card).to_contain_text("1 signature")
    await silent.get_by_role("dialog").last.get_by_role("button", name="Close").click()
    told = await amended.page("U0MEMBER3", "Undersigned")
    await expect(
        told.get_by_text("changed, and we didn’t hear from you in time. Under").last
    ).to_be_visible()
    await picture(told, "14-dropped")
