"""The letter as a web page, in a real browser."""

import pytest
from playwright.async_api import Browser

from bot.documents.writers.html import page as web_page
from tests.browser.accessibility import violations
from tests.documents.test_docx import ARABIC, MARKED
from tests.support.documents.papers import a_list, a_paper

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_web_page_is_accessible(browser: Browser) -> None:
    """axe-core finds nothing wrong with the page in either direction, and finds a page without its language."""
    pages = {
        "english": web_page(a_paper(a_list(30, 30), letter=MARKED)).decode(),
        "arabic": web_page(a_paper(letter=ARABIC)).decode(),
    }
    pages["broken"] = pages["english"].replace(' lang="en"', "", 1)
    # Axe is put into the page, which the page's own policy forbids.
    context = await browser.new_context(bypass_csp=True)
    try:
        page = await context.new_page()
        found = {}
        for name, text in pages.items():
            await page.set_content(text)
            found[name] = await violations(page)
    finally:
        await context.close()
    assert found["english"] == []
    assert found["arabic"] == []
    assert any("html-has-lang" in one for one in found["broken"])
