"""An organiser who was removed invites nobody, and nobody is invited to many letters at once."""

from datetime import timedelta

import pytest

from bot.features.invitations.use_cases import answers as answering
from bot.features.invitations.use_cases import invitations
from bot.features.lifecycle import use_cases as lifecycle
from bot.storage.database import Database
from tests.outbox.mailbox import Mailbox
from tests.outbox.owing import send_for
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    an_open_letter,
)
from tests.support.scenes.invitations import a_person, acquaintance, invites
from tests.support.scenes.reminders import reminds


async def test_removed_organiser_invites_nobody(database: Database) -> None:
    """Nobody gets an invitation in the name of somebody who is no organiser any more."""
    letter = await an_open_letter(database)
    await lifecycle.add_organiser(
        database, letter=letter.id, actor=ORGANISER, person=MEMBER.person,
        membership=MEMBER.membership,
    )  # fmt: skip
    await invites(database, letter, a_person(OTHER_MEMBER), met=[OTHER_MEMBER], actor=MEMBER)
    person = OTHER_MEMBER.person
    assert await answering.first(database, letter=letter.id, person=person) is not None
    await lifecycle.remove_organiser(
        database, letter=letter.id, actor=ORGANISER, person=MEMBER.person
    )
    assert await answering.first(database, letter=letter.id, person=person) is None


@pytest.mark.on_both
async def test_many_letters_at_once(database: Database, clock: Clock) -> None:
    """A person hears of three letters of one organiser in a day, in invitations and reminders."""
    letters = [await an_open_letter(database, title=f"Letter {number}") for number in range(5)]
    for letter in letters:
        await invitations.invite(
            database,
            letter=letter.id,
            actor=ORGANISER,
            wanted=[a_person(MEMBER)],
            met=[acquaintance(MEMBER), acquaintance(OTHER_MEMBER)],
            at_once=True,
            trigger=a_trigger(),
        )
    mailbox = Mailbox(database, clock.now)
    day, step = timedelta(days=1), timedelta(seconds=5)

    async def heard() -> list[int]:
        mailbox.arrived.clear()
        await send_for(database, mailbox, clock, timedelta(minutes=1), step)
        return [int(one.key.split(":")[1]) for one in mailbox.arrived if one.target == "U0MEMBER"]

    first, held = [one.id for one in letters[:3]], [one.id for one in letters[3:]]
    assert sorted(await heard()) == first
    for letter in letters:
        await reminds(database, letter, MEMBER, OTHER_MEMBER)
    # Three reminders reach who had no invitation, and no letter is new to who had three.
    assert set(await heard()) <= set(first)
    assert len([one for one in mailbox.arrived if one.target == "U0OTHER"]) == 3
    clock.advance(day)
    assert set(await heard()) == set(held)
