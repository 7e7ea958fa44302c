"""The place of the focus, and the work of Escape, when the app changes what is on the screen."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.bolt_app import Gallery, modal
from tests.browser.conftest import OpenPage
from tests.browser.gallery import CARD, mrkdwn, plain
from tests.browser.steps import composer, open_form, show_card
from tests.support.simulator import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")


def button(name: str, action: str) -> dict[str, Any]:
    return {"type": "button", "action_id": action, "text": plain(name)}


def row(*names: str) -> dict[str, Any]:
    """A row of buttons, each with an action of its own name."""
    return {"type": "actions", "block_id": "row", "elements": [button(one, one) for one in names]}


def words(number: int) -> dict[str, Any]:
    return {"type": "section", "block_id": f"words-{number}", "text": mrkdwn(f"Line {number}")}


async def a_modal(gallery: Gallery, page: Page, *blocks: dict[str, Any]) -> tuple[Locator, str]:
    """Open a modal with these blocks; return it and its id."""
    await open_form(page)
    view_id = await only_view(page)
    await gallery.app.client.views_update(view_id=view_id, view=modal("Blocks", list(blocks)))
    dialog = page.get_by_role("dialog", name="Blocks")
    await expect(dialog).to_be_visible()
    return dialog, view_id


async def only_view(page: Page) -> str:
    script = """async () => {
        const window = sessionStorage.getItem("window");
        const query = new URLSearchParams({ as: "U0ORGANISER", window });
        const answer = await (await fetch(`/_sim/views?${query}`)).json();
        return answer.stack[0].id;
    }"""
    return await page.evaluate(script)


async def test_a_button_on_a_card(
    gallery: Gallery, local_slack: Simulator, open_page: OpenPage
) -> None:
    """The focus on a button of a message goes to the button that takes its place."""
    page = await open_page()
    card = await show_card(page)
    await card.get_by_role("button", name="Sign", exact=True).focus()
    calls = await local_slack.calls("chat.postMessage")
    answer = calls[-1]["answer"]
    await gallery.app.client.chat_update(
        channel=answer["channel"],
        ts=answer["ts"],
        text="x",
        blocks=[*CARD[:-1], row("Your signature")],
    )
    await expect(card.get_by_role("button", name="Your signature")).to_be_focused()


async def test_a_button_in_a_modal(gallery: Gallery, open_page: OpenPage) -> None:
    """In a modal the focus stays, on the like or on what takes its place, and Escape closes it."""
    page = await open_page()
    dialog, view_id = await a_modal(gallery, page, row("Remind me later", "Never"))
    await dialog.get_by_role("button", name="Never").focus()
    changed = modal("Blocks", [words(1), row("Never", "Remind me later")])
    await gallery.app.client.views_update(view_id=view_id, view=changed)
    await expect(dialog).to_contain_text("Line 1")
    await expect(dialog.get_by_role("button", name="Never")).to_be_focused()
    await gallery.app.client.views_update(view_id=view_id, view=modal("Blocks", [row("Done")]))
    await expect(dialog.get_by_role("button", name="Done")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_button_that_is_gone(gallery: Gallery, open_page: OpenPage) -> None:
    """Without any button left, the focus stays in the modal, and Escape closes it."""
    page = await open_page()
    dialog, view_id = await a_modal(gallery, page, words(1), row("Go"))
    await dialog.get_by_role("button", name="Go").focus()
    await gallery.app.client.views_update(view_id=view_id, view=modal("Blocks", [words(2)]))
    await expect(dialog).to_contain_text("Line 2")
    assert await dialog.evaluate("dialog => dialog.contains(document.activeElement)")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_click_beside_a_modal(gallery: Gallery, open_page: OpenPage) -> None:
    """After a click on what is behind a modal Escape still closes it."""
    assert gallery
    page = await open_page()
    await open_form(page)
    await page.mouse.click(5, 400)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_the_way_back_to_a_replaced_button(
    gallery: Gallery, local_slack: Simulator, open_page: OpenPage
) -> None:
    """After a modal the focus is on the card again, even if its button was replaced."""
    page = await open_page()
    await open_form(page)
    answer = (await local_slack.calls("chat.postMessage"))[-1]["answer"]
    await gallery.app.client.chat_update(
        channel=answer["channel"], ts=answer["ts"], text="x", blocks=[*CARD[:-1], row("sign")]
    )
    await expect(page.get_by_role("article").get_by_text("sign", exact=True)).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="sign", exact=True)).to_be_focused()


async def test_a_refused_form(gallery: Gallery, open_page: OpenPage) -> None:
    """While a form is sent the focus stays on its button; the wrong field has it afterwards."""
    page = await open_page()
    dialog = await open_form(page)
    gallery.submit_answer = {"response_action": "errors", "errors": {"name": "Too short"}}
    await dialog.get_by_label("Your name").fill("X")
    sign = dialog.get_by_role("button", name="Sign", exact=True)
    await sign.focus()
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_label("Your name")).to_be_focused()
    gallery.submit_answer = {}
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_channel_that_changes(
    gallery: Gallery, local_slack: Simulator, open_page: OpenPage
) -> None:
    """The focus on a message stays when somebody joins the channel, and typing goes on."""
    assert gallery
    page = await open_page()
    card = await show_card(page)
    sign = card.get_by_role("button", name="Sign", exact=True)
    await sign.focus()
    await local_slack.change_channel("C0GENERAL", add=["U0GUEST"])
    await expect(page.get_by_role("button", name="8 members")).to_be_visible()
    await expect(sign).to_be_focused()
    await composer(page).press_sequentially("half a ")
    await local_slack.change_channel("C0GENERAL", remove=["U0GUEST"])
    await expect(page.get_by_role("button", name="7 members")).to_be_visible()
    await expect(composer(page)).to_be_focused()
    await page.keyboard.type("sentence")
    await expect(composer(page)).to_have_value("half a sentence")


async def test_another_screen_starts_at_its_top(gallery: Gallery, open_page: OpenPage) -> None:
    """A modal that shows something else is read from its top; one that only changes stays put."""
    page = await open_page()
    long = [words(number) for number in range(60)]
    dialog, view_id = await a_modal(gallery, page, *long)
    body = dialog.locator(".dialog-body")
    await body.evaluate("body => body.scrollTo(0, 700)")
    changed = modal("Blocks", [*long, words(60)])
    await gallery.app.client.views_update(view_id=view_id, view=changed)
    await expect(dialog).to_contain_text("Line 60")
    assert await body.evaluate("body => body.scrollTop") == 700
    turned = [words(0), *(words(number) for number in range(100, 160))]
    preview = modal("Blocks", turned)
    await gallery.app.client.views_update(view_id=view_id, view=preview)
    await expect(dialog).to_contain_text("Line 159")
    assert await body.evaluate("body => body.scrollTop") == 0


CONTRAST = """node => {
    const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const over = ([r, g, b, a = 1], under) => [r, g, b].map((one, at) => one * a + under[at] * (1 - a));
    const bars = [];
    for (let at = node; at; at = at.parentElement) bars.unshift(parse(getComputedStyle(at).backgroundColor));
    const ground = bars.reduce((under, colour) => over(colour.length === 3 ? [...colour, 1] : colour, under), [255, 255, 255]);
    const light = (colour) => colour.map((one) => one / 255)
        .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
        .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
    const ink = over(parse(getComputedStyle(node).color), ground);
    const [high, low] = [light(ink), light(ground)].sort((one, other) => other - one);
    return (high + 0.05) / (low + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_top_bar_under_the_mouse(
    gallery: Gallery, open_page: OpenPage, scheme: Any
) -> None:
    """Each label of the top bar is readable while the mouse is on it: a contrast of 4.5 or more."""
    assert gallery
    page = await open_page()
    await page.emulate_media(color_scheme=scheme)
    buttons = page.locator(".topbar button:visible")
    assert await buttons.count() >= 3
    for one in await buttons.all():
        await one.hover()
        assert await one.evaluate(CONTRAST) >= 4.5, await one.get_attribute("class")
