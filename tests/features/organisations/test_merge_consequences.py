"""Objections, removals, invitations and a delivered copy after two names were found to be one."""

from datetime import timedelta

import pytest

from bot.features.delivery.use_cases import handover
from bot.features.invitations.use_cases import invitations
from bot.features.invitations.use_cases.invitations import InvitationState, Invitee, Kind
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import standing
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Tally
from bot.letters.refusals import Reason
from bot.letters.standing import Standing
from bot.storage.database import Database
from tests.features.organisations.merged_names import (
    SHORT,
    THIRD,
    WHOLE,
    ids,
    one,
    signed_for,
)
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    an_open_letter,
    rows,
    the_letter,
    the_list,
    the_tally,
)
from tests.support.refusing import refused
from tests.support.scenes.invitations import may_object


async def test_objections_follow(database: Database) -> None:
    """Objections to either are objections to the one; what one person said twice counts once."""
    letter = await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))
    known = await ids(database)
    await may_object(database, letter, THIRD, WHOLE, SHORT)
    for party in known.values():
        await standing.object_to(
            database,
            signatory=party,
            actor=THIRD,
            name="An Objector",
            role="Chair",
            reason="Nobody asked us.",
            trigger=a_trigger(),
        )
    await one(database, WHOLE, SHORT)
    case = await standing.case(database, signatory=known[WHOLE], actor=ORGANISER)
    assert case.organisation.party.standing is Standing.DISPUTED
    assert case.organisation.party.objections == 1
    assert len(case.organisation.objections) == 2
    await standing.decide(
        database,
        signatory=known[WHOLE],
        actor=ORGANISER,
        decision=standing.Decision.LISTED,
        why="The board agreed.",
        trigger=a_trigger(),
    )
    assert await the_list(database, letter) == [WHOLE]


@pytest.mark.parametrize("removed", [WHOLE, SHORT])
async def test_removed_stays_removed(database: Database, removed: str) -> None:
    """A merge with a removed entry is off the list until an organiser decides again."""
    letter = await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))
    known = await ids(database)
    await standing.object_to(
        database,
        signatory=known[removed],
        actor=THIRD,
        name="An Objector",
        role="Chair",
        reason="Nobody asked us.",
        trigger=a_trigger(),
    )
    await standing.decide(
        database,
        signatory=known[removed],
        actor=ORGANISER,
        decision=standing.Decision.REMOVED,
        why="It did not.",
        trigger=a_trigger(),
    )
    await one(database, WHOLE, SHORT)
    assert await the_list(database, letter) == []
    assert await the_tally(database, letter) == Tally()


async def test_removed_and_signed_again(database: Database) -> None:
    """Somebody who withdraws a signature that was removed cannot sign again until it is restored."""
    letter = await an_open_letter(database)
    given = await signed_for(database, letter, (MEMBER, WHOLE))
    known = await ids(database)
    await standing.object_to(
        database, signatory=known[WHOLE], actor=THIRD, name="An Objector", role="Chair",
        reason="Nobody asked us.", trigger=a_trigger(),
    )  # fmt: skip
    await standing.decide(
        database, signatory=known[WHOLE], actor=ORGANISER, decision=standing.Decision.REMOVED,
        why="It did not.", trigger=a_trigger(),
    )  # fmt: skip
    await withdrawals.withdraw(
        database, endorsement=given[WHOLE], actor=MEMBER, trigger=a_trigger()
    )
    await refused(signed_for(database, letter, (MEMBER, WHOLE)), Reason.ENTRY_REMOVED)
    assert await the_list(database, letter) == []


async def test_invitations_follow(database: Database) -> None:
    """Invitations under either name are signed until nobody's signature for the one is left."""
    letter = await an_open_letter(database)
    await invitations.invite(
        database,
        letter=letter.id,
        actor=ORGANISER,
        wanted=[
            Invitee(kind=Kind.ORGANISATION, organisation=name, contact="by post")
            for name in (WHOLE, SHORT)
        ],
        trigger=a_trigger(),
    )
    given = await signed_for(database, letter, (MEMBER, WHOLE), (OTHER_MEMBER, SHORT))

    async def states() -> set[InvitationState]:
        page = await invitations.page(database, letter=letter.id, actor=ORGANISER, limit=9)
        return {invitation.state for invitation in page.invitations}

    await one(database, WHOLE, SHORT)
    await withdrawals.withdraw(
        database, endorsement=given[WHOLE], actor=MEMBER, trigger=a_trigger()
    )
    assert await states() == {InvitationState.SIGNED}
    await withdrawals.withdraw(
        database, endorsement=given[SHORT], actor=OTHER_MEMBER, trigger=a_trigger()
    )
    assert await states() == {InvitationState.WITHDREW}
    await signed_for(database, letter, (THIRD, SHORT))
    assert await states() == {InvitationState.SIGNED}


async def test_after_delivery(database: Database, clock: Clock) -> None:
    """An entry that was delivered and one on the late list merge into one that was delivered."""
    letter = await an_open_letter(database)
    await signed_for(database, letter, (MEMBER, WHOLE))
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)
    await handover.open_late(database, letter=letter.id, actor=ORGANISER)
    clock.advance(timedelta(hours=1))
    late = await the_letter(database, letter.id)
    await signed_for(database, late, (OTHER_MEMBER, SHORT))
    assert await the_tally(database, letter) == Tally(organisations=1, late_organisations=1)
    before = await rows(database, "delivered_copies")
    await one(database, SHORT, WHOLE)
    assert await the_tally(database, letter) == Tally(organisations=1)
    assert await the_list(database, letter) == [SHORT]
    assert await rows(database, "delivered_copies") == before
