"""What delivery's tests owe: receipts and reminders to people, a card to a channel."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from bot.features.cards import use_cases as cards
from bot.features.reminders.use_cases import reminders
from bot.features.reminders.use_cases.reminders import When
from bot.letters import notices
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic
from bot.letters.people import Actor, Person
from bot.letters.posting import Posting
from bot.outbox.dispatch import deliver_due
from bot.storage import outbox
from bot.storage.database import Database
from tests.outbox.mailbox import Mailbox
from tests.support.clock import Clock
from tests.support.letters import (
    CHANNEL,
    ORGANISER,
    WORKSPACE,
    a_delivery,
    a_draft,
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
        delivery=a_delivery(),
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
        database, letter=letter.id, actor=ORGANISER, when=When.NOW, delivery=a_delivery()
    )
    return letter, people


async def owe_words(database: Database, people: Collection[Person], letter: int = 1) -> None:
    """A word is owed to each of these."""
    await database.write(
        lambda tx: outbox.owe(
            tx, WORKSPACE, [notices.word(LetterTopic.CLOSED, letter, person) for person in people]
        )
    )


async def deliver_for(
    database: Database, mailbox: Mailbox, clock: Clock, how_long: timedelta, step: timedelta
) -> None:
    """Delivers again and again while the clock goes on."""
    end = clock.now() + how_long
    while clock.now() < end:
        await deliver_due(database, mailbox)
        clock.advance(step)
    await deliver_due(database, mailbox)


async def states(database: Database, kind: str | None = None) -> dict[str, int]:
    """How many notices stand where."""
    found: dict[str, int] = {}
    for row in await rows(database, "outbox"):
        if kind in {None, row["kind"]}:
            found[row["state"]] = found.get(row["state"], 0) + 1
    return found


async def words_owed(database: Database) -> list[dict[str, Any]]:
    """The words to organisers, with what they are about."""
    return [row["subject"] for row in await rows(database, "outbox") if row["kind"] == "word"]
