"""A robot that opens every link of every mail, and sends every form of every page."""

import re

import pytest
from sqlalchemy import select

from bot.features.signing import rules
from bot.storage.database import Database
from bot.storage.tables import endorsements
from tests.support.scenes.approving import BOARD, asks
from tests.support.scenes.web_signing import ADA, Browser, Shown, a_browser, a_letter_to_sign


@pytest.fixture(name="browser")
async def _browser(database: Database) -> Browser:
    return await a_browser(database)


class Robot:
    """Follows links and sends forms until it has seen all; it can't read what a code is."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.seen = browser, set[str]()

    async def visits(self, path: str) -> None:
        """Open an address, and go on from there."""
        if path not in self.seen and len(self.seen) < 40:
            self.seen.add(path)
            await self.looks_at(path, await self.browser.ask(path), 3)

    async def looks_at(self, path: str, shown: Shown, deep: int) -> None:
        """Send each form of a page with each of its buttons, and open each link."""
        for form, buttons in zip(shown.forms, shown.buttons, strict=True):
            for act in buttons if deep else ():
                guess = {"code": "000000", "address": "robot@example.org", "name": "A Robot"}
                filled = {name: value or guess.get(name, "") for name, value in form.items()}
                answer = await self.browser.ask(path, filled | {"act": act})
                await self.looks_at(path, answer, deep - 1)
        base = path.partition("?")[0]
        for link in shown.links:
            if link.startswith("../"):
                await self.visits(re.sub("[^/]+/$", "", base) + link.removeprefix("../"))

    async def reads_mails(self) -> None:
        """Open the links of all mails to the one who signed, and to the one who is asked."""
        for mail in [*await self.browser.mails(), *await self.browser.mails(BOARD)]:
            for one in (mail.link, mail.end):
                if one:
                    await self.visits("/" + one[1].split("/", 3)[3])


async def _signed(database: Database, browser: Browser) -> list[tuple[str, bool]]:
    """The signatures, and whether they stand, once the robot is through."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter)
    path, mine = f"{letter.page_path}/sign/", f"{letter.page_path}/mine/"
    code = await browser.fills(letter, name="Somebody Else", address="else@example.org")
    (form,) = (await browser.ask(mine)).forms
    opened = await browser.ask(mine, form | {"address": ADA})
    await asks(browser, letter, name="Dee Kay", address="dee@example.org")
    robot = Robot(browser)
    await robot.looks_at(path, code, 3)
    await robot.looks_at(mine, opened, 3)
    await robot.visits(path)
    await robot.reads_mails()
    assert len(robot.seen) > 2
    given = select(endorsements.c.name, endorsements.c.withdrawn_at.is_(None))
    return [(*row,) for row in await database.read(lambda tx: tx.execute(given).all())]


@pytest.mark.on_both
async def test_robot(database: Database, browser: Browser) -> None:
    """Without the code, a robot that sends every form signs nothing and withdraws nothing."""
    assert await _signed(database, browser) == [("Ada Moreau", True)]


async def test_robot_is_caught(
    database: Database, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: if any code were right, the robot would sign and withdraw."""
    monkeypatch.setattr(rules, "is_code", lambda *_: True)
    after = await _signed(database, browser)
    assert len(after) > 1
    assert "Dee Kay" in [name for name, _ in after]
    assert ("Ada Moreau", True) not in after
