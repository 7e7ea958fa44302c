"""People sign, ask what is kept about them, delete it and see it gone, at home and from elsewhere."""

import pytest
from playwright.async_api import Page, expect

from bot.features.cards import use_cases as cards
from tests.browser.demo import Demo, card_of, dialog, picture, press
from tests.flows.conftest import RunningBot
from tests.flows.test_holding import ORGANISER
from tests.support.letters import rows

pytestmark = pytest.mark.asyncio(loop_scope="session")

TITLE = "A letter for one open Internet"


async def _delete_it(page: Page, name: str) -> None:
    card = await card_of(page, TITLE)
    await card.get_by_role("button", name="Sign", exact=True).click()
    await press(page, "Sign")
    await expect(dialog(page)).to_contain_text(name)
    await press(page, "Done")
    await expect(card).to_contain_text("1 signature")
    await card.get_by_role("button", name="Sign", exact=True).click()
    await press(page, "What we keep about you")
    await expect(dialog(page)).to_contain_text(name)
    await picture(page, f"privacy-kept-{name}")
    await press(page, "Delete it")
    asked = page.get_by_role("alertdialog")
    await expect(asked).to_contain_text("You can’t undo this.")
    await asked.get_by_role("button", name="Delete", exact=True).click()
    await expect(dialog(page)).to_contain_text("Deleted, with 1 signature.")
    await press(page, "Done")
    await expect(card).to_contain_text("No signatures yet")


async def test_delete_it(demo: Demo, running_bot: RunningBot) -> None:
    """A member, and then somebody of another workspace, leave nothing behind."""
    database = running_bot.process.database
    (letter,) = [row["id"] for row in await rows(database, "letters")]
    await cards.post(
        database, letter=letter, actor=ORGANISER, channels=["C0PARTNERS"], delivery="partners"
    )

    await _delete_it(await demo.page("U0MEMBER1"), "First Member")
    await _delete_it(await demo.page("U0VISITOR", "partners"), "Visitor")

    assert {row["name"] for row in await rows(database, "endorsements")} == {""}
