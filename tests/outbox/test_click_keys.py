"""One key ties a click to what it owed, from the log of a web replica to that of a worker."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from structlog.testing import capture_logs

from bot.logs import answering, click_key, present_click
from bot.outbox.courier import Outcome, Owed, Refused
from bot.outbox.dispatch import send_due
from bot.storage.database import Database
from tests.outbox.mailbox import Mailbox
from tests.support.clock import Clock
from tests.support.letters import a_trigger, an_open_letter, members, rows, signs


class Refusing(Mailbox):
    """A Slack that takes no message, and notes what the log would say beside it."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        super().__init__(database, now)
        self.clicks: set[str] = set()

    async def send(self, notice: Owed) -> Outcome:
        del notice
        self.clicks.add(present_click())
        return Refused(error="user_not_found")


async def test_each_has_its_own(database: Database) -> None:
    """Signatures that are kept together owe receipts with the key of each one's own click."""
    letter = await an_open_letter(database)
    people = {one: a_trigger() for one in members(3)}
    with answering("of somebody else"):
        await asyncio.gather(
            *(signs(database, one, letter, trigger=key) for one, key in people.items())
        )

    receipts = {
        row["target"]: row["click"]
        for row in await rows(database, "outbox")
        if row["kind"] == "receipt"
    }
    assert receipts == {one.person.user: click_key(key) for one, key in people.items()}
    assert all(len(key) == 12 for key in receipts.values())


async def test_worker_says_it(database: Database, clock: Clock) -> None:
    """A worker's lines about a notice carry the key of the click that caused it."""
    letter = await an_open_letter(database)
    (member,) = members(1)
    await signs(database, member, letter, trigger="T1.a.b")
    mailbox = Refusing(database, clock.now)
    with capture_logs() as said:
        await send_due(database, mailbox)
    lines = [one for one in said if one["event"] == "notice.given_up"]
    own = click_key("T1.a.b")
    assert {one["kind"] for one in lines if one["click"] == own} == {"receipt"}
    assert own in mailbox.clicks
    assert structlog.contextvars.get_contextvars() == {}
