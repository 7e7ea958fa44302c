"""Those who were invited answer, for as long as the letter takes answers."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.features.invitations.use_cases import answers as answering
from bot.features.invitations.use_cases import invitations
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.invitation import InvitationState, Saying
from bot.letters.people import Actor
from bot.letters.refusals import Reason
from bot.letters.send_windows import NotNow
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import (
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    an_open_letter,
    everything,
    signs,
)
from tests.support.refusing import refused
from tests.support.scenes.invitations import (
    an_organisation,
    answers,
    are_invited,
    invites,
    states,
    the_invitations,
)

DAY = date(2026, 3, 20)


async def test_each_answer(database: Database, clock: Clock) -> None:
    """Each answer is kept with its time, and another one can follow."""
    letter = await an_open_letter(database)
    (invitation,) = await are_invited(database, letter, GUEST)
    for saying, day, state in (
        (Saying.READ, None, InvitationState.READING),
        (Saying.AWAIT, DAY, InvitationState.AWAITING),
        (Saying.DECLINE, None, InvitationState.DECLINED),
        (Saying.READ, None, InvitationState.READING),
    ):
        said = await answers(database, GUEST, invitation, saying, day)
        assert (said.state, said.answered_at) == (state, clock.now())
        assert said.until == (datetime(2026, 3, 21, tzinfo=UTC) if day else None)


async def test_own_only(database: Database) -> None:
    """Nobody answers for somebody else, and nobody says of themselves what only the list can."""
    letter = await an_open_letter(database)
    (invitation,) = await are_invited(database, letter, MEMBER)
    before = await everything(database)
    await refused(answers(database, OTHER_MEMBER, invitation, Saying.DECLINE), Reason.NOT_INVITED)
    await refused(answers(database, ORGANISER, invitation, Saying.DECLINE), Reason.NOT_INVITED)
    await refused(answers(database, MEMBER, invitation, Saying.SIGN), Reason.INVITATION_SIGNED)
    await refused(answers(database, MEMBER, invitation, Saying.PUT_BACK), Reason.INVITATION_SIGNED)
    assert await everything(database) == before


async def test_contact(database: Database) -> None:
    """The contact of an organisation answers for it, and not for its own person."""
    letter = await an_open_letter(database)
    await are_invited(database, letter, MEMBER)
    await invites(database, letter, an_organisation("A Group", MEMBER))
    await answers(database, MEMBER, (await the_invitations(database, letter))[1], Saying.DECLINE)
    assert await states(database, letter) == [InvitationState.INVITED, InvitationState.DECLINED]


async def test_twice(database: Database) -> None:
    """A click that is delivered again after another answer has no second effect."""
    letter = await an_open_letter(database)
    (invitation,) = await are_invited(database, letter, MEMBER)
    trigger = a_trigger()

    async def declines() -> InvitationState:
        said = await answering.answer(
            database,
            invitation=invitation.id,
            actor=MEMBER,
            saying=Saying.DECLINE,
            trigger=trigger,
        )
        return said.state

    assert await asyncio.gather(declines(), declines()) == [InvitationState.DECLINED] * 2
    await answers(database, MEMBER, invitation, Saying.READ)
    assert await declines() is InvitationState.READING


async def test_after_signing(database: Database) -> None:
    """A signer withdraws instead of declining; afterwards they can answer again."""
    letter = await an_open_letter(database)
    (invitation,) = await are_invited(database, letter, MEMBER)
    signed = await signs(database, MEMBER, letter)
    await refused(answers(database, MEMBER, invitation, Saying.DECLINE), Reason.INVITATION_SIGNED)
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    assert (
        await answers(database, MEMBER, invitation, Saying.DECLINE)
    ).state is InvitationState.DECLINED


async def test_closed(database: Database, clock: Clock) -> None:
    """From the deadline on nobody answers, and nothing is invited."""
    letter = await an_open_letter(database)
    (invitation,) = await are_invited(database, letter, MEMBER)
    clock.set(DEADLINE)
    await refused(answers(database, MEMBER, invitation, Saying.READ), Reason.DEADLINE_PASSED)
    assert await answering.first(database, letter=letter.id, person=MEMBER.person) is None


@pytest.mark.on_both
async def test_first_message(database: Database) -> None:
    """The first message goes to those who have not answered yet, of a letter that is open."""
    letter = await an_open_letter(database)
    member, other, guest = await are_invited(database, letter, MEMBER, OTHER_MEMBER, GUEST)
    await answers(database, OTHER_MEMBER, other, Saying.READ)
    await invitations.remove(database, invitation=guest.id, actor=ORGANISER, trigger=a_trigger())

    async def first(actor: Actor) -> answering.Addressee | None:
        found = await answering.first(database, letter=letter.id, person=actor.person)
        assert not isinstance(found, NotNow)
        return found

    found = await first(MEMBER)
    assert found is not None
    assert (found.invitations, found.by) == ((member,), ORGANISER.person)
    assert await first(OTHER_MEMBER) is None
    assert await first(GUEST) is None
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    assert await first(MEMBER) is None


@pytest.mark.on_both
async def test_what_is_open(database: Database, clock: Clock) -> None:
    """A reminder speaks of what has no final answer, and of an approval only when its day is over."""
    letter = await an_open_letter(database)
    await are_invited(database, letter, MEMBER)
    await invites(database, letter, *(an_organisation(f"{name} Group", MEMBER) for name in "ABC"))
    mine, declined, waiting, reading = await the_invitations(database, letter)
    await answers(database, MEMBER, declined, Saying.DECLINE)
    await answers(database, MEMBER, waiting, Saying.AWAIT, DAY)
    await answers(database, MEMBER, reading, Saying.READ)

    async def spoken_of() -> list[str]:
        found = await answering.to_remind(database, letter=letter.id, person=MEMBER.person)
        return [] if found is None else [invitation.id for invitation in found.invitations]

    assert await spoken_of() == [mine.id, reading.id]
    clock.set(datetime(2026, 3, 21, tzinfo=UTC) - timedelta(microseconds=1))
    assert await spoken_of() == [mine.id, reading.id]
    clock.set(datetime(2026, 3, 21, tzinfo=UTC))
    assert await spoken_of() == [mine.id, waiting.id, reading.id]
    await signs(database, MEMBER, letter)
    assert await spoken_of() == [waiting.id, reading.id]


async def test_with_others(database: Database) -> None:
    """One invitation shows all that was put to the same person, to them only."""
    letter = await an_open_letter(database)
    mine, _ = await are_invited(database, letter, MEMBER, GUEST)
    await invites(database, letter, an_organisation("A Group", MEMBER))
    group = (await the_invitations(database, letter))[2]
    await answers(database, MEMBER, group, Saying.DECLINE)
    found = await answering.with_others(database, invitation=mine.id, actor=MEMBER)
    assert found is not None
    assert [invitation.state for invitation in found.invitations] == [
        InvitationState.INVITED,
        InvitationState.DECLINED,
    ]
    assert await answering.with_others(database, invitation=mine.id, actor=GUEST) is None
    assert await answering.with_others(database, invitation="x", actor=MEMBER) is None
