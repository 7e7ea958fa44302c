"""A letter's public page in a real browser."""

from dataclasses import replace

import pytest
from playwright.async_api import Browser

from bot.documents.paper import Paper
from bot.documents.paper_words import LANGUAGES, PaperWords
from bot.documents.phrases import foot_words, gone_words, not_public_words
from bot.documents.writers.html import page as web_page
from bot.pages.rendering import render, stylesheet
from tests.browser.accessibility import violations
from tests.documents.test_docx import ARABIC, MARKED
from tests.support.documents.papers import a_list, a_paper

pytestmark = pytest.mark.asyncio(loop_scope="session")
WORDS = PaperWords("en")


def shown(paper: Paper, hidden: str = "") -> bytes:
    """A page with its links, as a stranger gets it."""
    site = {
        "address": "https://letters.example.org/l/00000000",
        "image": "",
        "description": paper.count,
        "hidden": hidden,
        "letter": "",
        "list": None,
        "foot": foot_words(WORDS, responsible="A Trust", contact="A Host, web@example.org"),
        "languages": [(one, one, f"?lang={one}") for one in LANGUAGES],
    }
    return web_page(replace(paper, draft=""), site)


def states() -> dict[str, str]:
    """The page in each state, and what is shown beside or instead of it."""
    paper = a_paper(a_list(30, 30), letter=MARKED)
    said = {"language": "en", "direction": "ltr"}
    embed = {"text_language": "en", "text_direction": "ltr", "count": "3 people", "read": "Read"}
    made = {
        "shown": shown(paper),
        "hidden": shown(replace(paper, sections=(), notes=(), count=""), not_public_words(WORDS)),
        "arabic": shown(a_paper(letter=ARABIC)),
        "gone": render("message.html", title=gone_words(WORDS), **said),
        "embed": render("embed.html", title="Long live it", **said, **embed),
    }
    link, style = '<link rel="stylesheet" href="page.css">', f"<style>{stylesheet()}</style>"
    return {name: one.decode().replace(link, style) for name, one in made.items()}


async def test_accessible(browser: Browser) -> None:
    """axe-core finds nothing wrong in any state, by day and by night, at the width of a phone."""
    context = await browser.new_context(viewport={"width": 390, "height": 700})
    page = await context.new_page()
    found: dict[str, list[str]] = {}
    for name, text in states().items():
        await page.set_content(text)
        found[name] = await violations(page)
    assert {name: one for name, one in found.items() if one} == {}


async def test_fits(browser: Browser) -> None:
    """Nothing is wider than the window, at 320 pixels and at 200 %; it needs no script."""
    for width in (320, 640, 1280):
        context = await browser.new_context(
            viewport={"width": width, "height": 700}, java_script_enabled=False
        )
        page = await context.new_page()
        for name, text in states().items():
            await page.set_content(text)
            for part in ("main", "footer"):
                box = await page.locator(part).first.bounding_box() if f"<{part}" in text else None
                assert box is None or box["x"] + box["width"] <= width, (name, part, width)
        await context.close()


async def test_by_keyboard(browser: Browser) -> None:
    """Every link is reached with the Tab key, in the order of the page, and is seen then."""
    page = await browser.new_page()
    await page.set_content(states()["shown"])
    links = await page.locator("a").all_inner_texts()
    for link in links:
        await page.keyboard.press("Tab")
        focused = page.locator(":focus-visible")
        assert await focused.inner_text() == link
        assert await focused.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
