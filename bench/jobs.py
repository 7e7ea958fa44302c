"""Every job of the worker with much to do: how long it holds SQLite's writer, and the loop.

People click meanwhile: who signs waits for whoever writes. Each job finds 100,000 people and as
many entries, with rows that make it busy. By the processor's time, in a run of its own on a copy of
its own. Run: `make bench-jobs`.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import event

from bench.holding import HELD_MOST_MS, cost
from bench.targets import target
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.databases import copied, migrated_file, sqlite_url
from tests.support.scenes.busy_worker import BUSY, Busy

MANY = 100_000
LANE_MOST_S = 0.2
RUN_MOST_S = 60.0
"""A job that goes through everything in small portions is not watched for longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The cost of a run of a job."""

    turns: int
    """Transactions that wrote."""
    lane_s: float
    """The longest of them."""
    held_ms: float
    """The longest that the loop stood still."""
    cpu_s: float
    """The processor's time, all together."""


class Lane:
    """Times each transaction of the one connection that writes, from its begin to its commit."""

    def __init__(self) -> None:
        self.took: list[float] = []
        self._begun = 0.0

    async def watch(self, database: Database) -> None:
        """Begin with the next transaction."""
        await database.write(lambda tx: self._listen(tx.connection.engine))

    def _listen(self, engine: Any) -> None:
        def begin(*_: object) -> None:
            self._begun = time.thread_time()

        def end(*_: object) -> None:
            self.took.append(time.thread_time() - self._begun)

        event.listen(engine, "checkout", begin)
        event.listen(engine, "checkin", end)


async def watch(url: str, busy: Busy, many: int) -> Watched:
    """Fill what the job needs, and watch one run of it."""
    clock = Clock()
    async with Database(url, clock=clock.now) as database:
        run = await busy(database, clock, many)
    async with Database(url, clock=clock.now) as database:
        lane = Lane()
        await lane.watch(database)
        lane.took.clear()

        async def job(_: int) -> None:
            with suppress(TimeoutError):
                async with asyncio.timeout(RUN_MOST_S):
                    await run(database)

        cpu, held = await cost(job, 0)
        return Watched(
            turns=len(lane.took), lane_s=max(lane.took, default=0.0), held_ms=held, cpu_s=cpu
        )


def main() -> None:
    """Measure and print; end with 1 where one holds others up for too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=MANY)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    found: dict[str, Watched] = {}
    with tempfile.TemporaryDirectory() as name:
        template = migrated_file(Path(name))
        for what, busy in BUSY.items():
            if given.only in what:
                folder = Path(name) / what.replace(" ", "-")
                folder.mkdir()
                file = copied(template, folder)
                found[what] = asyncio.run(watch(sqlite_url(file), busy, given.many))
                file.unlink()
                print(what, found[what], flush=True)
    table = Table(title=f"Jobs of the worker, {given.many:,} people and entries, on SQLite")
    for column in ("job", "transactions", "the longest: s", "the loop was held: ms", "all: s"):
        table.add_column(column, justify="left" if column == "job" else "right")
    for what, one in found.items():
        table.add_row(
            what, f"{one.turns:,}", f"{one.lane_s:.3f}", f"{one.held_ms:.1f}", f"{one.cpu_s:.1f}"
        )
    Console(width=100).print(table)
    lane, held = (
        max(one.lane_s for one in found.values()),
        max(one.held_ms for one in found.values()),
    )
    target("the writer is held, s", lane, at_most=LANE_MOST_S)
    target("the loop is held, ms", held, at_most=HELD_MOST_MS)
    sys.exit(lane > LANE_MOST_S or held > HELD_MOST_MS)


if __name__ == "__main__":
    main()
