from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.bolt_app import Gallery, manifest
from tests.browser.demo import coalition, demo, demo_slack, fresh_demo, running_bot
from tests.support.machine.programs import CHROMIUM
from tests.support.simulator import Simulator, running_simulator

__all__ = ["coalition", "demo", "demo_slack", "fresh_demo", "running_bot"]

_LEFT_OUT = (
    # Chromium draws a list of suggestions for the address bar of each window, out of sight, in a
    # process of its own: half of what a page costs.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "WebUIToolbar"),
    # Playwright leaves these out, and only the last list counts.
    *("AimEnabled", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"),
    *("HttpsUpgrades", "LensOverlay", "MediaRouter", "OptimizationHints", "PaintHolding"),
    "ThirdPartyStoragePartitioning",
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Tabs of one window share a process.
    "--renderer-process-limit=1",
    "--process-per-site",
    f"--disable-features={','.join(_LEFT_OUT)}",
)
PATIENCE_MS = 30_000
"""A busy machine may take this long; what comes sooner is not waited for."""

expect.set_options(timeout=PATIENCE_MS)

OpenPage = Callable[..., Awaitable[Page]]
"""Opens the page as a person: `await open_page("U0GUEST", width=390, height=844)`."""


def chromium() -> str:
    """Return where the browser is.

    Raises:
        pytest.fail.Exception: There is none.
    """
    if CHROMIUM.path is None:
        pytest.fail(f"These tests need Chromium. To install it, type: {CHROMIUM.line}")
    return CHROMIUM.path


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """One headless Chromium for all tests; each page gets a context of its own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def no_page_is_left(browser: Browser) -> AsyncGenerator[None]:
    """Close every page with its test: one that stays open draws whatever later tests do."""
    yield
    for context in list(browser.contexts):
        await context.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def local_slack() -> AsyncGenerator[Simulator]:
    """The local Slack, with the manifest of the gallery app."""
    async with running_simulator(manifest=manifest()) as simulator:
        yield simulator


@pytest_asyncio.fixture(loop_scope="session")
async def gallery(local_slack: Simulator) -> AsyncGenerator[Gallery]:
    """The gallery app, connected to a fresh workspace."""
    await local_slack.reset()
    async with Gallery(local_slack.address) as gallery:
        await local_slack.connected()
        yield gallery


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, local_slack: Simulator) -> AsyncGenerator[OpenPage]:
    """Open pages; a script error or anything the content security policy stops fails the test."""
    complaints: list[str] = []
    contexts = []

    async def open_one(user: str = "U0ORGANISER", *, width: int = 1280, height: int = 860) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text) if said.type in {"error", "warning"} else None
            ),
        )
        await page.goto(f"{local_slack.address}/?as={user}")
        await page.locator("nav a").first.wait_for(state="attached")
        return page

    yield open_one
    for context in contexts:
        await context.close()
    assert complaints == []
