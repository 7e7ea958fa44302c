"""People who are invited answer in the browser, and an organiser watches the list."""

import pytest
from playwright.async_api import expect

from tests.browser.demo import Demo, dialog, page_message, picture, press, say

pytestmark = pytest.mark.asyncio(loop_scope="session")

TABLE = "kind,organisation,contact,state\norganisation,Digital Forum,office@forum.example,reading\n"


async def test_invited_and_answered(demo: Demo) -> None:
    """People are invited from a form, answer in one click each, and the list shows it."""
    organiser = await demo.page("U0ORGANISER")
    await say(organiser, "/letter invitations #1")
    await expect(dialog(organiser)).to_contain_text(
        "No one is invited yet. Invite people from this"
    )
    await picture(organiser, "invitations-1-empty")
    await press(organiser, "Invite")
    people = dialog(organiser).get_by_role("combobox", name="People")
    for name in ("First Member", "Second Member", "Third Member"):
        await people.fill(name)
        await organiser.get_by_role("option", name=name).click()
    await people.press("Tab")
    await dialog(organiser).get_by_role("radio", name="Now").check()
    await picture(organiser, "invitations-2-people")
    await dialog(organiser).get_by_role("radio", name="Now").check()
    await press(organiser, "Send invitations")
    await expect(dialog(organiser)).to_contain_text("3 added.")
    await press(organiser, "Invite from a list")
    field = dialog(organiser).get_by_role("textbox", name="Who do you want to invite?")
    await field.fill(TABLE + "friend,,,\n")
    await press(organiser, "Continue")
    await expect(dialog(organiser)).to_contain_text("Line 3, no name: friend")
    await picture(organiser, "invitations-3-problems")
    await dialog(organiser).get_by_role("textbox", name="What you pasted").fill(TABLE)
    await press(organiser, "Invite 1")
    await expect(dialog(organiser)).to_contain_text("Digital Forum")
    await picture(organiser, "invitations-3-look")
    await press(organiser, "Invite 1")
    await expect(dialog(organiser)).to_contain_text("3 not answered yet · 1 reading")

    reader = await demo.page("U0MEMBER1", channel="Undersigned")
    await reader.get_by_role("tab", name="Messages").click()
    invited = page_message(reader, "You’re invited to sign")
    await picture(reader, "invitations-4-message")
    await reader.set_viewport_size({"width": 390, "height": 844})
    names = ("Read letter", "Sign", "No, thank you", "More options")
    row = [invited.get_by_role("button", name=name, exact=True) for name in names]
    boxes = [box for one in row if (box := await one.bounding_box())]
    assert len({round(box["y"] + box["height"] / 2) for box in boxes}) == 1, boxes
    assert [box["x"] for box in boxes] == sorted(box["x"] for box in boxes), "Read comes first"
    await picture(reader, "invitations-4-phone")
    await reader.set_viewport_size({"width": 1280, "height": 860})
    await invited.get_by_role("button", name="More options").click()
    await reader.get_by_role("menuitem", name="Reading it").click()
    await expect(invited).to_contain_text("Thanks for letting us know you’re reading it")
    await picture(reader, "invitations-5-answered")

    waiting = await demo.page("U0MEMBER2", channel="Undersigned")
    await waiting.get_by_role("tab", name="Messages").click()
    invited = page_message(waiting, "You’re invited to sign")
    await invited.get_by_role("button", name="More options").click()
    await waiting.get_by_role("menuitem", name="Waiting for approval…").click()
    last_day = waiting.locator('input[type="date"]')
    await last_day.fill(await waiting.evaluate(IN_A_WEEK))
    await expect(invited).to_contain_text("Thanks. You expect approval by")
    await picture(waiting, "invitations-6-awaiting")

    declining = await demo.page("U0MEMBER3", channel="Undersigned")
    await declining.get_by_role("tab", name="Messages").click()
    invited = page_message(declining, "You’re invited to sign")
    await invited.get_by_role("button", name="No, thank you").click()
    await expect(invited).to_contain_text("You declined. Thanks for letting us know – we won’t")

    await press(organiser, "Close")
    await say(organiser, "/letter status #1")
    status = page_message(organiser, "Invited to sign")
    await expect(status).to_contain_text("2 reading · 1 waiting for approval · 1 declined")
    await picture(organiser, "invitations-7-status")
    await say(organiser, "/letter invitations #1")
    await expect(dialog(organiser)).to_contain_text("Waiting for approval, expected by")
    await picture(organiser, "invitations-8-list")


IN_A_WEEK = "new Date(Date.now() + 7 * 86400000).toISOString().slice(0, 10)"
