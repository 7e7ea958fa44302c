import re
from datetime import UTC, datetime

import pytest
from playwright.async_api import expect

from tests.browser.bolt_app import Gallery
from tests.browser.conftest import OpenPage
from tests.browser.steps import composer, show_card, type_in
from tests.support.simulator import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_one_tab_can_be_another_person(gallery: Gallery, open_page: OpenPage) -> None:
    """Acting as a guest shows the guest's channels; the address and the tab remember who it is."""
    assert gallery
    page = await open_page("U0ORGANISER")
    await expect(page.get_by_role("link", name="steering-group")).to_be_visible()
    await page.get_by_role("button", name="Acting as Organiser").click()
    await page.get_by_role("menuitemradio", name="Guest").click()
    await expect(page.get_by_role("button", name="Acting as Guest")).to_be_visible()
    await expect(page.get_by_role("link", name="steering-group")).to_have_count(0)
    await expect(page).to_have_url(re.compile("as=U0GUEST"))
    await page.reload()
    await expect(page.get_by_role("button", name="Acting as Guest")).to_be_visible()


async def test_the_app_is_let_into_a_private_channel(
    gallery: Gallery, local_slack: Simulator, open_page: OpenPage
) -> None:
    """`/invite` adds the app to a private channel, as in Slack."""
    assert gallery
    page = await open_page()
    await page.get_by_role("link", name="steering-group").click()
    await expect(page.get_by_role("button", name="3 members")).to_be_visible()
    await composer(page).fill("/invite @Under")
    await page.get_by_role("option", name="Undersigned").click()
    await composer(page).press("Enter")
    await expect(page.get_by_role("button", name="4 members")).to_be_visible()
    state = await local_slack.get("state", **{"as": "U0ORGANISER"})
    [channel] = [one for one in state["channels"] if one["id"] == "C0STEERING"]
    assert state["app"]["bot_user"] in channel["members"]


async def test_a_public_channel_can_be_joined(gallery: Gallery, open_page: OpenPage) -> None:
    """Someone outside a public channel reads it, and writes after joining."""
    assert gallery
    page = await open_page("U0MEMBER3")
    await page.get_by_role("link", name="partners").click()
    await expect(composer(page)).to_have_count(0)
    await page.get_by_role("button", name="Join channel").click()
    await type_in(page, "Hello partners")
    await expect(page.get_by_role("article").filter(has_text="Hello partners")).to_be_visible()


async def test_the_clock_can_be_moved(
    gallery: Gallery, local_slack: Simulator, open_page: OpenPage
) -> None:
    """The next weekday at nine is nine of the acting person's own morning."""
    assert gallery
    await local_slack.clock(to=datetime(2026, 11, 27, 12, tzinfo=UTC))
    page = await open_page("U0MEMBER3")
    await page.get_by_role("button", name="Clock: Fri 27 Nov").click()
    await page.get_by_role("button", name="Next weekday 9:00").click()
    await expect(page.get_by_role("button", name="Clock: Mon 30 Nov, 9:00")).to_be_visible()
    moment = await local_slack.clock()
    assert moment.strftime("%F %H:%M") == "2026-11-30 03:30"
    await page.get_by_role("button", name="Clock:").click()
    await page.get_by_role("button", name="+1 day").click()
    await expect(page.get_by_role("button", name="Clock: Tue 1 Dec")).to_be_visible()


async def test_the_inspector_shows_each_payload(gallery: Gallery, open_page: OpenPage) -> None:
    """The drawer lists what went to and from the app, opens to its JSON, and stays open."""
    assert gallery
    page = await open_page()
    await page.get_by_role("button", name="Payloads", exact=True).click()
    drawer = page.get_by_role("complementary", name="Payloads")
    await show_card(page)
    command = drawer.get_by_role("listitem").filter(has_text="/blocks")
    await expect(command).to_contain_text("slash commands")
    await expect(command).to_contain_text("ms")
    await command.locator("summary").click()
    await expect(command.get_by_role("region", name="Payload")).to_contain_text(
        '"command": "/blocks"'
    )
    await command.get_by_role("button", name="Copy payload").click()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert '"user_id": "U0ORGANISER"' in copied
    await drawer.get_by_label("Filter payloads").fill("chat.post")
    await expect(drawer.get_by_role("listitem")).to_have_count(1)
    await page.reload()
    await expect(drawer).to_be_visible()


async def test_the_page_says_when_the_app_is_away(
    local_slack: Simulator, open_page: OpenPage
) -> None:
    """Without the app a sentence says so, and it goes when the app is there."""
    await local_slack.reset()
    page = await open_page()
    sentence = page.get_by_text("The app is not running yet")
    await expect(sentence).to_be_visible()
    await type_in(page, "/letter help")
    await expect(page.get_by_role("log")).to_contain_text("dispatch_failed")
    async with Gallery(local_slack.address):
        await expect(sentence).to_be_hidden()
    await expect(sentence).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
async def test_the_page_fits_the_window(
    gallery: Gallery, open_page: OpenPage, width: int, height: int
) -> None:
    """At each width nothing runs out of the window, and every channel can be reached."""
    assert gallery
    page = await open_page(width=width, height=height)
    await show_card(page)
    overflow = "document.documentElement.scrollWidth - window.innerWidth"
    assert await page.evaluate(overflow) <= 0
    log = page.get_by_role("log").locator("..")
    assert await log.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    drawer = page.get_by_role("button", name="Channels and apps")
    if await drawer.is_visible():
        await drawer.click()
    await page.get_by_role("link", name="open-internet").click()
    await expect(page.get_by_role("log", name="Messages in #open-internet")).to_be_attached()
    assert await page.evaluate(overflow) <= 0


async def test_a_typed_invitation(gallery: Gallery, open_page: OpenPage) -> None:
    """`/invite @Undersigned`, typed to its end, adds the app; without a name it says what is missing."""
    assert gallery
    page = await open_page()
    await page.get_by_role("link", name="steering-group").click()
    await expect(page.get_by_role("button", name="3 members")).to_be_visible()
    await type_in(page, "/invite")
    await expect(page.get_by_role("article").last).to_contain_text("the name of a person or app")
    await type_in(page, "/invite @Undersigned")
    await expect(page.get_by_role("button", name="4 members")).to_be_visible()
