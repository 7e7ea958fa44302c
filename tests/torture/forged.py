"""Forged and malformed: nobody but Slack is heard, and nothing that is said brings the bot down.

Run: `python -m tests.torture.forged`.
"""

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bolt_understudy.to_bot.deliveries import Delivery
from bolt_understudy.to_bot.signed_http import encode
from bot.storage.database import Database
from tests.support.databases import PostgresServer, postgres_server
from tests.support.letters import rows
from tests.support.stories import CHANNEL
from tests.torture.crash import FIRST, Stage, ready, staged
from tests.torture.crowd import user
from tests.torture.processes.servers import serve_anybody
from tests.torture.report import Report, command
from tests.torture.requests.forging import Forger, Shot, True_
from tests.torture.requests.mutating import CANARY
from tests.torture.requests.wire import Line

REQUESTS = 100_000
CONTROL = 300
SIGNED = 0.3
"""The share of those that are signed as Slack would, and make no sense."""
AT_ONCE = 16
FROM_SLACK = {"events_api", "slash_commands", "interactive"}
ZEROS = ("accepted", "5xx", "unanswered", "other answers", "tracebacks", "bodies in the log")


@dataclass(slots=True)
class Tally:
    """The outcome: how often each of `ZEROS`, and the first of them in words."""

    zeros: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(ZEROS, 0)))
    findings: list[str] = field(default_factory=list[str])
    answers: Counter[int] = field(default_factory=Counter[int])

    def find(self, what: str, finding: str, how_often: int = 1) -> None:
        """Notes something that must not be."""
        self.zeros[what] += how_often
        if len(self.findings) < 20:
            self.findings.append(f"{what}: {finding}")


def forged(*, requests: int, seed: int) -> Report:
    """Send the bot's server what Slack never would, and look at its answers, rows and log."""
    began = time.monotonic()
    # PostgreSQL is the stricter of the two: it takes no NUL and no word that is too long.
    with postgres_server() as server:
        stood, fell = asyncio.run(_play(server, requests, seed))
    signed = round(requests * SIGNED)
    said = ", ".join(
        f"{often:,} answered {status}" for status, often in sorted(stood.answers.items())
    )
    return Report(
        name="forged and malformed",
        done=f"{requests - signed:,} forged requests and {signed:,} signed ones that make no sense "
        f"({said})",
        zeros=stood.zeros,
        control="a receiver that looks at no signature",
        caught={"accepted": fell.zeros["accepted"]},
        seconds=time.monotonic() - began,
        seed=seed,
        findings=stood.findings,
    )


async def _play(server: PostgresServer, requests: int, seed: int) -> tuple[Tally, Tally]:
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        async with (
            server.fresh() as url,
            staged(url, Path(name), people=0, replicas=1, dice=dice) as stage,
        ):
            forger = Forger(await _true(stage), dice)
            stood, fell, signed = Tally(), Tally(), round(requests * SIGNED)
            await _shoot(stage, forger.forged, requests - signed, stood)
            await _shoot(stage, forger.nonsense, signed, stood)
            await _still_well(stage, stood)
            _look_at_the_log(stage, stood)
            replica = stage.replicas[0]
            replica.stop()
            replica.main = serve_anybody
            replica.start()
            await ready(stage)
            await _shoot(stage, forger.forged, CONTROL, fell)
            return stood, fell


async def _true(stage: Stage) -> list[True_]:
    """Return what the local Slack has sent to the bot, some of every kind."""
    someone = stage.simulator.person(user(int(FIRST)))
    for words in ("help", "status", "mine", "1", CANARY):
        await someone.command(CHANNEL, f"/letter {words}")
    await someone.open_home()
    written = await someone.says(CHANNEL, "A letter, perhaps")
    await someone.shortcut("make_letter", channel=CHANNEL, ts=written)
    await someone.close(everything=True)
    records = await stage.simulator.records()
    sent = [record for record in records if record["kind"] in FROM_SLACK]
    assert {record["kind"] for record in sent} == FROM_SLACK
    return [
        True_(
            *encode(Delivery(kind=one["kind"], title="", payload=one["payload"], url=""))
        ) for one in sent
    ]  # fmt: skip


async def _shoot(stage: Stage, make: Callable[[], Shot], how_many: int, tally: Tally) -> None:
    """Send so many requests, some at once; of forged ones no row may be left."""
    before = await _kept(stage)
    shots = (make() for _ in range(how_many))
    port = stage.crowd.ports[0]

    async def one_after_the_other(waiting: Iterator[Shot]) -> None:
        line = Line()
        for shot in waiting:
            came = await line.ask(port, shot.request, cut=shot.cut)
            _judge(shot, came and came.status, tally)
        line.hang_up()

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(one_after_the_other(shots))
    if make.__name__ == "forged" and (after := await _kept(stage)) != before:
        tally.find("accepted", f"{before} rows became {after}")


def _judge(shot: Shot, status: int | None, tally: Tally) -> None:
    if status is None:
        if not shot.cut:
            tally.find("unanswered", f"{shot.kind}: {shot.request[:300]!r}")
        return
    tally.answers[status] += 1
    if status in shot.allowed:
        return
    what = "5xx" if status >= 500 else "accepted" if status < 300 else "other answers"
    tally.find(what, f"{shot.kind} answered {status}: {shot.request[:1500]!r}")


async def _kept(stage: Stage) -> tuple[int, ...]:
    """Count the rows of what a request can leave."""
    async with Database(stage.url) as database:
        return tuple([len(await rows(database, table)) for table in ("inbox", "endorsements")])


async def _still_well(stage: Stage, tally: Tally) -> None:
    """After all of it, somebody can ask for help."""
    someone = stage.simulator.person(user(int(FIRST)))
    await someone.command(CHANNEL, "/letter help")
    if not stage.replicas[0].is_alive:
        tally.find("unanswered", stage.replicas[0].last_words())


def _look_at_the_log(stage: Stage, tally: Tally) -> None:
    said = stage.replicas[0].log.read_text(errors="replace")
    for line in said.splitlines():
        if CANARY in line:
            tally.find("bodies in the log", line[:500])
        if "Traceback" in line or 'File "' in line:
            tally.find("tracebacks", line[:500])


if __name__ == "__main__":
    command(forged, requests=REQUESTS)
