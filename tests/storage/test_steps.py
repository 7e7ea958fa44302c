"""The work of a screen in the database doesn't grow with the list: SQLite's own steps are counted."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

from bot.features.desk.use_cases import status
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reading.use_cases import pages
from bot.features.signing.use_cases import signatures
from bot.storage.database import Database, Transaction
from tests.support.clock import Clock
from tests.support.letters import MEMBER, ORGANISER, WORKSPACE, an_open_letter, members, signs

FEW, MANY = 100, 1_000
MOST_GROWTH = 1.2
EVERY = 20
"""Steps of SQLite's virtual machine between two counts."""

Ask = Callable[[Transaction, int], object]


def _story(use_case: Any) -> Callable[..., object]:
    """The function of a transaction that a use case runs."""
    return cast("Callable[..., object]", use_case.__wrapped__)


SCREENS: dict[str, Ask] = {
    "status": lambda tx, letter: _story(status.status)(
        tx, letter=letter, actor=ORGANISER, tz="UTC"
    ),
    "sign form": lambda tx, letter: _story(signatures.opening)(tx, letter=letter, actor=MEMBER),
    "who signed": lambda tx, letter: _story(pages.who_signed)(
        tx, letter=letter, actor=MEMBER, after=None, limit=20
    ),
}


def _steps(tx: Transaction, ask: Callable[[], object]) -> int:
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    driver = cast("Any", tx.connection.connection.driver_connection)
    driver.set_progress_handler(count, EVERY)
    try:
        ask()
    finally:
        driver.set_progress_handler(None, 0)
    return counted * EVERY


async def test_screens_do_not_grow(sqlite_url: str, clock: Clock) -> None:
    """Ten times as many entries cost a screen at most a fifth more steps."""
    async with Database(sqlite_url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Open Web Coalition")
        letter = await an_open_letter(database)
        people = members(MANY)
        found: list[dict[str, int]] = []
        for start, end in ((0, FEW), (FEW, MANY)):
            await asyncio.gather(*(signs(database, one, letter) for one in people[start:end]))
            found.append(
                {
                    name: await database.read(
                        lambda tx, name=name: _steps(tx, lambda: SCREENS[name](tx, letter.id))
                    )
                    for name in SCREENS
                }
            )
    few, many = found
    grown = {name: many[name] / max(few[name], EVERY) for name in SCREENS}
    assert {name: ratio for name, ratio in grown.items() if ratio > MOST_GROWTH} == {}
