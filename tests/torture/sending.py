"""Sending under fire: workers are killed while Slack fails in every way, and each gets one reminder.

Run: `python -m tests.torture.sending`.
"""

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.storage.database import Database
from tests.support.databases import PostgresServer, postgres_server
from tests.support.shared import ROOT
from tests.support.simulator import Simulator, running_simulator
from tests.torture.processes.couriers import work, work_blindly
from tests.torture.processes.replicas import Main, Replica
from tests.torture.racing import racing
from tests.torture.reminded import Fate, environment_of, judge, owe, set_up, settled
from tests.torture.report import Report, command

REMINDERS, KILLS, FAULTS = 3_000, 150, 2_000
CONTROL = 40
REPLICAS = 3
MANIFEST = ROOT / "manifests" / "http.json"
NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)

FASTER = 10
"""The speed of the clock against the machine's: Slack's limits are kept by that clock."""
POLL_S = 0.05
PATIENCE_S = 240.0
"""The time after the last kill in which all have to come to an end."""
STRUCK_AT_START = 0.2

Faults = Sequence[tuple[int, dict[str, Any]]]
POST, LOOK, OPEN = "chat.postMessage", "conversations.history", "conversations.open"
AFTER = {"after_accept": True}
FIRE: Faults = (
    (30, {"method": POST, "kind": "429", "retry_after": 1}),
    (6, {"method": POST, "kind": "500"}),
    (9, {"method": POST, "kind": "500", **AFTER}),
    (6, {"method": POST, "kind": "html"}),
    (9, {"method": POST, "kind": "html", **AFTER}),
    (6, {"method": POST, "kind": "reset"}),
    (11, {"method": POST, "kind": "reset", **AFTER}),
    (1, {"method": POST, "kind": "timeout"}),
    (4, {"method": POST, "kind": "timeout", **AFTER}),
    (2, {"method": POST, "kind": "internal_error"}),
    (6, {"method": POST, "kind": "fatal_error", **AFTER}),
    (3, {"method": LOOK, "kind": "429", "retry_after": 1}),
    (3, {"method": LOOK, "kind": "500"}),
    (2, {"method": LOOK, "kind": "html"}),
    (2, {"method": OPEN, "kind": "reset"}),
)
"""The faults, and how often of a hundred times."""
LOST_ANSWERS: Faults = ((100, {"method": POST, "kind": "reset", **AFTER}),)
"""The faults of the control."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fire:
    """The harm done to the workers, and the fate of the reminders."""

    kills: int
    struck: Counter[str]
    fate: Fate


def sending(*, reminders: int, kills: int, faults: int, seed: int) -> Report:
    """Send reminders through three workers that are killed, to a Slack that fails."""
    began = time.monotonic()
    with postgres_server() as server:
        stood, fell = asyncio.run(_fires(server, reminders, kills, faults, seed))
    struck = ", ".join(f"{often} {kind}" for kind, often in sorted(stood.struck.items()))
    return Report(
        name="sending under fire",
        done=f"{reminders:,} reminders, {REPLICAS} workers, {stood.kills} SIGKILLs, "
        f"{stood.struck.total():,} faults ({struck})",
        zeros={**stood.fate.zeros, "faults missing": max(0, faults - stood.struck.total())},
        control="no look before it is sent again",
        caught={"duplicated": fell.fate.zeros["duplicated"]},
        seconds=time.monotonic() - began,
        seed=seed,
        findings=stood.fate.findings,
    )


async def _fires(
    server: PostgresServer, reminders: int, kills: int, faults: int, seed: int
) -> tuple[Fire, Fire]:
    dice = random.Random(seed)
    async with running_simulator(manifest=MANIFEST) as simulator:
        async with server.fresh() as url:
            spread = _spread(FIRE, faults, reminders, dice)
            stood = await _fire(simulator, url, reminders, kills, spread, dice, work)
        async with server.fresh() as url:
            lost = _spread(LOST_ANSWERS, CONTROL, CONTROL, dice)
            fell = await _fire(simulator, url, CONTROL, 0, lost, dice, work_blindly)
    return stood, fell


async def _fire(
    simulator: Simulator,
    url: str,
    reminders: int,
    kills: int,
    faults: Sequence[dict[str, Any]],
    dice: random.Random,
    main: Main,
) -> Fire:
    await set_up(simulator, reminders, limits=False, now=NOW)
    await owe(simulator, url, reminders)
    await simulator.faults(*faults)
    with tempfile.TemporaryDirectory() as folder:
        workers = [
            Replica(
                main=main,
                settings=environment_of(simulator, url),
                log=Path(folder) / f"{number}.log",
            )
            for number in range(REPLICAS)
        ]
        async with Database(url) as database, racing(simulator, FASTER):
            for worker in workers:
                worker.start()
            await _strike(workers, database, reminders, kills, dice)
            await _until(database, reminders, PATIENCE_S)
            for worker in workers:
                worker.stop()
            struck = _struck(await simulator.calls())
            await simulator.faults()
            return Fire(
                kills=kills, struck=struck, fate=await judge(simulator, database, reminders)
            )


def _spread(
    faults: Faults, how_many: int, reminders: int, dice: random.Random
) -> list[dict[str, Any]]:
    """So many faults over the whole sending: each strikes by chance until it is used up."""
    return [
        {
            **fault,
            "times": round(share * how_many * 1.04 / 100) + 1,
            "share": min(0.9, share * how_many / 100 / reminders * 2),
            "seed": dice.randrange(1_000_000),
        }
        for share, fault in faults
    ]


def _struck(calls: Sequence[dict[str, Any]]) -> Counter[str]:
    """Count how often each kind of fault struck."""
    struck: Counter[str] = Counter()
    for call in calls:
        answer = call["answer"]
        if call["status"] == 0:
            struck[answer] += 1
        elif call["status"] != 200 or isinstance(answer, str):
            struck[f"HTTP {call['status']}"] += 1
        elif answer.get("error") in {"internal_error", "fatal_error"}:
            struck[answer["error"]] += 1
    return struck


async def _strike(
    workers: Sequence[Replica],
    database: Database,
    reminders: int,
    kills: int,
    dice: random.Random,
) -> None:
    """Kill any worker at random moments of the sending; now and then also while it starts."""
    at_start = round(kills * STRUCK_AT_START)
    moments = sorted(dice.sample(range(reminders * 9 // 10), kills - at_start))
    twice = set(dice.sample(moments, at_start))
    for moment in moments:
        await _until(database, moment, PATIENCE_S)
        worker = dice.choice(workers)
        for _ in range(2 if moment in twice else 1):
            await asyncio.sleep(dice.uniform(0, 0.3))
            worker.kill()
            worker.start()


async def _until(database: Database, how_many: int, patience: float) -> None:
    """Wait until so many have come to an end; not for ever, so that what is stuck is counted."""
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            reached = 0
            while reached < how_many:
                reached = await settled(database)
                await asyncio.sleep(POLL_S)


if __name__ == "__main__":
    command(sending, reminders=REMINDERS, kills=KILLS, faults=FAULTS)
