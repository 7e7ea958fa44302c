"""A letter whose reminders are owed to very many people, and what became of them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pydantic import SecretStr
from sqlalchemy import func, select

from bot.courier.slack_courier import SlackCourier
from bot.features.cards import use_cases as cards
from bot.features.drafts.use_cases import drafts
from bot.features.reminders.slack.handlers import gather
from bot.features.reminders.use_cases import reminders as reminding
from bot.features.reminders.use_cases.reminders import When
from bot.letters.draft import Draft
from bot.letters.people import Actor, Membership, Person
from bot.outbox.dispatch import send_due
from bot.settings import Settings
from bot.storage.database import Database, Transaction
from bot.storage.states import ReminderState
from bot.storage.tables import outbox, reminders
from bot.wiring import connected
from tests.support.simulator import Simulator

WORKSPACE = "T0COALITION"
CHANNEL = "C0CROWD"
ORGANISER = Actor(
    workspace=WORKSPACE, person=Person(WORKSPACE, "U0ORGANISER"), membership=Membership.MEMBER
)
TITLE = "One Internet"
BOT = "U0BOT"


def user(number: int) -> str:
    """Somebody's user id."""
    return f"U0CROWD{number:06}"


async def set_up(simulator: Simulator, people: int, *, limits: bool, now: datetime) -> None:
    """Build a workspace whose one big channel holds the bot and so many members."""
    crowd = [
        {"id": user(number), "real_name": f"Member {number:06}", "role": "Member"}
        for number in range(people)
    ]
    channel = {
        "id": CHANNEL,
        "name": "crowd",
        "kind": "public",
        "members": [BOT, *(one["id"] for one in crowd)],
    }
    await simulator.reset(seed="demo", people=crowd, channels=[channel], limits=limits, now=now)


def environment_of(simulator: Simulator, url: str) -> dict[str, str]:
    """Return the environment of a worker's process; it goes by the local Slack's clock."""
    return {
        "SLACK_BOT_TOKEN": simulator.bot_token,
        "SLACK_API_URL": simulator.api_url,
        "DATABASE_URL": url,
        "UNDERSIGNED_CLOCK": f"{simulator.address}/_sim/clock",
    }


async def owe(simulator: Simulator, url: str, people: int) -> None:
    """Post a letter's card, and owe a reminder to everybody in the channel; none is sent."""
    settings = Settings(
        slack_bot_token=SecretStr(simulator.bot_token),
        slack_api_url=simulator.api_url,
        database_url=url,
        undersigned_clock=f"{simulator.address}/_sim/clock",
    )
    draft = Draft(
        title=TITLE,
        body="We, the undersigned, ask for one Internet.",
        deadline=await simulator.clock() + timedelta(days=14),
    )
    async with connected(settings) as process:
        database = process.database
        letter = await drafts.create(database, actor=ORGANISER, draft=draft, trigger="draft")
        await cards.post(
            database,
            letter=letter,
            actor=ORGANISER,
            channels=[CHANNEL],
            public=[CHANNEL],
            trigger="post",
        )
        await send_due(database, SlackCourier(process.bot, process.features))
        await gather(process.bot)
        owed = await reminding.remind(
            database, letter=letter, actor=ORGANISER, when=When.NOW, trigger="remind"
        )
    assert owed == people, f"{owed} of {people} are owed a reminder"


async def settled(database: Database) -> int:
    """Count the reminders that came to an end."""
    return await database.read(
        lambda tx: tx.connection.execute(
            select(func.count()).where(outbox.c.kind == "reminder", outbox.c.settled_at.isnot(None))
        ).scalar_one()
    )


ZEROS = ("lost", "duplicated", "stuck", "misreported")


@dataclass(frozen=True, slots=True)
class Fate:
    """The fate of the reminders: how often each of `ZEROS`, and the first of them in words."""

    zeros: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(ZEROS, 0)))
    findings: list[str] = field(default_factory=list[str])

    def find(self, what: str, finding: str) -> None:
        """Notes something that must not be."""
        self.zeros[what] += 1
        if self.zeros[what] <= 5:
            self.findings.append(f"{what}: {finding}")


async def judge(simulator: Simulator, database: Database, people: int) -> Fate:
    """Count what each person got, and what is written down of it."""
    fate = Fate()
    for number in range(people):
        got = len(await _messages(simulator, user(number)))
        if got == 0:
            fate.find("lost", f"{user(number)} got nothing")
        elif got > 1:
            fate.find("duplicated", f"{user(number)} got {got}")
    notices, reached = await database.read(_written)
    for row in notices:
        if row.settled_at is None:
            fate.find("stuck", f"{row.key} is {row.state} after {row.attempts} tries: {row.error}")
        elif row.state != "sent":
            fate.find("misreported", f"{row.key} is {row.state}: {row.error}")
    for row in reached:
        if row.state != ReminderState.SENT.value:
            fate.find("misreported", f"the reminder of {row.user} is {row.state}")
    return fate


def _written(tx: Transaction) -> tuple[Any, Any]:
    notices = tx.connection.execute(select(outbox).where(outbox.c.kind == "reminder")).all()
    return notices, tx.connection.execute(select(reminders)).all()


async def _messages(simulator: Simulator, person: str) -> list[dict[str, Any]]:
    """The bot's own messages to somebody."""
    state = await simulator.get("messages", **{"as": person, "channel": f"D{person[1:]}"})
    return [message for message in state["messages"] if message["user"] == BOT]
