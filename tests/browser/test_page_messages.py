import pytest
from playwright.async_api import expect

from tests.browser.bolt_app import Gallery
from tests.browser.conftest import OpenPage
from tests.browser.steps import composer, show_card, type_in
from tests.support.simulator import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_message_is_seen_by_the_other_tab_at_once(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """A message with marks and a mention is read by another person in their own tab."""
    assert gallery
    writer, reader = await open_page("U0ORGANISER"), await open_page("U0MEMBER1")
    await composer(writer).fill("Please *read* this, @Fir")
    await writer.get_by_role("option", name="First Member").click()
    await composer(writer).press("Enter")
    for page in (writer, reader):
        row = page.get_by_role("article").filter(has_text="Please read this, @First Member")
        await expect(row).to_have_count(1)
        await expect(row.locator("b")).to_have_text("read")
    await expect(reader.locator(".mention.me")).to_have_text("@First Member")
    await expect(writer.get_by_role("separator", name="Today")).to_be_visible()


async def test_markup_that_people_type_stays_words(gallery: Gallery, open_page: OpenPage) -> None:
    """HTML in a message is shown as typed and does nothing."""
    assert gallery
    page = await open_page()
    typed = "<img src=x onerror=alert(1)> & <script>alert(2)</script>"
    await type_in(page, typed)
    await expect(page.get_by_role("article").filter(has_text=typed)).to_be_visible()
    await expect(page.locator("article img, .message script")).to_have_count(0)


async def test_a_slash_offers_the_commands_and_the_answer_is_private(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """Typing `/` lists the commands with their words; the app's answer is seen by one person."""
    page, other = await open_page(), await open_page("U0MEMBER1")
    await composer(page).press_sequentially("/l")
    offered = page.get_by_role("option", name="/letter")
    await expect(offered).to_contain_text("Start, post and follow open letters")
    await expect(offered).to_contain_text("new | post | status | help")
    await composer(page).press("Tab")
    await expect(composer(page)).to_have_value("/letter ")
    await composer(page).press_sequentially("status @Third")
    await composer(page).press("Enter")
    await composer(page).press("Enter")
    answer = page.get_by_role("article").filter(has_text="You said: status")
    await expect(answer).to_contain_text("Only visible to you")
    assert gallery.commands[-1]["text"].startswith("status <@U0MEMBER3|")
    await expect(other.get_by_role("article").filter(has_text="You said")).to_have_count(0)


async def test_a_command_that_fails_says_so(gallery: Gallery, open_page: OpenPage) -> None:
    """An unknown command is refused by name, and a silent app is named as the reason."""
    assert gallery
    page = await open_page()
    await type_in(page, "/nonsense")
    await expect(page.get_by_role("log")).to_contain_text("/nonsense is not a valid command")
    await type_in(page, "/slow")
    await expect(page.get_by_role("log")).to_contain_text(
        "/slow failed with the error “operation_timeout”"
    )


async def test_a_date_is_shown_in_the_readers_time_zone(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """One deadline reads differently in Berlin and in Kolkata."""
    assert gallery
    berlin, kolkata = await open_page("U0ORGANISER"), await open_page("U0MEMBER3")
    await show_card(berlin)
    await expect(berlin.get_by_role("log")).to_contain_text("1 Jan 2027 at 10:00")
    await expect(kolkata.get_by_role("log")).to_contain_text("1 Jan 2027 at 14:30")


async def test_a_shortcut_of_a_message_carries_that_message(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """More actions on a message runs the app's shortcut with its text."""
    page = await open_page()
    await type_in(page, "We ask for an open internet")
    row = page.get_by_role("article").filter(has_text="open internet")
    await row.hover()
    await row.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Make this a letter").click()
    await expect(page.get_by_role("dialog", name="Live")).to_be_visible()
    assert gallery.shortcuts[-1]["message"]["text"] == "We ask for an open internet"


async def test_an_unread_channel_is_marked_until_it_is_opened(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """A message elsewhere raises a count in the sidebar, a line in the log, and both go away."""
    assert gallery
    page, writer = await open_page("U0MEMBER1"), await open_page("U0ORGANISER")
    await writer.get_by_role("link", name="open-internet").click()
    await type_in(writer, "News for you")
    await page.get_by_role("link", name="open-internet, 1 unread").click()
    await expect(page.get_by_role("separator", name="New messages")).to_be_visible()
    await expect(page.get_by_role("link", name="open-internet", exact=True)).to_be_visible()


async def test_an_update_touches_only_what_changed(
    gallery: Gallery, local_slack: Simulator, open_page: OpenPage
) -> None:
    """When the app changes one block of its card, the other blocks and their choices stay."""
    page = await open_page()
    card = await show_card(page)
    await card.get_by_role("combobox", name="Sign as").click()
    await page.get_by_role("option", name="For my organisation").click()
    await card.locator(".actions").evaluate("node => { node.untouched = true; }")
    [call] = await local_slack.calls("chat.postMessage")
    ts = call["answer"]["ts"]
    blocks = call["args"]["blocks"]
    blocks[2]["fields"][0]["text"] = "*Signed*\n13 of 17"
    await gallery.app.client.chat_update(channel="C0GENERAL", ts=ts, text="A letter", blocks=blocks)
    await expect(card).to_contain_text("13 of 17")
    await expect(card).not_to_contain_text("edited")
    assert await card.locator(".actions").evaluate("node => node.untouched")
    await expect(card.get_by_role("combobox")).to_have_value("For my organisation")
