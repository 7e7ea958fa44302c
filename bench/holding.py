"""Work that looks at everybody, or at a whole table: how long it holds the loop, and its cost."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

from bot.commands.processes import collect_less
from bot.features.collected.use_cases import additions
from bot.features.desk.use_cases import signers
from bot.features.privacy.use_cases import erasure
from bot.features.reminders.use_cases import reminders
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.storage.database import Database
from tests.support.letters import ORGANISER, WORKSPACE, a_row, a_trigger

Ask = Callable[[int], Awaitable[object]]

ALONE = "undersigned letters add"
"""The command with a process of its own: its loop serves nobody else."""
HELD_MOST_MS = 50.0
CPU_MOST_S = 5.0
FIRST = ("Digital", "Civil", "Open", "Free", "Human", "Women", "Youth", "Media", "Press", "Consumer",
         "Worker", "Climate")  # fmt: skip
SECOND = ("Rights", "Freedom", "Network", "Forum", "Alliance", "Coalition", "Watch", "Foundation",
          "Institute", "Centre")  # fmt: skip
PASTED, TABLE, SIMILAR = 300, 2_000, 400


def seldom(database: Database, letter: Letter, many: int) -> dict[str, Ask]:
    """Make the questions that look at everybody or a whole table: slow, but holding nothing up."""

    def reach(_: int) -> Awaitable[object]:
        return reminders.reach(database, letter=letter.id, actor=ORGANISER)

    def search(_: int) -> Awaitable[object]:
        return signers.named(database, letter=letter.id, actor=ORGANISER, search="Nobody", limit=20)

    def kept(_: int) -> Awaitable[object]:
        person = Person(WORKSPACE, f"UX{many // 2 + 1}")
        return erasure.kept_about(database, workspace=WORKSPACE, person=person)

    def look(names: list[str]) -> Ask:
        table = [a_row(organisation=name, name=f"Person {n}") for n, name in enumerate(names)]
        return lambda _: additions.look_through(
            database, letter=letter.id, actor=ORGANISER, table=table, note=""
        )

    def bring(names: list[str]) -> Ask:
        table = [a_row(organisation=name, name=f"Person {n}") for n, name in enumerate(names)]
        return lambda _: additions.bring(
            database, letter=letter.id, actor=ORGANISER, table=table, note="", consent="Yes.",
            text=letter.text_sha256, trigger=a_trigger(),
        )  # fmt: skip

    table = made_up(TABLE)
    return {
        "part of a name, looked for": search,
        "whom a reminder would reach": reach,
        "what is kept about somebody": kept,
        f"a pasted table of {PASTED} rows, looked through": look(made_up(PASTED)),
        f"a pasted table of {PASTED} rows, added": bring(made_up(PASTED)),
        f"{ALONE}, {TABLE:,} rows, looked through": look(table),
        f"{ALONE}, {TABLE:,} rows, added": bring(table),
        f"{SIMILAR} similar names, looked through": look(
            [f"Digital Rights Network of Kampala {number}" for number in range(SIMILAR)]
        ),
    }


def made_up(many: int) -> list[str]:
    """Names of organisations, each of them another, that share their words."""
    return [
        f"{FIRST[number % 12]} {SECOND[number // 12 % 10]} {many} {number // 120}"
        for number in range(many)
    ]


async def cost(ask: Ask, number: int) -> tuple[float, float]:
    """Return the seconds of the processor, and how long one step held the loop at most, in ms.

    By the processor's time: on a busy machine a step waits for its turn, which is not its fault.
    """
    collect_less()  # as the processes that serve do
    longest = 0.0
    steps: Any = asyncio.Handle
    run, mine = steps._run, threading.get_ident()  # noqa: SLF001 - a step has no public door

    def timed(handle: asyncio.Handle) -> None:
        nonlocal longest
        begun = time.thread_time()
        run(handle)
        if threading.get_ident() == mine:
            longest = max(longest, time.thread_time() - begun)

    steps._run = timed  # noqa: SLF001 - as above
    begun = time.process_time()
    try:
        await ask(number)
    finally:
        steps._run = run  # noqa: SLF001 - as above
    return time.process_time() - begun, longest * 1000
