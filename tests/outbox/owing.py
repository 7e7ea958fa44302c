"""The notices that the outbox's tests owe: receipts and reminders to people, a card to a channel."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.features.cards import use_cases as cards
from bot.features.reminders.use_cases import reminders
from bot.features.reminders.use_cases.reminders import When
from bot.letters import notices
from bot.letters.letter import Letter, Posting
from bot.letters.notices import LetterTopic
from bot.letters.people import Actor, Person
from bot.outbox.claims import BUDGETS, Method
from bot.outbox.dispatch import send_due
from bot.storage import outbox
from bot.storage.database import Database, Transaction
from bot.storage.tables import outbox as outbox_table
from bot.storage.tables import rate_limits
from tests.outbox.mailbox import Mailbox
from tests.support.clock import Clock
from tests.support.letters import (
    CHANNEL,
    ORGANISER,
    WORKSPACE,
    a_draft,
    a_trigger,
    an_open_letter,
    are_in_channel,
    members,
    rows,
    the_letter,
)


async def a_waiting_card(database: Database) -> tuple[Letter, Posting]:
    """A letter whose first card is owed to its channel."""
    letter = await a_draft(database)
    await cards.post(
        database,
        letter=letter.id,
        actor=ORGANISER,
        channels=[CHANNEL],
        public=[CHANNEL],
        trigger=a_trigger(),
    )
    return await the_letter(database, letter.id), await the_card(database, letter)


async def the_card(database: Database, letter: Letter) -> Posting:
    """A letter's only card."""
    (card,) = await cards.cards(database, letter=letter.id)
    return card


async def owed_reminders(database: Database, how_many: int) -> tuple[Letter, list[Actor]]:
    """An open letter, and reminders that are owed to so many members now."""
    letter = await an_open_letter(database)
    people = members(how_many)
    await are_in_channel(database, people)
    await reminders.remind(
        database, letter=letter.id, actor=ORGANISER, when=When.NOW, trigger=a_trigger()
    )
    return letter, people


async def owe_words(database: Database, people: Collection[Person], letter: int = 1) -> None:
    """A word is owed to each of these."""
    await database.write(
        lambda tx: outbox.owe(
            tx, WORKSPACE, [notices.word(LetterTopic.CLOSED, letter, person) for person in people]
        )
    )


async def send_for(
    database: Database, mailbox: Mailbox, clock: Clock, how_long: timedelta, step: timedelta
) -> None:
    """Send at every step of the clock, but for those at which nothing more can be due."""
    end = clock.now() + how_long
    while clock.now() < end:
        await send_due(database, mailbox)
        idle = min(await database.read(_next_change), end) - clock.now()
        clock.advance(max(-(-idle // step), 1) * step)
    await send_due(database, mailbox)


def _next_change(tx: Transaction) -> datetime:
    """Return when the next notice may become due, a lease run out or a bucket have room again."""
    waiting = outbox_table.c.settled_at.is_(None)
    moments = [
        *tx.connection.execute(select(outbox_table.c.due_at).where(waiting)).scalars(),
        *tx.connection.execute(select(outbox_table.c.lease_until).where(waiting)).scalars(),
    ]
    for _, name, empty_at in tx.connection.execute(
        select(rate_limits.c.workspace, rate_limits.c.bucket, rate_limits.c.free_at)
    ):
        depth = BUDGETS[Method(name)].depth if name in BUDGETS else timedelta(0)
        moments.append(empty_at - depth)
    return min(
        (at for at in moments if at and at > tx.now), default=datetime.max.replace(tzinfo=UTC)
    )


async def states(database: Database, kind: str | None = None) -> dict[str, int]:
    """Count notices by their state."""
    found: dict[str, int] = {}
    for row in await rows(database, "outbox"):
        if kind in {None, row["kind"]}:
            found[row["state"]] = found.get(row["state"], 0) + 1
    return found


async def words_owed(database: Database) -> list[dict[str, Any]]:
    """The words to organisers, with what they are about."""
    return [row["subject"] for row in await rows(database, "outbox") if row["kind"] == "word"]
