from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.bolt_app import Gallery
from tests.browser.conftest import OpenPage
from tests.browser.steps import open_form, submit, submitted

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_input_reaches_the_app(gallery: Gallery, open_page: OpenPage) -> None:
    """All that is typed, picked and chosen in a form arrives in Slack's own words."""
    page = await open_page(height=1000)
    form = await open_form(page, "Read letter")
    await form.get_by_label("Your name").fill("First Organiser")
    await form.get_by_label("Why").fill("Because\nof this")
    await form.get_by_label("Email").fill("someone@example.org")
    await form.get_by_label("Web page").fill("https://example.org/")
    await form.get_by_label("Goal").fill("17")
    await form.get_by_label("Day").fill("2026-12-01")
    await form.get_by_label("Hour").fill("17:30")
    await form.get_by_label("Deadline: date").fill("2027-01-05")
    await form.get_by_label("Deadline: time").fill("18:00")
    await form.get_by_role("radio", name="For my organisation").check()
    await form.get_by_role("checkbox", name="With my affiliation").check()
    for label, option in (
        ("Letter (optional)", "As myself"),
        ("Person", "Guest"),
        ("Conversation", "steering-group"),
    ):
        await form.get_by_role("combobox", name=label).click()
        await page.get_by_role("option", name=option).click()
    for label, first, second in (
        ("Letters", "As myself", "For my organisation"),
        ("People", "Guest", "First Member"),
        ("Channels", "general", "partners"),
    ):
        await form.get_by_role("combobox", name=label).click()
        await page.get_by_role("option", name=first).click()
        await page.get_by_role("option", name=second).click()
        await page.keyboard.press("Escape")
    await form.get_by_role("combobox", name="Country").press_sequentially("ki")
    await page.get_by_role("option", name="Kiribati").click()
    await submit(form)
    await expect(form).to_have_count(0)

    def values(name: str) -> list[str]:
        held = submitted(gallery, name)
        return [option["value"] for option in (held if isinstance(held, list) else [held])]

    assert submitted(gallery, "name") == "First Organiser"
    assert submitted(gallery, "why") == "Because\nof this"
    assert submitted(gallery, "mail") == "someone@example.org"
    assert submitted(gallery, "site") == "https://example.org/"
    assert submitted(gallery, "goal") == "17"
    assert submitted(gallery, "day") == "2026-12-01"
    assert submitted(gallery, "hour") == "17:30"
    assert submitted(gallery, "deadline") == 1_799_168_400, "18:00 in Berlin is 17:00 UTC"
    assert values("how") == ["organisation"]
    assert values("agree") == ["affiliated"]
    assert values("letter") == ["self"]
    assert values("letters") == ["self", "organisation"]
    assert submitted(gallery, "person") == "U0GUEST"
    assert submitted(gallery, "crowd") == ["U0GUEST", "U0MEMBER1"]
    assert submitted(gallery, "place") == "C0STEERING"
    assert submitted(gallery, "channels") == ["C0GENERAL", "C0PARTNERS"]
    assert values("country") == ["kiribati"]


async def test_the_editor_makes_rich_text(gallery: Gallery, open_page: OpenPage) -> None:
    """Bold, lists, quotes, code and links of the editor become a rich text block."""
    page = await open_page()
    form = await open_form(page, "Read letter")
    await form.get_by_label("Your name").fill("Organiser")
    editor = form.get_by_role("textbox", name="The text")
    await editor.click()
    keys = page.keyboard
    await keys.type("We ")
    await keys.press("Control+b")
    await keys.type("ask")
    await keys.press("Control+b")
    await keys.press("Enter")
    await form.get_by_role("button", name="Bulleted list").click()
    await keys.type("one")
    await keys.press("Enter")
    await keys.type("two")
    await keys.press("Enter")
    await keys.press("Enter")
    await form.get_by_role("button", name="Quote").click()
    await keys.type("said")
    await keys.press("Enter")
    await keys.type("twice")
    await keys.press("Enter")
    await keys.press("Enter")
    await form.get_by_role("button", name="Code block").click()
    await keys.type("a = 1")
    await keys.press("Enter")
    await keys.press("Enter")
    await form.get_by_role("button", name="Link").click()
    await page.get_by_label("Link text").fill("here")
    await page.get_by_label("Link address").fill("https://example.org/")
    await keys.press("Enter")
    await submit(form)
    await expect(form).to_have_count(0)

    def text(words: str, **style: bool) -> dict[str, Any]:
        return {"type": "text", "text": words} | ({"style": style} if style else {})

    def section(*elements: dict[str, Any]) -> dict[str, Any]:
        return {"type": "rich_text_section", "elements": list(elements)}

    link = {"type": "link", "url": "https://example.org/", "text": "here"}
    assert submitted(gallery, "text") == {
        "type": "rich_text",
        "elements": [
            section(text("We "), text("ask", bold=True)),
            {
                "type": "rich_text_list",
                "style": "bullet",
                "indent": 0,
                "elements": [section(text("one")), section(text("two"))],
            },
            {"type": "rich_text_quote", "elements": [text("said\ntwice")]},
            {"type": "rich_text_preformatted", "elements": [text("a = 1")]},
            section(link),
        ],
    }


PASTED = """
<style>p {color: red}</style><h2>Title</h2>
<p style="margin: 0">A <span style="font-weight: 700">bold</span> <a href="https://example.org/x">link</a> <img src=x onerror="alert(1)"></p>
<ul><li>one<ul><li>inner</li></ul></li></ul>
"""


async def test_pasting_keeps_the_marks_and_nothing_else(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """A pasted page keeps its words, marks, links and lists, but no styles or scripts."""
    page = await open_page()
    form = await open_form(page, "Read letter")
    await form.get_by_label("Your name").fill("Organiser")
    editor = form.get_by_role("textbox", name="The text")
    await editor.click()
    await editor.evaluate(
        """(node, html) => {
            const held = new DataTransfer();
            held.setData("text/html", html);
            const init = { clipboardData: held, bubbles: true, cancelable: true };
            node.dispatchEvent(new ClipboardEvent("paste", init));
        }""",
        PASTED,
    )
    await submit(form)
    await expect(form).to_have_count(0)
    held = submitted(gallery, "text")
    assert isinstance(held, dict)
    first, outer, inner = held["elements"]
    assert "".join(part["text"] for part in first["elements"]).strip() == "Title\nA bold link"
    assert [part["type"] for part in first["elements"]][:4] == ["text", "text", "text", "link"]
    assert (outer["indent"], inner["indent"]) == (0, 1)


async def test_what_cannot_be_right_is_said_at_its_field(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """Empty, short, long and malformed answers are refused before the app is asked."""
    page = await open_page(height=1000)
    form = await open_form(page, "Read letter")
    await submit(form)
    name = form.get_by_label("Your name")
    await expect(name).to_be_focused()
    await expect(name).to_have_attribute("aria-invalid", "true")
    await expect(form).to_contain_text("Please complete this required field.")
    await name.fill("Or")
    await form.get_by_label("Email").fill("nobody")
    await form.get_by_label("Web page").fill("example")
    await form.get_by_label("Goal").fill("1.5")
    await submit(form)
    for sentence in (
        "Write at least 3 characters.",
        "Write a valid email address.",
        "Write a valid web address, with https://.",
        "Write a whole number.",
    ):
        await expect(form.get_by_role("alert").filter(has_text=sentence)).to_be_visible()
    await form.get_by_label("Goal").fill("501")
    await name.fill("x" * 41)
    await submit(form)
    await expect(form).to_contain_text("Write a number of 500 or less.")
    await expect(form).to_contain_text("Write at most 40 characters: 1 too many.")
    assert gallery.submissions == []


async def test_the_apps_refusal_stands_at_the_field_it_concerns(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """Errors that the app answers with are shown there, and what was typed stays."""
    gallery.submit_answer = {
        "response_action": "errors",
        "errors": {"name": "That name signed already."},
    }
    form = await open_form(await open_page())
    await form.get_by_label("Your name").fill("Organiser")
    await submit(form)
    await expect(form.get_by_role("alert").filter(has_text="signed already")).to_be_visible()
    await expect(form.get_by_label("Your name")).to_have_value("Organiser")
    await expect(form.get_by_label("Your name")).to_be_focused()
    gallery.submit_answer = {}
    await submit(form)
    await expect(form).to_have_count(0)


async def test_a_submission_without_an_answer_can_be_tried_again(
    gallery: Gallery, open_page: OpenPage
) -> None:
    """While it waits the button is busy; then Slack's sentence is above the form."""
    form = await open_form(await open_page())
    await form.get_by_label("Your name").fill("Organiser")
    gallery.silent = True
    await submit(form)
    await expect(form.get_by_role("button", name="Sign", exact=True)).to_be_disabled()
    await expect(form).to_contain_text("We had some trouble connecting. Try again?")
    gallery.silent = False
    await submit(form)
    await expect(form).to_have_count(0)
