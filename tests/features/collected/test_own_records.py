"""An organiser's record confirms no organisation that they signed for themselves."""

import asyncio

import pytest

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import merges, standing
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Letter, Tally
from bot.letters.people import Actor, Membership
from bot.letters.rules import Confirmation, Rules
from bot.letters.standing import Ground, Permission
from bot.storage.database import Database
from tests.support.clock import START
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    an_open_letter,
    for_organisation,
    rows,
    signs,
    the_list,
    the_tally,
)

NAME = "Acme Fund"


async def a_letter(database: Database) -> Letter:
    """A letter that asks for an organiser's record, and has two organisers."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.ORGANISER))
    await lifecycle.add_organiser(
        database, letter=letter.id, actor=ORGANISER, person=OTHER_MEMBER.person,
        membership=Membership.MEMBER, trigger=a_trigger(),
    )  # fmt: skip
    return letter


async def recorded(database: Database, actor: Actor = ORGANISER, name: str = NAME) -> None:
    """An organiser records how they know that an organisation signed."""
    known = {row["entry"]: row["id"] for row in await rows(database, "signatories")}
    await standing.confirm(
        database,
        signatory=known[name],
        actor=actor,
        permission=Permission(
            ground=Ground.SPOKEN_WORD,
            given_by="The Chair",
            given_role="Chair",
            given_on=START.date(),
        ),
        trigger=a_trigger(),
    )


async def joins(database: Database, letter: Letter, actor: Actor, name: str = NAME) -> str:
    """Somebody signs for an organisation, knowing that others did, if they did."""
    signature = for_organisation(actor, letter, name)
    return (await signs(database, actor, letter, signature, confirms=True)).endorsement


async def test_recorded_then_signed(database: Database) -> None:
    """An organiser who records and then signs is one voice, until another organiser records too."""
    letter = await a_letter(database)
    first = await joins(database, letter, MEMBER)
    await recorded(database)
    await joins(database, letter, ORGANISER)
    assert await the_tally(database, letter) == Tally(waiting=1)
    await recorded(database, OTHER_MEMBER)
    assert await the_list(database, letter) == [NAME]
    await withdrawals.withdraw(database, endorsement=first, actor=MEMBER, trigger=a_trigger())
    assert await the_list(database, letter) == [], "the records were of the one who left"


async def test_left_alone(database: Database) -> None:
    """An organiser left alone with their own record is not listed by it."""
    letter = await a_letter(database)
    first = await joins(database, letter, MEMBER)
    await recorded(database)
    await joins(database, letter, ORGANISER)
    await withdrawals.withdraw(database, endorsement=first, actor=MEMBER, trigger=a_trigger())
    assert await the_list(database, letter) == []
    (party,) = await rows(database, "signatories")
    assert party["standing"] == "unconfirmed"


async def test_counts_again(database: Database) -> None:
    """When the organiser withdraws their own signature, their record counts again."""
    letter = await a_letter(database)
    await joins(database, letter, MEMBER)
    await recorded(database)
    own = await joins(database, letter, ORGANISER)
    await withdrawals.withdraw(database, endorsement=own, actor=ORGANISER, trigger=a_trigger())
    assert await the_list(database, letter) == [NAME]


@pytest.mark.parametrize("kept", [0, 1])
async def test_merged(database: Database, kept: int) -> None:
    """A record about one of two that are one does not count if its organiser signed the other."""
    letter = await a_letter(database)
    names = (NAME, "AF")
    await joins(database, letter, MEMBER, NAME)
    await recorded(database)
    await joins(database, letter, ORGANISER, "AF")
    known = {row["entry"]: row["id"] for row in await rows(database, "signatories")}
    await merges.merge(
        database, keeps=known[names[kept]], goes=(known[names[1 - kept]],), actor=ORGANISER,
        trigger=a_trigger(),
    )  # fmt: skip
    assert await the_tally(database, letter) == Tally(waiting=1)
    await recorded(database, OTHER_MEMBER, names[kept])
    assert await the_list(database, letter) == [names[kept]]


@pytest.mark.on_both
async def test_signed_at_once(database: Database) -> None:
    """A record counts no more also where its organiser signs in one moment with others."""
    letter = await a_letter(database)
    await joins(database, letter, MEMBER)
    await recorded(database)
    await asyncio.gather(*(joins(database, letter, one) for one in (ORGANISER, OTHER_MEMBER)))
    assert await the_tally(database, letter) == Tally(waiting=1)


async def test_over_with_what_it_was_about(database: Database) -> None:
    """A record from before all withdrew says nothing about those who sign afterwards."""
    letter = await a_letter(database)
    first = await joins(database, letter, MEMBER)
    await recorded(database)
    await withdrawals.withdraw(database, endorsement=first, actor=MEMBER, trigger=a_trigger())
    await joins(database, letter, OTHER_MEMBER)
    again = await joins(database, letter, MEMBER)
    await withdrawals.withdraw(database, endorsement=again, actor=MEMBER, trigger=a_trigger())
    assert await the_tally(database, letter) == Tally(waiting=1)
    known = (await rows(database, "signatories"))[0]["id"]
    case = await standing.case(database, signatory=known, actor=ORGANISER)
    assert case.organisation.confirmed is None
