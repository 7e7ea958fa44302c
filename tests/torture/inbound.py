"""Inbound storm: what Slack delivers comes one to four times, some of it late, and counts once.

Run: `python -m tests.torture.inbound`.
"""

import asyncio
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlencode

from sqlalchemy import func, select

from bot.storage.database import Database
from bot.storage.tables import outbox
from tests.support.databases import copied, migrated_file, sqlite_url
from tests.support.letters import rows
from tests.support.stories import CHANNEL
from tests.torture.crash import FIRST, SECOND, Stage, ready, staged
from tests.torture.crowd import user
from tests.torture.processes.replicas import Main
from tests.torture.processes.servers import serve, serve_forgetfully
from tests.torture.report import Report, command
from tests.torture.requests.wire import FORM, JSON, Line, request, signing

PAYLOADS, CONTROL = 10_000, 200
AT_ONCE = 24
AGAIN_AT_S = (3, 61, 368, 23 * 3600)
LATE_ONLY = 0.1
"""The share of those whose first try never came."""
CLOCK_S = 0.6
"""After this the bot has seen that the clock moved."""
PATIENCE_S = 600
SIGNS, WITHDRAWALS, HOMES = 0.5, 0.2, 0.01
"""Shares of the payloads; the rest are commands. Few visits: Slack's limits are on each page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One payload, and after how many seconds it comes: first, and again."""

    body: bytes
    kind: str
    times: tuple[int, ...]

    def at(self, moment: int) -> int | None:
        """Return the number of the try at that moment; None if it does not come then."""
        if moment not in self.times:
            return None
        return self.times.index(moment) + (self.times[0] != 0)


@dataclass(slots=True)
class Wave:
    """The payloads that were sent, and what became of them."""

    sent: int = 0
    zeros: Counter[str] = field(
        default_factory=lambda: Counter({"missing": 0, "done again": 0, "answered wrongly": 0})
    )
    findings: list[str] = field(default_factory=list[str])

    def find(self, what: str, finding: str, how_often: int = 1) -> None:
        """Notes something that must not be."""
        self.zeros[what] += how_often
        if len(self.findings) < 12:
            self.findings.append(f"{what}: {finding}")


def inbound(*, payloads: int, seed: int) -> Report:
    """Send signatures, withdrawals, visits and commands again and again, and count effects."""
    began = time.monotonic()
    stood, fell = asyncio.run(_both(payloads, seed))
    return Report(
        name="inbound storm",
        done=f"{payloads:,} payloads in {stood.sent:,} requests, again after "
        f"{', '.join(str(timedelta(seconds=one)) for one in AGAIN_AT_S)}",
        zeros=stood.zeros,
        control="no inbox",
        caught={"done again": fell.zeros["done again"]},
        seconds=time.monotonic() - began,
        seed=seed,
        findings=stood.findings,
    )


async def _both(payloads: int, seed: int) -> tuple[Wave, Wave]:
    with tempfile.TemporaryDirectory() as name:
        template = await asyncio.to_thread(migrated_file, Path(name))
        return (
            await _storm(template, Path(name) / "stood", payloads, seed, serve),
            await _storm(template, Path(name) / "fell", CONTROL, seed, serve_forgetfully),
        )


async def _storm(template: Path, folder: Path, payloads: int, seed: int, main: Main) -> Wave:
    url, dice = sqlite_url(await asyncio.to_thread(_copied, template, folder)), random.Random(seed)
    signers, visitors = round(payloads * SIGNS), round(payloads * HOMES)
    leavers = round(payloads * WITHDRAWALS)
    asking = payloads - signers - visitors - leavers
    async with staged(
        url, folder, people=signers, replicas=1, dice=dice, by_its_clock=True
    ) as stage:
        forms = await _forms(stage)
        stage.replicas[0].stop()
        stage.replicas[0].main = main
        stage.replicas[0].start()
        await ready(stage)
        wave = Wave()
        first = [
            *(_sign(stage, number, dice) for number in range(signers)),
            *(_visit(forms["events_api"], number, dice) for number in range(visitors)),
            *(_ask(forms["slash_commands"], number, dice) for number in range(asking)),
        ]
        await _send(stage, wave, first, 0)
        # Only who has signed at once can leave at once.
        there = [number for number in range(signers) if first[number].times[0] == 0]
        left = dice.sample(there, leavers)
        ids = await _endorsements(url)
        then = [_leave(forms["interactive"], ids[user(one)], one, dice) for one in left]
        await _send(stage, wave, then, 0)
        everything, now = [*first, *then], 0
        dice.shuffle(everything)
        for moment in AGAIN_AT_S:
            await stage.simulator.clock(advance=moment - now)
            now = moment
            await _homes_are_drawn(url)
            await asyncio.sleep(CLOCK_S)
            await _send(stage, wave, everything, moment)
        await _homes_are_drawn(url)
        people = [user(number) for number in range(signers)]
        await _judge(stage, wave, people, {user(one) for one in left}, visitors)
        return wave


def _copied(template: Path, folder: Path) -> Path:
    folder.mkdir()
    return copied(template, folder)


async def _forms(stage: Stage) -> dict[str, dict[str, Any]]:
    """A visit, a command and a withdrawal as Slack sends them; the second signer leaves for it."""
    visitor, leaver = (stage.simulator.person(user(int(one))) for one in (FIRST, SECOND))
    await visitor.open_home()
    await visitor.command(CHANNEL, "/letter help")
    await leaver.click("Sign", channel=CHANNEL)
    await leaver.click("Withdraw")
    last: dict[str, dict[str, Any]] = {}
    for record in await stage.simulator.records():
        last[record["kind"]] = record["payload"]
    assert last["interactive"]["actions"][0]["action_id"].startswith("sign.withdraw")
    return last


def _times(dice: random.Random) -> tuple[int, ...]:
    again = sorted(dice.sample(AGAIN_AT_S, dice.randrange(4)))
    return tuple(again) if again and dice.random() < LATE_ONLY else (0, *again)


def _sign(stage: Stage, number: int, dice: random.Random) -> Sending:
    form = stage.crowd.forms[number % len(stage.crowd.forms)].of(number)
    return Sending(body=_payload(form), kind=FORM, times=_times(dice))


def _leave(form: dict[str, Any], endorsement: str, number: int, dice: random.Random) -> Sending:
    told = json.loads(json.dumps(form).replace(SECOND, f"{number:06}"))
    told["actions"][0]["value"] = endorsement
    told["trigger_id"] = f"leave.{number:06}"
    return Sending(body=_payload(told), kind=FORM, times=_times(dice))


def _visit(form: dict[str, Any], number: int, dice: random.Random) -> Sending:
    told = json.loads(json.dumps(form).replace(FIRST, f"{number:06}"))
    told["event_id"] = f"EvVISIT{number:06}"
    return Sending(body=json.dumps(told).encode(), kind=JSON, times=_times(dice))


def _ask(form: dict[str, Any], number: int, dice: random.Random) -> Sending:
    told = form | {"trigger_id": f"ask.{number:06}"}
    return Sending(body=urlencode(told).encode(), kind=FORM, times=_times(dice))


def _payload(told: dict[str, Any]) -> bytes:
    return b"payload=" + quote_plus(json.dumps(told)).encode()


async def _send(stage: Stage, wave: Wave, sendings: Sequence[Sending], moment: int) -> None:
    """Send all that comes at that moment, with Slack's headers where it is a retry."""
    now = (await stage.simulator.clock()).timestamp()
    port = stage.crowd.ports[0]

    async def one_after_the_other(waiting: Iterable[tuple[Sending, int]]) -> None:
        line = Line()
        for sending, retry in waiting:
            headers = signing(sending.body, now=now)
            if retry:
                headers["X-Slack-Retry-Num"] = str(min(retry, 3))
                headers["X-Slack-Retry-Reason"] = "http_timeout"
            came = await line.ask(port, request(sending.body, headers, kind=sending.kind))
            wave.sent += 1
            if came is None or came.status != 200:
                wave.find("answered wrongly", f"{came} to {sending.body[:200]!r}")
        line.hang_up()

    due = [(one, one.at(moment)) for one in sendings]
    coming = iter([(one, retry) for one, retry in due if retry is not None])
    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(one_after_the_other(coming))


async def _endorsements(url: str) -> dict[str, str]:
    async with Database(url) as database:
        return {row["user"]: row["id"] for row in await rows(database, "endorsements")}


async def _homes_are_drawn(url: str) -> None:
    """Wait until no visit waits any more: one that comes again would only join it."""
    waiting = select(func.count()).where(outbox.c.kind == "home", outbox.c.settled_at.is_(None))
    async with Database(url) as database, asyncio.timeout(PATIENCE_S):
        left = 1
        while left:
            left = await database.read(lambda tx: tx.connection.execute(waiting).scalar_one())
            await asyncio.sleep(0.2)


async def _judge(
    stage: Stage, wave: Wave, people: Sequence[str], left: set[str], visitors: int
) -> None:
    """Count what each payload has left behind."""
    async with Database(stage.url) as database:
        endorsed, hours = (
            await rows(database, "endorsements"),
            await rows(database, "tally_quarters"),
        )
    signed = Counter(row["user"] for row in endorsed)
    gone = {row["user"] for row in endorsed if row["withdrawn_at"] is not None}
    standing = Counter(row["user"] for row in endorsed if row["withdrawn_at"] is None)
    for one in people:
        if not signed[one]:
            wave.find("missing", f"{one} has not signed")
        if signed[one] > 1 or (one in left and standing[one]):
            wave.find("done again", f"{one} signed {signed[one]} times, {standing[one]} stand")
        if one in left and one not in gone:
            wave.find("missing", f"{one} has not left")
    history = sum(row["signed"] for row in hours), sum(row["withdrawn"] for row in hours)
    if history != (len(people) + 2, len(left) + 1):
        more = history[0] + history[1] - len(people) - len(left) - 3
        what = "done again" if more > 0 else "missing"
        wave.find(what, f"the history counts {history}", abs(more) or 1)
    drawn = Counter(one["args"]["user_id"] for one in await stage.simulator.calls("views.publish"))
    for number in range(visitors):
        seen = drawn[user(number)]
        if not seen:
            wave.find("missing", f"{user(number)} sees no page")
    # A page is drawn once for a visit, and once more where its person signed or left.
    acted = {*people, *left}
    again = sum(
        max(0, drawn[one] - (2 if one in acted else 1)) for one in map(user, range(visitors))
    )
    if again:
        wave.find("done again", f"{again} pages were drawn again", again)


if __name__ == "__main__":
    command(inbound, payloads=PAYLOADS)
