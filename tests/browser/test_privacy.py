"""People sign, ask what is kept about them, delete it and see it gone, at home and from elsewhere."""

import pytest
from playwright.async_api import Page, expect

from bot.features.cards import use_cases as cards
from bot.features.invitations.rules import Invitee
from bot.features.invitations.use_cases import invitations
from bot.features.organisations.use_cases import removals
from bot.letters.endorsement import Kind
from tests.browser.demo import Demo, card_of, dialog, picture, press, say
from tests.flows.conftest import RunningBot
from tests.flows.test_holding import ORGANISER
from tests.support.letters import rows

pytestmark = pytest.mark.asyncio(loop_scope="session")

TITLE = "A letter for one open Internet"


async def _pictures(page: Page, name: str) -> None:
    """Take a picture as on a desk, and one as on a phone."""
    await picture(page, name)
    await page.set_viewport_size({"width": 390, "height": 844})
    await picture(page, f"{name}-390")
    await page.set_viewport_size({"width": 1280, "height": 860})


async def _signed(page: Page) -> None:
    card = await card_of(page, TITLE)
    await card.get_by_role("button", name="Sign", exact=True).click()
    await press(page, "Sign")
    await expect(dialog(page)).to_contain_text("Thank you")
    await press(page, "Done")


async def _delete_it(page: Page, name: str) -> None:
    card = await card_of(page, TITLE)
    await card.get_by_role("button", name="Sign", exact=True).click()
    await press(page, "Sign")
    await expect(dialog(page)).to_contain_text(name)
    await press(page, "Done")
    await expect(card).to_contain_text("1 signature")
    await card.get_by_role("button", name="Sign", exact=True).click()
    await press(page, "What we keep about you")
    await expect(dialog(page)).to_contain_text("Your signatures")
    await _pictures(page, f"privacy-kept-{name}")
    await press(page, "Details")
    await expect(dialog(page)).to_contain_text(name)
    await press(page, "Back")
    await press(page, "Delete")
    asked = page.get_by_role("alertdialog")
    await expect(asked).to_contain_text("You can’t undo this.")
    await asked.get_by_role("button", name="Delete", exact=True).click()
    await expect(dialog(page)).to_contain_text("Deleted. That includes 1 signature.")
    await _pictures(page, f"privacy-deleted-{name}")
    await press(page, "Done")
    await expect(card).to_contain_text("No signatures yet")


async def test_delete_it(demo: Demo, running_bot: RunningBot) -> None:
    """A member, and then somebody of another workspace, leave nothing behind."""
    database = running_bot.process.database
    (letter,) = [row["id"] for row in await rows(database, "letters")]
    await cards.post(
        database, letter=letter, actor=ORGANISER, channels=["C0PARTNERS"], trigger="partners"
    )

    await _delete_it(await demo.page("U0MEMBER1"), "First Member")
    await _delete_it(await demo.page("U0VISITOR", "partners"), "Visitor")

    assert {row["name"] for row in await rows(database, "endorsements")} == {""}


async def test_who_removed_it(demo: Demo, running_bot: RunningBot) -> None:
    """An organiser finds in the history who removed an entry, and why, and restores it."""
    database = running_bot.process.database
    await _signed(await demo.page("U0MEMBER1"))
    (party,) = [str(row["id"]) for row in await rows(database, "signatories")]
    await removals.remove(
        database, signatory=party, actor=ORGANISER, why="They asked us to.", trigger="removal"
    )
    page = await demo.page("U0ORGANISER")
    await say(page, "/letter history")
    await expect(dialog(page)).to_contain_text("Removed: ")
    await expect(dialog(page)).to_contain_text("They asked us to.")
    await _pictures(page, "privacy-history")
    await press(page, "Review")
    await press(page, "Restore")
    await page.get_by_role("button", name="Restore", exact=True).last.click()
    await expect(dialog(page)).to_contain_text("Restored")
    await _pictures(page, "privacy-restored")
    assert [row["removed"] for row in await rows(database, "signatories")] == [False]


async def test_notice_and_message(demo: Demo, running_bot: RunningBot) -> None:
    """A member reads how the letter handles names; an organiser copies what they send outside."""
    page = await demo.page("U0MEMBER1")
    card = await card_of(page, TITLE)
    await card.get_by_role("button", name="Read letter", exact=True).click()
    await press(page, "Privacy")
    await expect(dialog(page)).to_contain_text("Who is responsible")
    await _pictures(page, "privacy-notice")
    (letter,) = [row["id"] for row in await rows(running_bot.process.database, "letters")]
    await invitations.invite(
        running_bot.process.database, letter=letter, actor=ORGANISER, trigger="invite",
        wanted=[Invitee(kind=Kind.PERSON, name="Zelda Quill", contact="zelda@paper.example")],
    )  # fmt: skip
    page = await demo.page("U0ORGANISER")
    await say(page, "/letter invitations")
    await _pictures(page, "privacy-invited")
    await press(page, "Message to send")
    await expect(dialog(page)).to_contain_text("If you object, reply")
    await _pictures(page, "privacy-message")
