import pytest
from playwright.async_api import expect

from tests.browser.bolt_app import Gallery
from tests.browser.conftest import OpenPage
from tests.browser.steps import show_card, type_in
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_card_shows_its_words_and_marks(gallery: Gallery, open_page: OpenPage) -> None:
    """Header, marks, quote, fields and emoji of a card are drawn."""
    assert gallery
    card = await show_card(await open_page())
    await expect(card.get_by_role("heading", name="Seven principles")).to_be_visible()
    for tag, words in (("b", "open letter"), ("i", "makes"), ("s", "quietly"), ("code", "care")):
        await expect(card.locator(tag).first).to_have_text(words)
    await expect(card.locator("blockquote")).to_contain_text("asked by @Organiser")
    await expect(card.locator(".field")).to_have_text(["Signed\n12 of 17", "Organisations\n4"])
    await expect(card.get_by_role("img", name="white large square")).to_have_text("⬜")


async def test_a_rich_text_is_drawn_in_full(gallery: Gallery, open_page: OpenPage) -> None:
    """Styles, links, mentions, lists, quotes and code of a rich text have their own look."""
    assert gallery
    page = await open_page()
    await type_in(page, "/blocks rich")
    row = page.get_by_role("article").filter(has_text="We ask everyone to read")
    await expect(row.get_by_role("link", name="the letter")).to_have_attribute(
        "href", "https://example.org/letter"
    )
    await expect(row.locator("ol > li")).to_have_text(["Connectivity", "Privacy", "Openness"])
    await expect(row.locator("blockquote")).to_have_text("The network is for everyone.")
    await expect(row.locator("pre")).to_have_text("sha256 9f86d081")
    await expect(row.locator(".mention")).to_have_text(["@First Member", "open-internet"])


async def test_figures_are_drawn_and_a_data_table_is_sorted_and_paged(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """Charts have names, tables have rows, and a click on a head sorts all pages."""
    assert gallery
    page = await open_page(height=1600)
    await type_in(page, "/blocks figures")
    await expect(
        page.get_by_role("img", name="Signatures by day, People, Organisations")
    ).to_be_visible()
    await expect(page.locator("svg.chart rect")).to_have_count(6)
    await expect(page.get_by_role("img", name="By kind")).to_be_visible()
    await expect(page.get_by_role("cell", name="#partners")).to_be_visible()
    data = page.get_by_role("table", name="Who signed")
    await data.get_by_role("button", name="Order").click()
    await expect(data.locator("tbody td:last-child")).to_have_text(["1", "3", "4"])
    await page.get_by_role("button", name="Next page").click()
    await expect(data.locator("tbody td:last-child")).to_have_text(["5", "20"])
    await expect(page.get_by_role("heading", name="Plain Markdown")).to_be_visible()
    await expect(page.get_by_role("link", name="A seal of wax")).to_be_visible()


async def test_a_click_tells_the_app_what_was_clicked(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """A button, a menu of a message and an overflow each carry their value."""
    page = await open_page()
    card = await show_card(page)
    await card.get_by_role("combobox", name="Sign as").click()
    await page.get_by_role("option", name="With my affiliation").click()
    await card.get_by_role("button", name="More options").click()
    await page.get_by_role("menuitem", name="Pin").click()
    await card.get_by_role("button", name="Sign", exact=True).click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    [way], [more], [sign] = (body["actions"] for body in gallery.actions)
    assert way["selected_option"]["value"] == "affiliated"
    assert more["selected_option"]["value"] == "pin"
    assert sign["value"] == "letter-1"
    held = gallery.actions[-1]["state"]["values"]["deeds"]["way"]
    assert held["selected_option"]["value"] == "affiliated"


async def test_nothing_is_sent_until_the_person_agrees(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """A confirm dialog asks before the deed; Escape and its no keep the app out of it."""
    page = await open_page()
    card = await show_card(page)
    withdraw = card.get_by_role("button", name="Withdraw")
    await withdraw.click()
    asked = page.get_by_role("alertdialog", name="Withdraw your signature?")
    await expect(asked).to_contain_text("Your entry leaves the letter.")
    await asked.get_by_role("button", name="Stay").click()
    await withdraw.click()
    await page.keyboard.press("Escape")
    await expect(asked).to_have_count(0)
    await expect(withdraw).to_be_focused()
    await withdraw.click()
    await asked.get_by_role("button", name="Withdraw").click()
    await until(lambda: bool(gallery.actions))
    assert [body["actions"][0]["action_id"] for body in gallery.actions] == ["withdraw"]


async def test_a_click_that_is_not_answered_says_so(gallery: Gallery, open_page: OpenPage) -> None:
    """When the app stays silent, the message says that it did not answer."""
    page = await open_page()
    card = await show_card(page)
    gallery.silent = True
    await card.get_by_role("button", name="Read letter").click()
    await expect(card.get_by_role("status")).to_have_text(
        "The app did not answer within 3 seconds."
    )


async def test_the_home_tab_is_asked_for_and_shown(gallery: Gallery, open_page: OpenPage) -> None:
    """Opening the app shows what it publishes, and its buttons work there."""
    page = await open_page()
    await page.get_by_role("link", name="Undersigned").click()
    home = page.get_by_role("tabpanel", name="Home")
    await expect(home.get_by_role("heading", name="Open letters")).to_be_visible()
    await home.get_by_role("button", name="Sign", exact=True).click()
    await expect(page.get_by_role("dialog", name="Sign the letter")).to_be_visible()
    assert gallery.actions[-1]["container"]["type"] == "view"
    await page.keyboard.press("Escape")
    await page.get_by_role("tab", name="Messages").click()
    await expect(page.get_by_role("log", name="Messages in Undersigned")).to_be_visible()
