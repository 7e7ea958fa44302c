"""Reminders to 5,000 people, against the local Slack with its limits on: how near to what they allow.

By one worker and by three that share a PostgreSQL. Slack's clock and the workers' run some times
faster than the machine's, so that it takes minutes. Run: `make bench-reminders`.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bolt_understudy.web_api.rate_limits import TIERS
from bot.settings import Settings
from bot.storage.database import Clock, Database
from bot.wiring import connected
from tests.support.databases import PostgresServer, postgres_server
from tests.support.shared import ROOT
from tests.support.simulator import Simulator, running_simulator
from tests.torture.processes.replicas import Replica
from tests.torture.reminded import environment_of, judge, owe, set_up, settled

PEOPLE, FASTER = 5_000, 2.0
WORKERS = (1, 3)
NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
LEAST_SHARE, MOST_REFUSED = 0.90, 0.01
TICK_S = 0.02
POLL_S = 0.5
POST = "chat.postMessage"
MANIFEST = ROOT / "manifests" / "http.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """The course of a sending."""

    took: timedelta
    """By Slack's clock, from the first message to the last."""
    sent: int
    calls: int
    refused: int
    """Calls of any method that were answered 429."""
    zeros: dict[str, int]

    @property
    def share(self) -> float:
        """Return its share of the messages that the limiter lets through in that time."""
        return self.sent / (TIERS["posting"] * (self.took / timedelta(minutes=1)))

    @property
    def share_refused(self) -> float:
        """Return the share of all calls that were refused."""
        return self.refused / self.calls


def fast_clock(began: float, faster: float) -> Clock:
    """A clock that ran with the machine's until `began`, in Unix seconds, and runs faster since."""

    def now() -> datetime:
        return NOW + timedelta(seconds=(time.time() - began) * faster)

    return now


async def work(settings: Settings) -> None:
    """A worker whose clock runs faster: its environment says since when and by how much."""
    clock = fast_clock(float(os.environ["BENCH_BEGAN"]), float(os.environ["BENCH_FASTER"]))
    async with connected(settings, clock=clock) as process:
        await process.worker().run()


@asynccontextmanager
async def _racing(simulator: Simulator, clock: Clock) -> AsyncGenerator[None]:
    """The local Slack goes by the same fast clock."""

    async def race() -> None:
        while True:
            await simulator.clock(to=clock())
            await asyncio.sleep(TICK_S)

    task = asyncio.create_task(race())
    try:
        yield
    finally:
        task.cancel()


async def send(simulator: Simulator, url: str, workers: int, people: int, faster: float) -> Sending:
    """Owe a reminder to each, and let so many workers send them."""
    await set_up(simulator, people, limits=False, now=NOW)
    await owe(simulator, url, people)
    already = len(await simulator.calls())
    await simulator.limits(enabled=True)
    began = time.time()
    clock = fast_clock(began, faster)
    settings = environment_of(simulator, url) | {
        "BENCH_BEGAN": str(began),
        "BENCH_FASTER": str(faster),
    }
    with tempfile.TemporaryDirectory() as folder:
        replicas = [
            Replica(main=work, settings=settings, log=Path(folder) / f"{number}.log")
            for number in range(workers)
        ]
        async with Database(url) as database, _racing(simulator, clock):
            for replica in replicas:
                replica.start()
            reached = 0
            while reached < people:
                reached = await settled(database)
                await asyncio.sleep(POLL_S)
            for replica in replicas:
                replica.kill()
            fate = await judge(simulator, database, people)
    calls = (await simulator.calls())[already:]
    posts = [call for call in calls if call["method"] == POST and call["status"] == 200]
    moments = [_moment(call) for call in posts]
    return Sending(
        took=max(moments) - min(moments),
        sent=len(posts),
        calls=len(calls),
        refused=sum(call["status"] == 429 for call in calls),
        zeros={what: fate.zeros[what] for what in ("lost", "duplicated", "stuck")},
    )


def _moment(call: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(call["at"])


async def measure(server: PostgresServer, people: int, faster: float) -> dict[int, Sending]:
    """Measure a sending by one worker, and by three."""
    found: dict[int, Sending] = {}
    async with running_simulator(manifest=MANIFEST) as simulator:
        for workers in WORKERS:
            async with server.fresh() as url:
                found[workers] = await send(simulator, url, workers, people, faster)
    return found


def main() -> None:
    """Measure and print; end with 1 where a figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--faster", type=float, default=FASTER)
    given = parser.parse_args()
    with postgres_server() as server:
        found = asyncio.run(measure(server, given.people, given.faster))
    table = Table(title=f"Reminders to {given.people:,} people, PostgreSQL, Slack's limits on")
    for column in ("workers", "sent", "minutes", "a minute", "of the allowed rate", "429s",
                   "of all calls", "lost, duplicated, stuck"):  # fmt: skip
        table.add_column(column, justify="right")
    for workers, one in found.items():
        minutes = one.took / timedelta(minutes=1)
        table.add_row(str(workers), f"{one.sent:,}", f"{minutes:.1f}", f"{one.sent / minutes:.0f}",
                      f"{one.share:.1%}", str(one.refused), f"{one.share_refused:.2%}",
                      ", ".join(str(many) for many in one.zeros.values()))  # fmt: skip
    Console(width=120).print(table)
    held = all(
        one.share >= LEAST_SHARE
        and one.share_refused < MOST_REFUSED
        and not any(one.zeros.values())
        for one in found.values()
    )
    sys.exit(not held)


if __name__ == "__main__":
    main()
