"""Journeys in one demo, by pressing what is in sight; nobody types a command."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.demo import (
    Demo,
    card_of,
    dialog,
    labelled,
    page_message,
    picture,
    press,
    running_demo,
)

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
    await row(page, title).get_by_role("button", name=labelled("Open")).click()
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
    await expect(page.get_by_role("main")).to_contain_text("Needs your attention")
    await picture(page, "j01-home")
    await page.get_by_role("button", name="Start a letter").click()
    form = dialog(page)
    await form.get_by_label("Title", exact=True).fill(OWN)
    await form.get_by_role("textbox", name="The letter").fill("We ask for an open harbour.")
    await picture(page, "j01-form")
    await press(page, "Save and preview")
    await expect(dialog(page)).to_contain_text("Overview")
    await picture(page, "j01-preview")


async def test_post(desk: Demo) -> None:
    """The draft is posted from the Home."""
    page = await home(desk)
    await row(page, OWN).get_by_role("button", name=labelled("Post")).click()
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
    await expect(dialog(page)).to_contain_text("Marjoram Pike")
    await dialog(page).get_by_label("Search by name").fill("Angelica")
    await press(page, "Search")
    await expect(dialog(page)).not_to_contain_text("Marjoram Pike")
    await expect(dialog(page)).to_contain_text("Angelica Thorne")
    await more(page, "Correct entry")
    await picture(page, "j08-correct")
    await dialog(page).get_by_role("textbox", name="Title").fill("Novelist")
    await press(page, "Continue")
    await expect(dialog(page)).to_contain_text("Novelist")


async def test_deadline_and_settings(desk: Demo) -> None:
    """The deadline is moved from Settings."""
    page = await open_letter(desk)
    await press(page, "Settings")
    await picture(page, "j07-settings")
    await dialog(page).get_by_role("button", name=labelled("Change")).nth(2).click()
    await expect(dialog(page)).to_contain_text("Move the deadline")
    await picture(page, "j07-deadline")
    await press(page, "Save")
    await expect(dialog(page)).to_contain_text("Deadline moved to")


async def receive(desk: Demo, user: str) -> Page:
    """Open somebody's messages from the app."""
    page = await desk.page(user, channel="Undersigned")
    await page.get_by_role("tab", name="Messages").click()
    return page


async def sign_form(desk: Demo, user: str, capacity: str) -> Page:
    """Press Sign on the letter's card, and choose how to sign."""
    page = await desk.page(user)
    card = await card_of(page, LETTER)
    await card.get_by_role("button", name="Sign", exact=True).click()
    await dialog(page).get_by_role("radio", name=capacity).check()
    return page


async def test_invite(desk: Demo) -> None:
    """Somebody is invited from the letter's window, and finds the message."""
    page = await open_letter(desk)
    await press(page, "Invite")
    people = dialog(page).get_by_role("combobox", name="People")
    await people.fill("Tansy")
    await page.get_by_role("option", name="Tansy Weir").click()
    await people.press("Tab")
    await dialog(page).get_by_role("radio", name="Now").check()
    await picture(page, "j02-invite")
    await press(page, "Send invitations")
    await expect(dialog(page)).to_contain_text("1 added.")
    invited = await receive(desk, "U0MEMBER9")
    await expect(page_message(invited, "You’re invited to sign")).to_contain_text(LETTER)


async def test_remind(desk: Demo) -> None:
    """Everyone who hasn't signed gets a reminder now."""
    page = await open_letter(desk)
    await press(page, "Remind")
    await dialog(page).get_by_role("radio", name="Now").check()
    await picture(page, "j09-remind")
    await press(page, "Remind")
    await expect(dialog(page)).to_contain_text("We’re sending")
    reminded = await receive(desk, "U0MEMBER4")
    await expect(page_message(reminded, "Stop reminders")).to_contain_text(LETTER)


async def test_sign_as_oneself(desk: Demo) -> None:
    """Signing as oneself takes two clicks."""
    page = await desk.page("U0MEMBER9")
    card = await card_of(page, LETTER)
    await card.get_by_role("button", name="Sign", exact=True).click()
    await picture(page, "j04-myself")
    await press(page, "Sign")
    await expect(dialog(page)).to_contain_text("You’ve signed")


async def test_sign_with_a_title(desk: Demo) -> None:
    """Signing with a title shows the entry before the signature."""
    page = await sign_form(desk, "U0MEMBER4", "With title or affiliation")
    await dialog(page).get_by_role("textbox", name="Title").fill("Glaciologist")
    await press(page, "Continue")
    await expect(dialog(page)).to_contain_text("Clementine Frost, Glaciologist")
    await picture(page, "j04-title")
    await press(page, "Sign")
    await expect(dialog(page)).to_contain_text("You’ve signed")


async def test_sign_for_an_organisation(desk: Demo) -> None:
    """Somebody signs for an organisation, with a role that only organisers see."""
    page = await sign_form(desk, "U0MEMBER3", "For my organisation")
    form = dialog(page)
    await form.get_by_label("Organisation", exact=True).fill("Society of Small Sails")
    await form.get_by_label("Your role there").fill("Chair")
    await form.get_by_role("radio", name="I’m authorised").check()
    await press(page, "Continue")
    await expect(dialog(page)).to_contain_text("Society of Small Sails")
    await picture(page, "j04-organisation")
    await press(page, "Sign")
    await expect(dialog(page)).to_contain_text("You’ve signed")


async def test_objection(desk: Demo) -> None:
    """An objection is found on the Home and decided."""
    page = await home(desk)
    needed = page.get_by_role("main").get_by_role("button", name=labelled("Review"))
    await needed.first.click()
    await expect(dialog(page)).to_contain_text("Harbour Rights Network")
    await press(page, "Review")
    await dialog(page).get_by_role("radio", name="Keep").check()
    await dialog(page).get_by_role("textbox", name="Reason").fill("The board has decided.")
    await picture(page, "j05-decision")
    await press(page, "Save")
    await expect(dialog(page)).to_contain_text("On the list")


async def test_look_alikes_and_undo(desk: Demo) -> None:
    """Two spellings of one organisation are merged, and the merge is undone."""
    page = await open_letter(desk)
    await press(page, "Signers")
    await press(page, "Possible duplicates")
    await press(page, "Merge into the first")
    await picture(page, "j06-question")
    await page.get_by_role("button", name="Merge into the first", exact=True).last.click()
    await expect(dialog(page)).to_contain_text("No possible duplicates found")
    await press(page, "Undo a merge")
    await expect(dialog(page)).to_contain_text("Center for Open Harbors")
    await picture(page, "j06-merged")
    await press(page, "Undo")
    await expect(dialog(page)).to_contain_text("Restored:")


async def test_change_the_text(desk: Demo) -> None:
    """A small fix of the text is shown before it is sent."""
    page = await open_letter(desk)
    await more(page, "Change the text")
    text = dialog(page).get_by_role("textbox", name="The letter")
    await text.press("Control+End")
    await page.keyboard.type(" Thank you.")
    await dialog(page).get_by_role("radio", name="Small fix").check()
    await dialog(page).get_by_role("textbox", name="Reason").fill("A closing word.")
    await press(page, "Review changes")
    await expect(dialog(page)).to_contain_text("1 paragraph changed")
    await picture(page, "j10-changes")
    await press(page, "Change the text")
    await expect(dialog(page)).to_contain_text("Text changed")
    await picture(page, "j10-changed")


async def test_deliver_and_get_the_list(desk: Demo) -> None:
    """The letter is closed, delivered, and its list sent as a file."""
    page = await open_letter(desk)
    await more(page, "Change the deadline or close")
    await dialog(page).get_by_role("radio", name="Close now").check()
    await press(page, "Save")
    await expect(dialog(page)).to_contain_text("Letter closed")
    page = await open_letter(desk)
    await press(page, "Deliver")
    await expect(dialog(page)).to_contain_text("The list as it will be delivered")
    await picture(page, "j11-deliver")
    await press(page, "Deliver")
    await expect(dialog(page)).to_contain_text("Letter delivered")
    await picture(page, "j11-delivered")
    await press(page, "Get the letter")
    await dialog(page).get_by_role("radio", name="Spreadsheet").check()
    await press(page, "Send me the file")
    await expect(dialog(page)).to_contain_text("We’ll send you the file")
    files = await receive(desk, ORGANISER)
    # A process of its own makes the file.
    await expect(page_message(files, ".xlsx")).to_be_visible(timeout=30_000)
    await picture(files, "j12-list")
