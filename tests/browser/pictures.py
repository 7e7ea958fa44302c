"""`make pictures`: the README's picture of the desk, and its recording of somebody who signs."""

import asyncio
import io
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.demo import Demo, running_demo
from tests.support.shared import ROOT

DESK = ROOT / "docs" / "desk.png"
SIGNING = ROOT / "docs" / "signing.gif"
MOST_BYTES = 1_500_000
WIDE, HIGH = 900, 640
COLOURS = 200
LETTER = "A letter for one open Internet"

POINTER = """() => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("width", "22");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", "M3 1v15l4-4 3 6 3-1-3-6h6z");
    path.setAttribute("fill", "#111");
    path.setAttribute("stroke", "#fff");
    svg.append(path);
    Object.assign(svg.style, { position: "fixed", zIndex: 99, left: "70%", top: "85%", pointerEvents: "none" });
    svg.id = "pointer";
    document.body.append(svg);
}"""
MOVE = """([x, y]) => {
    const { style } = document.getElementById("pointer");
    style.left = `${x}px`;
    style.top = `${y}px`;
}"""


@dataclass
class Recording:
    """Frames of a page, with how long each is shown."""

    page: Page
    frames: list[Image.Image] = field(default_factory=list[Image.Image])
    durations_ms: list[int] = field(default_factory=list[int])
    at: tuple[float, float] = (WIDE * 0.7, HIGH * 0.85)

    async def frame(self, ms: int) -> None:
        """Keep what is on the screen for so many milliseconds."""
        shot = await self.page.screenshot(animations="disabled", caret="hide")
        self.frames.append(Image.open(io.BytesIO(shot)).convert("RGB"))
        self.durations_ms.append(ms)

    async def press(self, control: Locator) -> None:
        """Move the drawn pointer to a control, and press it."""
        await control.scroll_into_view_if_needed()
        box = await control.bounding_box()
        if box is None:
            raise RuntimeError("the control is not on the screen")
        goal = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        for step in (0.5, 1.0):
            x, y = (a + (b - a) * step for a, b in zip(self.at, goal, strict=True))
            await self.page.evaluate(MOVE, [x, y])
            await self.frame(120 if step < 1 else 500)
        self.at = goal
        await control.click()

    def save(self, file: Path) -> None:
        """Write an animated GIF with one palette for all frames."""
        # One palette keeps colours from flickering, and what does not move costs nothing.
        sheet = Image.new("RGB", (WIDE, HIGH * len(self.frames)))
        for place, frame in enumerate(self.frames):
            sheet.paste(frame, (0, HIGH * place))
        palette = sheet.quantize(COLOURS, dither=Image.Dither.NONE)
        frames = [one.quantize(palette=palette, dither=Image.Dither.NONE) for one in self.frames]
        frames[0].save(
            file,
            save_all=True,
            append_images=frames[1:],
            duration=self.durations_ms,
            loop=0,
            optimize=True,
        )


async def opened(browser: Browser, demo: Demo, high: int) -> Page:
    """The bare address, with the things to try put away."""
    context = await browser.new_context(viewport={"width": WIDE, "height": high})
    page = await context.new_page()
    page.set_default_timeout(30_000)
    await page.goto(demo.address)
    await page.get_by_role("article").first.wait_for()
    return page


async def record_signing(page: Page) -> Recording:
    """Somebody presses Sign, sees their entry, signs, and the card moves."""
    await page.get_by_role("button", name="Hide the things to try").click()
    card = page.get_by_role("article").filter(has_text=LETTER)
    await page.evaluate(POINTER)
    recording = Recording(page)
    await recording.frame(1500)
    await recording.press(card.get_by_role("button", name="Sign", exact=True))
    dialog = page.get_by_role("dialog")
    await dialog.wait_for()
    await page.evaluate("document.body.append(document.getElementById('pointer'))")
    await recording.frame(2400)
    await recording.press(dialog.locator("[type=submit]"))
    await expect(dialog.locator("[type=submit]")).to_have_count(0)
    await recording.frame(2200)
    await recording.press(dialog.get_by_role("button").last)
    await expect(dialog).to_have_count(0)
    await expect(card).to_contain_text("13 of 20")
    await recording.frame(3000)
    return recording


async def picture_desk(page: Page) -> None:
    """The Home tab of the letter's organiser."""
    guide = page.get_by_role("region", name="Three things to try")
    await guide.get_by_role("button", name="Run the letter").click()
    await expect(page.get_by_role("main")).to_contain_text("Keep the night ferries running")
    await page.get_by_role("button", name="Hide the things to try").click()
    await page.evaluate("document.activeElement.blur()")
    await page.screenshot(path=DESK, animations="disabled")


async def make() -> None:
    with TemporaryDirectory() as folder:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium(), args=list(ARGUMENTS)
            )
            async with running_demo(browser, Path(folder)) as demo:
                await picture_desk(await opened(browser, demo, 720))
                (await record_signing(await opened(browser, demo, HIGH))).save(SIGNING)
            await browser.close()
    for file in (DESK, SIGNING):
        size = file.stat().st_size
        print(f"{file.relative_to(ROOT)}: {size:,} bytes")
        if size > MOST_BYTES:
            raise SystemExit(f"{file.name} is larger than {MOST_BYTES:,} bytes")


if __name__ == "__main__":
    asyncio.run(make())
