"""Planning a step of reminders for 100,000 members of a letter's channels: seconds and memory.

On both databases, by membership and by a list of all who were asked, each in a process of its own.
What is judged is the processors' time, which is what it takes on a machine that does nothing else.
Run: `make bench-planning`.
"""

import asyncio
import multiprocessing
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import insert, text, update

from bench.idle import held_mb, used_s
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reminders.use_cases import reminders
from bot.storage.database import Database, Transaction
from bot.storage.tables import invitations, letters, members, people
from bot.use_cases import membership
from tests.support.databases import copied, migrated_file, postgres_server, sqlite_url
from tests.support.letters import CHANNEL, DEADLINE, WORKSPACE, an_open_letter

PEOPLE = 100_000
STEP = DEADLINE - timedelta(days=7)
MOST_S, MOST_MB = 5.0, 200.0
ZONES = ("UTC", "Africa/Nairobi", "Europe/Berlin", "America/New_York", "Asia/Kolkata")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The cost of planning."""

    people: int
    seconds: float
    longest: float
    """The longest that a writer waited in that time."""
    at_work: float
    """Seconds that processors worked for it, the database's among them: what it takes alone."""
    mb: float


async def fill(url: str, *, invited: bool) -> None:
    """A letter, a workspace of so many people in its channel, and if so a list of all of them."""
    async with Database(url, clock=lambda: STEP - timedelta(hours=1)) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Bench")
        letter = await an_open_letter(database)
        users = [f"UX{number:06}" for number in range(PEOPLE)]

        def write(tx: Transaction) -> None:
            of_all = {"workspace": WORKSPACE, "seen_at": tx.now}
            known = of_all | {"team": WORKSPACE, "membership": "member", "reachable": True}
            run = tx.connection.execute
            run(insert(people), [known | {"user": one, "tz": ZONES[number % len(ZONES)]}
                                 for number, one in enumerate(users)])  # fmt: skip
            run(insert(members), [of_all | {"channel": CHANNEL, "user": one} for one in users])
            if invited:
                row = {"letter": letter.id, "workspace": WORKSPACE, "kind": "person", "name": ""}
                row |= {"team": WORKSPACE, "state": "invited", "invited_at": tx.now}
                run(insert(invitations), [row | {"id": f"a{one}", "user": one, "key": one}
                                   for one in users])  # fmt: skip
                run(update(letters).values(has_invitations=True))

        await database.write(write)
        await membership.gathered(database, workspace=WORKSPACE, channel=CHANNEL, users=users)


async def plan(url: str) -> Planned:
    """Plan the step that is due, while somebody writes a little again and again."""
    async with Database(url, clock=lambda: STEP) as database:
        before, pid = held_mb(_me()), await _backend(database)
        longest = 0.0
        done = asyncio.Event()

        async def write() -> None:
            nonlocal longest
            while not done.is_set():
                begun = time.perf_counter()
                await membership.meet(database, workspace=WORKSPACE, people=[])
                longest = max(longest, time.perf_counter() - begun)
                await asyncio.sleep(0.01)

        writer = asyncio.create_task(write())
        used = used_s(_me()) + sum(used_s(one) for one in pid)
        begun = time.perf_counter()
        planned = await reminders.plan_due(database)
        seconds = time.perf_counter() - begun
        at_work = used_s(_me()) + sum(used_s(one) for one in pid) - used
        done.set()
        await writer
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    return Planned(people=planned, seconds=seconds, longest=longest, at_work=at_work,
                   mb=peak - before)  # fmt: skip


def _me() -> int:
    return multiprocessing.current_process().pid or 0


async def _backend(database: Database) -> list[int]:
    """The process of PostgreSQL that works for us; both connections that will be used."""
    if database.is_sqlite:
        return []
    ask = text("SELECT pg_backend_pid()")
    one = await database.read(lambda tx: tx.connection.execute(ask).scalar_one())
    return [int(one)]


def _in_process(url: str, found: "multiprocessing.SimpleQueue[Planned]") -> None:
    found.put(asyncio.run(plan(url)))


def alone(url: str) -> Planned:
    """The same in a process of its own, so that its memory is its own."""
    context = multiprocessing.get_context("spawn")
    found: multiprocessing.SimpleQueue[Planned] = context.SimpleQueue()
    process = context.Process(target=_in_process, args=(url, found))
    process.start()
    planned = found.get()
    process.join()
    return planned


def measure() -> dict[tuple[str, str], Planned]:
    """Every database, with and without a list of who was asked."""
    measured: dict[tuple[str, str], Planned] = {}
    with tempfile.TemporaryDirectory() as name, postgres_server() as server:
        template = migrated_file(Path(name))
        for invited in (False, True):
            by = "those who were asked" if invited else "members of channels"
            folder = Path(name) / by.replace(" ", "-")
            folder.mkdir()
            url = sqlite_url(copied(template, folder))
            asyncio.run(fill(url, invited=invited))
            measured["SQLite", by] = alone(url)

            async def on_postgresql(*, invited: bool = invited) -> Planned:
                async with server.fresh() as url:
                    await fill(url, invited=invited)
                    return await asyncio.to_thread(alone, url)

            measured["PostgreSQL", by] = asyncio.run(on_postgresql())
    return measured


def main() -> None:
    """Measure and print; end with 1 where a figure is over."""
    measured = measure()
    table = Table(title=f"Planning a step for {PEOPLE:,} people")
    for column in ("database", "whom", "planned", "seconds", "processors at work, s",
                   "longest wait of a writer, s", "MB over idle"):  # fmt: skip
        table.add_column(column, justify="left" if column in {"database", "whom"} else "right")
    for (database, whom), one in measured.items():
        table.add_row(database, whom, f"{one.people:,}", f"{one.seconds:.2f}", f"{one.at_work:.2f}",
                      f"{one.longest:.2f}", f"{one.mb:.0f}")  # fmt: skip
    Console(width=120).print(table)
    over = [one for one in measured.values() if one.at_work > MOST_S or one.mb > MOST_MB
            or one.people != PEOPLE]  # fmt: skip
    sys.exit(bool(over))


if __name__ == "__main__":
    main()
