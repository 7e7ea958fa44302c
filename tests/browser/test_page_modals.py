import pytest
from playwright.async_api import expect

from tests.browser.bolt_app import Gallery
from tests.browser.conftest import OpenPage
from tests.browser.steps import new_letter, open_form, type_in
from tests.support.simulator import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_three_modals_stack_and_the_way_back_keeps_what_was_typed(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """Pushed modals cover each other; going back finds the lower one as it was left."""
    page = await open_page()
    first = await new_letter(page)
    await first.get_by_label("Note").fill("kept")
    await first.get_by_role("button", name="Go deeper").click()
    second = page.get_by_role("dialog", name="Step 1").last
    await expect(second.get_by_role("button", name="Previous view")).to_be_visible()
    await second.get_by_role("button", name="Go deeper").click()
    third = page.get_by_role("dialog", name="Step 2")
    await expect(third).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(1)
    await third.get_by_role("button", name="Previous view").click()
    await expect(second).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_label("Note")).to_have_value("kept")
    assert len(gallery.actions) == 2


async def test_the_cross_closes_all(gallery: Gallery, open_page: OpenPage) -> None:
    """The cross of a pushed modal closes the whole stack, and focus goes back to where it was."""
    assert gallery
    page = await open_page()
    dialog = await new_letter(page)
    await dialog.get_by_role("button", name="Go deeper").click()
    await page.get_by_role("button", name="Previous view").wait_for()
    await page.get_by_role("button", name="Dismiss").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("link", name="general")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_an_update_keeps_what_is_typed_and_the_caret(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """The app hears each character and changes the view; typing goes on undisturbed."""
    page = await open_page()
    await type_in(page, "A message")
    row = page.get_by_role("article").filter(has_text="A message")
    await row.hover()
    await row.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Make this a letter").click()
    dialog = page.get_by_role("dialog", name="Live")
    await dialog.get_by_label("Other").fill("untouched")
    live = dialog.get_by_label("Live")
    await live.press_sequentially("first")
    await expect(dialog).to_contain_text("Read: first")
    await live.press("Home")
    await live.press_sequentially("at ")
    await expect(dialog).to_contain_text("Read: at first")
    await live.press_sequentially("the ")
    await expect(live).to_have_value("at the first")
    await expect(live).to_be_focused()
    await expect(dialog.get_by_label("Other")).to_have_value("untouched")
    assert gallery.actions[-1]["view"]["state"]["values"]["other"]["other"]["value"] == "untouched"


async def test_the_keyboard_suffices(gallery: Gallery, open_page: OpenPage) -> None:
    """Tab stays inside a modal, arrows choose in a menu, Escape closes the menu before the modal."""
    assert gallery
    page = await open_page()
    form = await open_form(page, "Read letter")
    await expect(form.get_by_label("Your name")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    await expect(form.get_by_role("button", name="Sign", exact=True)).to_be_focused()
    letter = form.get_by_role("combobox", name="Letter (optional)")
    await letter.focus()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("listbox")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("listbox")).to_have_count(0)
    await page.keyboard.type("affil")
    await page.get_by_role("option", name="With my affiliation").wait_for()
    await page.keyboard.press("Enter")
    await expect(letter).to_have_value("With my affiliation")
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)


async def test_two_tabs_of_one_person_have_their_own_modals(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """A modal opens in the tab whose button was pressed, and not in the other one."""
    assert gallery
    one, other = await open_page(), await open_page()
    await open_form(one)
    await expect(other.get_by_role("article").filter(has_text="Seven")).to_be_visible()
    await expect(other.get_by_role("dialog")).to_have_count(0)


async def test_a_field_that_is_drawn_anew_is_typed_in_further(
    gallery: Gallery, local_slack: Simulator, open_page: OpenPage
) -> None:
    """When the app rewords a field, its unsent text, the focus and the caret stay."""
    page = await open_page()
    dialog = await new_letter(page)
    note = dialog.get_by_label("Note")
    await note.fill("one three")
    for _ in range(len("three")):
        await note.press("ArrowLeft")
    [call] = await local_slack.calls("views.open")
    fresh = gallery.deep("Step 1")
    fresh["blocks"][0]["hint"] = {"type": "plain_text", "text": "In a few words."}
    await gallery.app.client.views_update(view_id=call["answer"]["view"]["id"], view=fresh)
    await expect(dialog).to_contain_text("In a few words.")
    await page.keyboard.type("two ")
    await expect(note).to_have_value("one two three")
