"""Two doors: people sign on the web and in Slack at once, while mail fails and the bot is killed.

Run: `python -m tests.torture.web.two_doors`.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import func, select

from bot.letters.notices import MAILS
from bot.letters.rules import Look, PublicPage, Rules
from bot.storage.database import Database
from bot.storage.privacy import addresses
from bot.storage.states import NoticeState
from bot.storage.tables import codes, endorsements, letters, outbox, signatories
from bot.use_cases.mail import Keyring
from tests.support.commands import free_port
from tests.support.databases import (
    PostgresServer,
    copied,
    migrated_file,
    postgres_server,
    sqlite_url,
)
from tests.support.letters import rows
from tests.torture.crash import JITTER_S, WORKSPACE, Stage, ready, staged
from tests.torture.crowd import joining
from tests.torture.judge import Verdict, judge
from tests.torture.processes.replicas import Main
from tests.torture.processes.servers import serve, serve_mailing_anew
from tests.torture.racing import racing
from tests.torture.report import Report, command
from tests.torture.web.crowd import FAULTS, ORIGIN, FailingOffice, WebCrowd

PEOPLE, IN_COMMON, KILLS, CONTROL = 1000, 300, 10, 12
"""As many sign at each door; organisations of which somebody signs at each; kills; the control."""
AT_ONCE = 16
FASTER = 10
"""The speed of the clock: a mail that the server refused is tried again after a while."""
SETTLED_S = 3600.0
"""The time, by that clock, in which all mails have to come to an end."""
MAIL_FAULTS = ("mailed twice", "mail stuck", "mail changed", "mail lost")
RULES = Rules(page=PublicPage.SIGNING, look=Look.NONE, hourly=1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The figures of a run."""

    people: int
    in_common: int
    kills: int = 0
    replicas: int = 1
    main: Main = serve
    faults: Sequence[str] = FAULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The course of a run, and all that was found after it."""

    kills: int
    unanswered: int
    met: Counter[str]
    faults: Counter[str]
    counted: Counter[str]
    findings: Sequence[str]

    @property
    def done(self) -> str:
        """Return what was done, with its figures."""
        failed = self.met.total() - self.met["none"]
        return (
            ", ".join(f"{often:,} {what}" for what, often in self.counted.items())
            + f"; {self.kills} SIGKILLs, {self.unanswered:,} requests unanswered and sent again; "
            f"{failed:,} of {self.met.total():,} mails failed ({dict(self.met)})"
        )


def two_doors(
    *, people: int, in_common: int, kills: int, seed: int, server: PostgresServer | None
) -> Report:
    """Let people sign at both doors, and count all that is left."""
    began = time.monotonic()
    stood, fell = asyncio.run(_both(people, in_common, kills, seed, server))
    database = "SQLite" if server is None else "PostgreSQL"
    return Report(
        name=f"two doors, {database}",
        done=stood.done,
        zeros=stood.faults,
        control="each try of a mail has a Message-ID of its own",
        caught={"mailed twice": fell.faults["mailed twice"]},
        seconds=time.monotonic() - began,
        seed=seed,
        findings=stood.findings,
    )


async def _both(
    people: int, in_common: int, kills: int, seed: int, server: PostgresServer | None
) -> tuple[Ended, Ended]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if server is None:
            template = await asyncio.to_thread(migrated_file, folder)
            (folder / "control").mkdir()
            urls = [sqlite_url(copied(template, one)) for one in (folder, folder / "control")]
        else:
            urls = [await stack.enter_async_context(server.fresh()) for _ in range(2)]
        plan = Plan(
            people=people, in_common=in_common, kills=kills, replicas=1 if server is None else 2
        )
        control = Plan(
            people=CONTROL, in_common=CONTROL // 3, main=serve_mailing_anew, faults=("cut",)
        )
        dice = random.Random(seed)
        stood = await _one(urls[0], folder, plan, dice)
        return stood, await _one(urls[1], folder, control, dice)


async def _one(url: str, folder: Path, plan: Plan, dice: random.Random) -> Ended:
    office, port = FailingOffice(dice, plan.faults), free_port()
    keys = Fernet.generate_key().decode()
    settings = {
        "PUBLIC_URL": ORIGIN,
        "CONTACT": "A Host",
        "SMTP_URL": f"smtp://127.0.0.1:{port}",
        "MAIL_FROM": "letters@undersigned.example",
        "SECRET_KEYS": keys,
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    serving = asyncio.create_task(office.serves(port))
    try:
        async with (
            staged(
                url, folder, people=plan.people, replicas=plan.replicas, dice=dice, by_its_clock=True,
                more=settings, rules=RULES,
            ) as stage,
            Database(url) as database,
            racing(stage.simulator, FASTER) as now,
        ):  # fmt: skip
            if plan.main is not serve:
                for replica in stage.replicas:
                    replica.stop()
                    replica.main = plan.main
                    replica.start()
                await ready(stage)
            share = select(letters.c.share_id)
            found = await database.read(lambda tx: tx.execute(share).scalar_one())
            stage.crowd.now = now
            web = WebCrowd(
                path=f"/l/{found}/sign/", ports=stage.crowd.ports, office=office, dice=dice,
                now=now, in_common=plan.in_common,
            )  # fmt: skip
            async with asyncio.TaskGroup() as group:
                group.create_task(web.sign(range(plan.people), AT_ONCE))
                group.create_task(stage.crowd.sign(range(plan.people), AT_ONCE // 2))
                group.create_task(_strike(stage, web, 2 * plan.people, plan.kills))
            await _mails_settled(database, now() + SETTLED_S, now)
            for replica in stage.replicas:
                replica.stop()
            return await _ended(database, stage, web, plan, keys)
    finally:
        serving.cancel()


async def _strike(stage: Stage, web: WebCrowd, signatures: int, kills: int) -> None:
    """Kill any replica after some signature or other, at whichever door, and start it again."""
    dice, crowd = stage.dice, stage.crowd
    for moment in sorted(dice.sample(range(signatures * 9 // 10), kills)):
        answered = 0
        while answered < moment:
            await asyncio.sleep(JITTER_S)
            each = (crowd.thanked, crowd.refused, web.thanked, web.refused)
            answered = sum(map(len, each))
        await asyncio.sleep(dice.uniform(0, 5 * JITTER_S))
        replica = dice.choice(stage.replicas)
        replica.kill()
        replica.start()


async def _mails_settled(database: Database, until: float, now: Any) -> None:
    """Wait for all mails; not for ever, so that what is stuck is counted."""
    kinds = [one.value for one in MAILS]
    owed = select(func.count()).where(outbox.c.kind.in_(kinds), outbox.c.settled_at.is_(None))
    left = 1
    while left and now() < until:
        await asyncio.sleep(0.1)
        left = await database.read(lambda tx: tx.execute(owed).scalar_one())


async def _ended(database: Database, stage: Stage, web: WebCrowd, plan: Plan, keys: str) -> Ended:
    ring, crowd = Keyring([keys]), stage.crowd
    users = {
        one: (
            await database.read(lambda tx, one=one: addresses.person_of(tx, ring, WORKSPACE, one))
        ).user
        for one in web.thanked
    }
    asked = {*stage.asked, *(joining(number) for number in range(plan.people)), *web.asked}
    # Codes whose page was cut: their mail came, and may have been typed into a later page.
    asked |= {f"code:{row['id']}" for row in await rows(database, "codes")}
    thanked = crowd.thanked | {users[one]: entry for one, entry in web.thanked.items()}
    verdict = await judge(stage.url, asked=asked, acknowledged=thanked)
    verdict.faults["refused"] = len(crowd.refused) + len(web.refused)
    verdict.findings.extend([*crowd.refused[:5], *web.refused[:5]])
    verdict.faults["unsigned"] = 2 * plan.people + 2 - verdict.kept
    await _judge_mails(database, web.office, verdict, {user: one for one, user in users.items()})

    def count(tx: Any, *conditions: Any) -> int:
        return tx.execute(select(func.count()).where(*conditions)).scalar_one()

    def counts(tx: Any) -> Counter[str]:
        party, held = signatories.c, endorsements.c
        return Counter({
            "backings": count(tx, held.withdrawn_at.is_(None)),
            "of them on the web": count(tx, held.team == "mail"),
            "entries": count(tx, party.endorsements > 0),
            "organisations": count(tx, party.kind == "organisation"),
            "with two backings": count(tx, party.endorsements == 2),
            "codes": count(tx, codes.c.id.is_not(None)),
            "mails taken": len(web.office.took),
            "by Message-ID": len({one for _, one, _ in web.office.took}),
        })  # fmt: skip

    counted = await database.read(counts)
    return Ended(
        kills=plan.kills,
        unanswered=crowd.unanswered + web.unanswered,
        met=web.office.met,
        faults=verdict.faults,
        counted=counted,
        findings=[
            *verdict.findings,
            *(f"{one}: {often} times" for one, often in web.begun_again.items()),
        ],
    )


async def _judge_mails(
    database: Database, office: FailingOffice, verdict: Verdict, people: dict[str, str]
) -> None:
    """Each mail that is owed came as one, however often; none is left, none was made up."""
    verdict.faults.update(dict.fromkeys(MAIL_FAULTS, 0))
    came: defaultdict[str, set[bytes]] = defaultdict(set)
    of_receipts: defaultdict[str, set[str]] = defaultdict(set)
    of_codes: defaultdict[str, set[str]] = defaultdict(set)
    for to, message_id, content in office.took:
        came[message_id].add(content)
        of = of_codes if b"/mine/" not in content else of_receipts
        of[to].add(message_id)
    for message_id, contents in came.items():
        if len(contents) > 1:
            verdict.find("mail changed", message_id)
    owed: Counter[tuple[str, bool]] = Counter()
    sent: Counter[tuple[str, bool]] = Counter()
    for row in await rows(database, "outbox"):
        if row["kind"] not in {one.value for one in MAILS}:
            continue
        key = row["target"], row["subject"]["kind"] == "receipt"
        owed[key] += 1
        sent[key] += row["state"] == NoticeState.SENT
        over = row["state"] == NoticeState.GIVEN_UP and row["error"] == "mail_refused"
        if not over and row["state"] != NoticeState.SENT:
            verdict.find("mail stuck", f"{row['key']} is {row['state']}: {row['error']}")
    for (user, is_receipt), how_many in owed.items():
        to = people.get(user, "")
        got = len((of_receipts if is_receipt else of_codes)[to])
        if to and got > how_many:
            verdict.find("mailed twice", f"{to} got {got} for {how_many}")
        if to and got < sent[user, is_receipt]:
            verdict.find("mail lost", f"{to} got {got} for {sent[user, is_receipt]}")


def on_sqlite(*, people: int, in_common: int, kills: int, seed: int) -> Report:
    """Let people sign at both doors, on SQLite."""
    return two_doors(people=people, in_common=in_common, kills=kills, seed=seed, server=None)


def on_postgresql(*, people: int, in_common: int, kills: int, seed: int) -> Report:
    """Let people sign at both doors, on PostgreSQL with two replicas."""
    with postgres_server() as server:
        return two_doors(people=people, in_common=in_common, kills=kills, seed=seed, server=server)


if __name__ == "__main__":
    on_the_other = "--postgresql" in sys.argv
    if on_the_other:
        sys.argv.remove("--postgresql")
    command(
        on_postgresql if on_the_other else on_sqlite,
        people=PEOPLE,
        in_common=IN_COMMON,
        kills=KILLS,
    )
