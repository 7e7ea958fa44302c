"""The demo, clicked through as a newcomer would, from the letter's first word to its last."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.demo import Demo, card_of, dialog, page_message, picture, press, say

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def press_sign(page: Page) -> None:
    card = await card_of(page, "Keep encryption whole")
    await card.get_by_role("button", name="Sign", exact=True).click()


async def test_a_letters_life(fresh_demo: Demo) -> None:
    """A letter is created, posted, signed in three capacities, counted, closed, and then refused."""
    organiser = await fresh_demo.page("U0ORGANISER")
    await say(organiser, "/letter new")
    form = dialog(organiser)
    await form.get_by_label("Title", exact=True).fill("Keep encryption whole")
    await press(organiser, "More")
    await form.get_by_label("Summary").fill("No back doors, for anybody.")
    await form.get_by_label("From").fill("The Coalition")
    await form.get_by_role("textbox", name="The letter").fill("We, the undersigned, say: whole.")
    await form.get_by_label("Goal").fill("3")
    await picture(organiser, "1-new")
    await press(organiser, "Save and preview")
    await expect(dialog(organiser)).to_contain_text("Overview")
    await picture(organiser, "2-preview")
    await press(organiser, "Post")
    await expect(dialog(organiser)).to_contain_text("Channels")
    await press(organiser, "Post")
    await expect(dialog(organiser)).to_contain_text("Posted")
    await press(organiser, "Done")
    card = await card_of(organiser, "Keep encryption whole")
    await expect(card).to_contain_text("0 of 3")

    myself = await fresh_demo.page("U0MEMBER1")
    await press_sign(myself)
    await expect(dialog(myself)).to_contain_text("You’ll be listed as")
    await press(myself, "Sign")
    await expect(dialog(myself)).to_contain_text("Thank you")
    await picture(myself, "3-thanks")
    await expect(card).to_contain_text("1 of 3")

    titled = await fresh_demo.page("U0MEMBER2")
    await press_sign(titled)
    await dialog(titled).get_by_role("radio", name="With title").check()
    await dialog(titled).get_by_role("textbox", name="Title").fill("Cryptographer")
    await press(titled, "Continue")
    await expect(dialog(titled)).to_contain_text("Second Member, Cryptographer")
    await picture(titled, "4-line")
    await press(titled, "Sign")
    await expect(dialog(titled)).to_contain_text("Thank you")

    delegate = await fresh_demo.page("U0MEMBER3")
    await press_sign(delegate)
    await dialog(delegate).get_by_role("radio", name="For my organisation").check()
    await dialog(delegate).get_by_label("Organisation", exact=True).fill("Freedom House")
    await dialog(delegate).get_by_label("Your role there").fill("Director")
    await dialog(delegate).get_by_label("I’m authorised").check()
    await press(delegate, "Continue")
    await expect(dialog(delegate)).to_contain_text("heck how it will appear")
    await press(delegate, "Sign")
    await expect(dialog(delegate)).to_contain_text("Thank you")
    await expect(card).to_contain_text("3 of 3")
    await expect(card).to_contain_text("3 signatures: 1 organisation, 2 people")

    await say(organiser, "/letter status #2")
    status = page_message(organiser, "Latest signatures")
    await expect(status).to_contain_text("Freedom House")
    await picture(organiser, "5-status")
    late = await fresh_demo.page("U0MEMBER4")
    await press_sign(late)
    await expect(dialog(late)).to_contain_text("Sign the letter")

    await say(organiser, "/letter close #2")
    await press(organiser, "Save")
    await expect(card).to_contain_text("Closed ")
    await press(late, "Sign")
    await expect(dialog(late)).to_contain_text("is closed, so no one can sign it now. Its")
    await picture(late, "6-refused")


async def test_a_reminder(demo: Demo) -> None:
    """An organiser reminds now, and somebody who has not signed gets it with three ways to answer."""
    organiser = await demo.page("U0ORGANISER")
    await say(organiser, "/letter remind #1")
    await expect(dialog(organiser)).to_contain_text("This goes to")
    await dialog(organiser).get_by_role("radio", name="Now").check()
    await picture(organiser, "7-remind")
    await press(organiser, "Remind")
    await expect(dialog(organiser)).to_contain_text("reminder")

    member = await demo.page("U0MEMBER4", channel="Undersigned")
    await member.get_by_role("tab", name="Messages").click()
    reminder = page_message(member, "A letter for one open Internet")
    for name in ("Sign", "Remind me later", "Stop reminders"):
        await expect(reminder.get_by_role("button", name=name)).to_be_visible()
    await picture(member, "8-reminder")
    await reminder.get_by_role("button", name="Sign", exact=True).click()
    await expect(dialog(member)).to_contain_text("You’ll be listed as")


async def sign_for(page: Page, organisation: str) -> None:
    """Press Sign on the demo's own letter, name an organisation, and continue."""
    card = await card_of(page, "A letter for one open Internet")
    await card.get_by_role("button", name="Sign", exact=True).click()
    await dialog(page).get_by_role("radio", name="For my organisation").check()
    await dialog(page).get_by_label("Organisation", exact=True).fill(organisation)
    await dialog(page).get_by_label("Your role there").fill("Director")
    await dialog(page).get_by_label("I’m authorised").check()
    await press(page, "Continue")


async def test_two_delegates_and_an_objection(demo: Demo) -> None:
    """A second delegate confirms what the first signed, a third objects, and an organiser decides."""
    organiser = await demo.page("U0ORGANISER")
    await say(organiser, "/letter rules #1")
    await (
        dialog(organiser)
        .get_by_role(
            "radio", name="An organisation is listed once a second person there signs too."
        )
        .check()
    )
    await press(organiser, "Save")
    await press(organiser, "Close")

    first = await demo.page("U0MEMBER1")
    await sign_for(first, "TEDIC")
    await expect(dialog(first)).to_contain_text("second person")
    await press(first, "Sign")
    await expect(dialog(first)).to_contain_text("Not on the list yet")
    await picture(first, "9-unconfirmed")

    second = await demo.page("U0MEMBER2")
    await sign_for(second, "Tedic")
    await expect(dialog(second)).to_contain_text("has already signed")
    await expect(dialog(second)).to_contain_text("First Member")
    await picture(second, "10-signed-already")
    await press(second, "Confirm")
    await expect(dialog(second)).to_contain_text("On the list")
    card = await card_of(organiser, "A letter for one open Internet")
    await expect(card).to_contain_text("1 signature")

    third = await demo.page("U0MEMBER3")
    await sign_for(third, "TEDIC")
    await press(third, "Object")
    await (
        dialog(third)
        .get_by_label("Why it shouldn’t be listed")
        .fill("Our board never heard of it.")
    )
    await picture(third, "11-objection")
    await press(third, "Send objection")
    await expect(dialog(third)).to_contain_text("The organisers have your objection")

    await say(organiser, "/letter organisations #1")
    await picture(organiser, "12-organisations")
    await press(organiser, "Open")
    await expect(dialog(organiser)).to_contain_text("Our board never heard of it.")
    await picture(organiser, "13-case")
    await press(organiser, "Review")
    await dialog(organiser).get_by_role("radio", name="Keep").check()
    await dialog(organiser).get_by_label("Reason", exact=True).fill("The minutes show it.")
    await picture(organiser, "14-decide")
    await press(organiser, "Save")
    await expect(dialog(organiser)).to_contain_text("The minutes show it.")
    await picture(organiser, "15-decided")
    await expect(card).to_contain_text("1 signature")
