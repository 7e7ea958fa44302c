"""Letters in every phase of their life, led there through the stories themselves."""

from datetime import timedelta
from typing import Any

from bot.features.cards import use_cases as cards
from bot.features.delivery.use_cases import handover
from bot.features.invitations.use_cases import first_signers
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.deadlines import Grace
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.phases import Phase
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import (
    CHANNEL,
    ORGANISER,
    a_draft,
    a_trigger,
    an_actor,
    cards_are_up,
    outsiders_come,
    the_letter,
)

GRACE = Grace(minutes=60)
FIRST_SIGNER = an_actor("U0FOUNDER")


async def a_founding_letter(
    database: Database, *, chosen: tuple[Actor, ...] = (FIRST_SIGNER,), **changed: Any
) -> Letter:
    """A letter that is with its first signers."""
    letter = await a_draft(database, **changed)
    await first_signers.found(
        database, letter=letter.id, actor=ORGANISER, people=[one.person for one in chosen]
    )
    return await the_letter(database, letter.id)


async def a_letter_to_lead(database: Database, **changed: Any) -> Letter:
    """A letter with its card up, an hour of grace, and a founder; `changed` are fields of `Draft`."""
    changed.setdefault("grace", GRACE)
    letter = await a_founding_letter(database, **changed)
    await cards.post(
        database,
        letter=letter.id,
        actor=ORGANISER,
        channels=[CHANNEL],
        public=[CHANNEL],
        trigger=a_trigger(),
    )
    await cards_are_up(database, letter)
    await outsiders_come(database, [CHANNEL])
    return await the_letter(database, letter.id)


async def led_to(database: Database, clock: Clock, letter: Letter, phase: Phase) -> Letter:
    """An open letter, led on until it is in a later phase."""
    if phase is Phase.CLOSING:
        clock.set(letter.deadline + timedelta(minutes=1))
        await lifecycle.close_due(database)
    if phase in {Phase.CLOSED, Phase.DELIVERED, Phase.LATE}:
        await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    if phase in {Phase.DELIVERED, Phase.LATE}:
        await handover.deliver(database, letter=letter.id, actor=ORGANISER)
    if phase is Phase.LATE:
        await handover.open_late(database, letter=letter.id, actor=ORGANISER)
    if phase is Phase.CANCELLED:
        await lifecycle.cancel(database, letter=letter.id, actor=ORGANISER, reason="Why.")
    return await the_letter(database, letter.id)
