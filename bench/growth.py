"""A letter of a million endorsements beside one of a thousand: Sign, status, first and last pages.

And of the long one: how long the event loop stands still for anything that is asked.

On both databases; both letters are asked in turn, so that drift hits both alike. Run:
`make bench-growth`.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.holding import ALONE, CPU_MOST_S, HELD_MOST_MS, Ask, cost, seldom
from bot.features.desk.use_cases import status
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reading.use_cases import pages
from bot.letters.letter import Letter
from bot.storage.database import Database
from tests.support.clock import START, Clock
from tests.support.databases import (
    PostgresServer,
    copied,
    migrated_file,
    postgres_server,
    sqlite_url,
)
from tests.support.letters import ORGANISER, WORKSPACE, an_actor, an_open_letter, signs
from tests.support.scenes.long_letters import fill, signatory

FEW, MANY = 1_000, 1_000_000
MOST = 1.2
ROUNDS = 9
AT_ONCE = 32
TOGETHER = f"Sign, {AT_ONCE} at once"
USUAL, EACH = 20, {TOGETHER: 3}
"""The number of times each is asked in a round."""


async def many_sign(database: Database, many: int) -> Letter:
    """An open letter that so many signed."""
    await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Bench")
    letter = await an_open_letter(database)
    await fill(database, letter, 1, many)
    return letter


def questions(database: Database, letter: Letter, many: int) -> dict[str, Ask]:
    """Make the questions that are measured, each with a number that is never the same."""
    last = (2, 0, "", signatory(many - 25), "", "")

    async def sign(number: int) -> None:
        await signs(database, an_actor(f"UNEW{number}"), letter)

    async def sign_together(number: int) -> None:
        people = [an_actor(f"UALL{number}.{one}") for one in range(AT_ONCE)]
        await asyncio.gather(*(signs(database, one, letter) for one in people))

    async def page(after: Any) -> None:
        found = await pages.who_signed(
            database, letter=letter.id, actor=ORGANISER, after=after, limit=20
        )
        assert len(found.signatories) == 20

    return {
        "Sign, alone": sign,
        TOGETHER: sign_together,
        "status": lambda _: status.status(database, letter=letter.id, actor=ORGANISER, tz="UTC"),
        "first page of the list": lambda _: page(None),
        "last page of the list": lambda _: page(last),
    }


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures found on one database."""

    took: dict[str, tuple[float, float]]
    """Milliseconds of each, of the few and of the many."""
    held: dict[str, tuple[float, float]]
    """Seconds of the processor, and for how long the loop was held, of the many."""


async def measure(few_url: str, many_url: str, many: int) -> Measured:
    """Ask both letters in turn, then the long one for what is seldom asked."""
    clock = Clock(START)
    async with AsyncExitStack() as stack:
        asked: list[dict[str, Ask]] = []
        rare: dict[str, Ask] = {}
        for url, how_many in ((few_url, FEW), (many_url, many)):
            database = await stack.enter_async_context(Database(url, clock=clock.now))
            letter = await many_sign(database, how_many)
            asked.append(questions(database, letter, how_many))
            rare = seldom(database, letter, how_many)
        took: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in asked[0]}
        for turn in range(ROUNDS + 1):
            for name in took:
                each = EACH.get(name, USUAL)
                for number in range(turn * each, (turn + 1) * each):
                    # One after the other, each first as often: what disturbs the machine hits both.
                    for which in (0, 1) if number % 2 else (1, 0):
                        begun = time.perf_counter()
                        await asked[which][name](number)
                        # The first round only warms up.
                        if turn:
                            took[name][which].append((time.perf_counter() - begun) * 1000)
        unused = (ROUNDS + 1) * USUAL
        return Measured(
            took={name: (_usual(few), _usual(much)) for name, (few, much) in took.items()},
            held={name: await cost(ask, unused) for name, ask in (asked[1] | rare).items()},
        )


def _usual(took: list[float]) -> float:
    """The quicker quarter's slowest: what it takes where nothing else comes between."""
    return quantiles(took, n=4)[0]


async def on_postgresql(server: PostgresServer, many: int) -> Measured:
    """The same on PostgreSQL."""
    async with server.fresh() as few, server.fresh() as much:
        return await measure(few, much, many)


def main() -> None:
    """Measure and print; end with 1 where one is slower than it may be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=MANY)
    many = parser.parse_args().many
    with tempfile.TemporaryDirectory() as name, postgres_server() as server:
        template = migrated_file(Path(name))
        urls: list[str] = []
        for which in ("few", "many"):
            folder = Path(name) / which
            folder.mkdir()
            urls.append(sqlite_url(copied(template, folder)))
        on_sqlite = asyncio.run(measure(urls[0], urls[1], many))
        show("SQLite", on_sqlite, many)
        on_server = asyncio.run(on_postgresql(server, many))
        show("PostgreSQL", on_server, many)
    sys.exit(not (_is_fine(on_sqlite) and _is_fine(on_server)))


def _is_fine(found: Measured) -> bool:
    return all(much / few <= MOST for few, much in found.took.values()) and all(
        cpu <= CPU_MOST_S and (held <= HELD_MOST_MS or what.startswith(ALONE))
        for what, (cpu, held) in found.held.items()
    )


def show(database: str, found: Measured, many: int) -> None:
    """Print what one database took."""
    took = Table(title=f"{database}: {many:,} endorsements beside {FEW:,}")
    for column in ("what", f"{FEW:,}: ms", f"{many:,}: ms", "times"):
        took.add_column(column, justify="left" if column == "what" else "right")
    for what, (few, much) in found.took.items():
        took.add_row(what, f"{few:.2f}", f"{much:.2f}", f"{much / few:.2f}")
    held = Table(title=f"{database}: with {many:,}, by the processor's time")
    for column in ("what", "all of it: s", "the loop was held: ms"):
        held.add_column(column, justify="left" if column == "what" else "right")
    for what, (cpu, longest) in found.held.items():
        held.add_row(what, f"{cpu:.2f}", f"{longest:.1f}")
    console = Console(width=100)
    console.print(took)
    console.print(held)


if __name__ == "__main__":
    main()
