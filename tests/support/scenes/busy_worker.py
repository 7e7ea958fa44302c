"""Very much to do for each job of the worker: people long gone, letters that ended, mail that waits."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, text, update

from bot.features.amendments.use_cases import amendments
from bot.features.amendments.use_cases import proposals as text_proposals
from bot.features.desk.use_cases import digest
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import likely_pairs
from bot.features.privacy.use_cases import expiry
from bot.features.reminders.use_cases import reminders
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter
from bot.outbox import consequences
from bot.outbox.courier import Absent, Looked, NotOwed, Outcome, Owed
from bot.outbox.dispatch import send_due
from bot.storage.database import Database, Transaction
from bot.storage.tables import Instant, endorsements, letters, outbox, people
from bot.use_cases import membership, upkeep
from tests.support.amending import amends
from tests.support.clock import START, Clock
from tests.support.letters import CHANNEL, DEADLINE, ORGANISER, WORKSPACE, an_open_letter
from tests.support.scenes.long_letters import fill

Run = Callable[[Database], Awaitable[object]]
Busy = Callable[[Database, Clock, int], Awaitable[Run]]
"""Fills a database, moves its clock to the time of the job, and returns the job."""

LEFT = "UZ"
"""The start of the ids of people that nothing ties to a letter. C9 has no card."""
_ROWS = {
    "people": {
        "workspace": ":workspace", "team": ":workspace", "user": "'UZ' || n", "tz": "'UTC'",
        "membership": "'member'", "reachable": "n > 0", "seen_at": ":now",
    },
    "members": {
        "workspace": ":workspace", "channel": "'C9'", "user": "'UZ' || n", "seen_at": ":now",
    },
    "sent_messages": {
        "id": "printf('%032d', n)", "letter": ":letter", "workspace": ":workspace",
        "team": ":workspace", "user": "'UX' || n", "kind": "'receipt'",
        "thread": "CASE WHEN n % 2 THEN 'sign' ELSE 'keep:' || n END", "subject": "'{}'",
        "channel": "'D' || n", "ts": "'1.' || n", "replaced": "n < 0", "sent_at": ":now",
    },
    "invitations": {
        "id": "printf('%032d', n)", "letter": ":letter", "workspace": ":workspace",
        "kind": "'person'", "team": ":workspace", "user": "'UI' || n", "name": "'Guest ' || n",
        "key": "'guest ' || n", "state": "'declined'", "invited_at": ":now", "answered_at": ":now",
    },
    "rate_limits": {"workspace": ":workspace", "bucket": "'to:UX' || n", "free_at": ":now"},
}  # fmt: skip


async def _fill(database: Database, many: int, *tables: str) -> Letter:
    await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
    letter = await an_open_letter(database)
    await fill(database, letter, 1, many)
    facts = {"letter": letter.id, "workspace": WORKSPACE, "now": START, "many": many}

    def write(tx: Transaction) -> None:
        for table in tables:
            columns = _ROWS[table]
            values = ", ".join(columns.values())
            into = ", ".join(f'"{one}"' for one in columns)
            given = text(
                "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE "  # noqa: S608 - our own words
                f"n < :many) INSERT INTO {table} ({into}) SELECT {values} FROM series"
            )
            used = {name: value for name, value in facts.items() if f":{name}" in str(given)}
            if "now" in used:
                given = given.bindparams(bindparam("now", type_=Instant))
            tx.connection.execute(given, used)

    await database.write(write)
    return letter


async def _change(database: Database, table: Any, *which: Any, **values: Any) -> None:
    changed = update(table).where(*which).values(**values)
    await database.write(lambda tx: tx.connection.execute(changed))


async def people_long_gone(database: Database, clock: Clock, many: int) -> Run:
    """Nobody needs so many people any more, whom Slack told of long ago."""
    await _fill(database, many, "people", "members", "invitations", "sent_messages")
    clock.set(START + timedelta(days=31))
    return expiry.forget_due


async def letters_that_ended(database: Database, clock: Clock, many: int) -> Run:
    """A letter ended long ago, of which half withdrew; all who were in its channel may go."""
    await _fill(database, many, "people", "invitations", "sent_messages")
    await _change(database, endorsements, withdrawn_at=START, ended="withdrawn")
    await _change(database, letters, phase="closed", closed_at=START, closes_at=START)
    clock.set(START + timedelta(days=31))
    return expiry.forget_due


async def nothing_to_forget(database: Database, clock: Clock, many: int) -> Run:
    """Everybody still holds what they signed; the job looks all the same, every hour."""
    await _fill(database, many)
    await _change(database, people, seen_at=START)
    clock.set(START + timedelta(days=29))
    return expiry.forget_due


async def old_mail(database: Database, clock: Clock, many: int) -> Run:
    """Answers and notices of weeks ago."""
    await _fill(database, many, "rate_limits")
    clock.set(START + timedelta(days=20))
    return upkeep.forget


class _Nobody:
    """A courier whose Slack has nobody."""

    async def send(self, notice: Owed) -> Outcome:
        del notice
        return NotOwed()

    async def look(self, notice: Owed) -> Looked:
        del notice
        return Absent()


async def mail_that_waits(database: Database, clock: Clock, many: int) -> Run:
    """As many notices are due, of which a few may go now."""
    del clock
    letter = await _fill(database, many)
    subject = {"letter": letter.id, "person": f"{WORKSPACE}:{LEFT}1", "first": True}
    # The letter's card keeps its subject: the place that it was posted in.
    receipts = outbox.c.kind == "receipt"
    await _change(database, outbox, receipts, state="waiting", settled_at=None, subject=subject)
    return lambda database: send_due(database, _Nobody())


async def a_step(database: Database, clock: Clock, many: int) -> Run:
    """A step of reminders is due for everybody in the channel."""
    await _fill(database, many, "people")
    await _change(database, people, tz="Africa/Nairobi")
    users = [f"{LEFT}{number}" for number in range(1, many + 1)]
    clock.set(DEADLINE - timedelta(days=7))
    await membership.gathered(database, workspace=WORKSPACE, channel=CHANNEL, users=users)
    return reminders.plan_due


async def a_deadline(database: Database, clock: Clock, many: int) -> Run:
    """A letter comes to its deadline, and every question about it ends."""
    await _fill(database, many, "sent_messages")
    clock.set(DEADLINE + timedelta(minutes=1))
    return lifecycle.close_due


async def _amended(database: Database, clock: Clock, many: int) -> datetime:
    letter = await _fill(database, many, "sent_messages")
    await _change(database, letters, silence="drop")
    answer_by = clock.now() + timedelta(days=4)
    await amends(
        database, letter=letter.id, actor=ORGANISER, body="Other.", kind=AmendmentKind.MATERIAL,
        note="Why.", answer_by=answer_by,
    )  # fmt: skip
    return answer_by


async def silent_signers(database: Database, clock: Clock, many: int) -> Run:
    """Nobody has answered a change of the text two days before the time is up."""
    answer_by = await _amended(database, clock, many)
    clock.set(answer_by - timedelta(days=2))
    return amendments.remind_silent


async def time_is_up(database: Database, clock: Clock, many: int) -> Run:
    """Nobody answered, and silence ends their signatures."""
    answer_by = await _amended(database, clock, many)
    clock.set(answer_by + timedelta(minutes=1))
    return amendments.drop_silent


async def all_came(database: Database, clock: Clock, many: int) -> Run:
    """A whole list came at once, and none of it was compared with the others."""
    del clock
    await _fill(database, many)
    return likely_pairs.compare


async def a_morning(database: Database, clock: Clock, many: int) -> Run:
    """The organisers' morning comes."""
    await _fill(database, many)
    clock.set(START.replace(hour=8) + timedelta(days=1))
    return digest.plan


async def everybody_met(database: Database, clock: Clock, many: int) -> Run:
    """Slack has just said who is in the channel: half of them are new, and half are gone."""
    await _fill(database, many)
    clock.advance(timedelta(hours=7))
    users = [f"UX{number}" for number in range(many // 2, many + many // 2)]
    return lambda database: membership.gathered(
        database, workspace=WORKSPACE, channel=CHANNEL, users=users
    )


def _plain(run: Run) -> Busy:
    """Return a job that has nothing more to do where there is more of everything."""

    async def busy(database: Database, clock: Clock, many: int) -> Run:
        await _fill(database, many)
        clock.advance(timedelta(days=1))
        return run

    return busy


async def a_departure(database: Database, clock: Clock, many: int) -> Run:
    """The workspace removed the app long ago, and all of it is erased."""
    await _fill(database, many)
    await expiry.note_departure(database, workspace=WORKSPACE)
    clock.advance(timedelta(days=15))
    return expiry.erase_departed


BUSY: dict[str, Busy] = {
    "privacy, people long gone": people_long_gone,
    "privacy, letters that ended": letters_that_ended,
    "privacy, nothing to forget": nothing_to_forget,
    "forget": old_mail,
    "send": mail_that_waits,
    "remind": a_step,
    "close": a_deadline,
    "answers": silent_signers,
    "drop": time_is_up,
    "compare": all_came,
    "digest": a_morning,
    "gather": everybody_met,
    "mend cards": _plain(consequences.mend),
    "lift": _plain(letter_rules.lift_due),
    "forget proposals": _plain(text_proposals.forget),
    "scrub": _plain(Database.scrub_again),
    "departed": a_departure,
}
"""By the name of the job, and what it finds."""
