"""The faults that axe-core finds on a page, by day and by night."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # To describe all that passed, too, takes most of the time.
    "resultTypes": ["violations"],
}


async def violations(page: Page) -> list[str]:
    """The rules of WCAG 2.2 AA and axe's best practices that the page breaks, with where it does."""
    found: list[str] = []
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        results = await Axe().run(page, options=OPTIONS)
        found += [
            f"{scheme}: {rule['id']}: {node['target']} {node.get('failureSummary', '')}"
            for rule in results.response["violations"]
            for node in rule["nodes"]
        ]
    return found
