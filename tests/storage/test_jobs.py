"""No job of the worker holds SQLite's writer for longer where there is more to do.

The steps of SQLite's virtual machine are counted in each transaction that writes: a portion of ten
times as many rows is no larger.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

from bot.storage.database import Database, Transaction
from tests.support.clock import Clock
from tests.support.databases import copied, sqlite_url
from tests.support.scenes.busy_worker import BUSY, Busy

T = TypeVar("T")

FEW, MANY = 1_100, 3_300
"""More than a portion of each job, and three times as many."""
MOST_GROWTH = 1.5
MOST_STEPS = 3_000_000
"""Of one transaction with many: about a tenth of a second."""
EVERY = 1_000
AT_ONCE = {"departed": "the whole workspace is erased, and nobody is there who could wait"}


class Counting(Database):
    """A database that counts the steps of each transaction that writes."""

    def __init__(self, url: str, clock: Clock) -> None:
        super().__init__(url, clock=clock.now)
        self.steps: list[int] = []

    async def write(self, story: Callable[[Transaction], T]) -> T:
        """Run and count it."""

        def counted(tx: Transaction) -> T:
            self.steps.append(0)

            def count() -> int:
                self.steps[-1] += EVERY
                return 0

            driver = cast("Any", tx.connection.connection.driver_connection)
            driver.set_progress_handler(count, EVERY)
            try:
                return story(tx)
            finally:
                driver.set_progress_handler(None, 0)

        return await super().write(counted)


async def _longest(url: str, busy: Busy, many: int) -> int:
    clock = Clock()
    async with Database(url, clock=clock.now) as database:
        run = await busy(database, clock, many)
    async with Counting(url, clock) as counting:
        await run(counting)
    return max(counting.steps, default=0)


@pytest.mark.parametrize("what", [one for one in BUSY if one not in AT_ONCE])
async def test_portions(sqlite_template: Path, tmp_path: Path, what: str) -> None:
    """The longest transaction of a job is as long with three times as much to do."""
    few, many = [
        await _longest(sqlite_url(copied(sqlite_template, tmp_path)), BUSY[what], size)
        for size in (FEW, MANY)
    ]
    assert many <= MOST_STEPS
    assert many <= MOST_GROWTH * max(few, 100_000), f"{few:,} steps, then {many:,}"
