"""The living list keeps an entry of the delivered copy, if the letter's rule says so."""

import pytest

from bot.features.delivery.use_cases import handover
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import standing
from bot.features.organisations.use_cases.standing import Decision
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.rules import Confirmation, Rules, WithdrawnEntry
from bot.storage.database import Database
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    an_actor,
    an_open_letter,
    for_organisation,
    rows,
    signs,
    the_letter,
    the_list,
    the_tally,
)
from tests.support.scenes.invitations import may_object

NAME = "Acme Fund"
THIRD = an_actor("U0THIRD")


async def joins(database: Database, letter: Letter, actor: Actor) -> str:
    """Somebody signs for the organisation."""
    signature = for_organisation(actor, letter, NAME)
    return (await signs(database, actor, letter, signature, confirms=True)).endorsement


async def handed_over(database: Database, letter: Letter) -> None:
    """The letter is closed and delivered."""
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)


async def disputed(database: Database, decision: Decision | None = None) -> None:
    """Somebody objects to the organisation, and an organiser decides, if so."""
    (party,) = await rows(database, "signatories")
    await standing.object_to(
        database, signatory=party["id"], actor=THIRD, name="An Objector", role="Chair",
        reason="Nobody asked us.", trigger=a_trigger(),
    )  # fmt: skip
    if decision is not None:
        await standing.decide(
            database, signatory=party["id"], actor=ORGANISER, decision=decision,
            why="We looked into it.", trigger=a_trigger(),
        )  # fmt: skip


def marking(confirmation: Confirmation = Confirmation.NONE) -> Rules:
    return Rules(withdrawn_entry=WithdrawnEntry.MARKED, confirmation=confirmation)


async def test_one_after_the_other(database: Database) -> None:
    """One that waited for a second person again, once the first had withdrawn, is marked."""
    letter = await an_open_letter(database, rules=marking(Confirmation.SECOND))
    given = [(one, await joins(database, letter, one)) for one in (MEMBER, OTHER_MEMBER)]
    await handed_over(database, letter)
    for (actor, one), shown in zip(given, ([], [NAME]), strict=True):
        await withdrawals.withdraw(database, endorsement=one, actor=actor, trigger=a_trigger())
        assert await the_list(database, letter) == shown
    assert (await the_tally(database, letter)).total == 0


@pytest.mark.parametrize("decision", [None, Decision.LISTED, Decision.REMOVED])
async def test_disputed(database: Database, decision: Decision | None) -> None:
    """A contested entry is marked; a removed one stays off."""
    letter = await an_open_letter(database, rules=marking())
    await may_object(database, letter, THIRD, NAME)
    given = await joins(database, letter, MEMBER)
    await handed_over(database, letter)
    await disputed(database, decision)
    await withdrawals.withdraw(database, endorsement=given, actor=MEMBER, trigger=a_trigger())
    shown = [] if decision is Decision.REMOVED else [NAME]
    assert await the_list(database, letter) == shown


async def test_not_on_the_copy(database: Database) -> None:
    """An entry contested at delivery, and kept afterwards, is not marked."""
    letter = await an_open_letter(database, rules=marking())
    await may_object(database, letter, THIRD, NAME)
    given = await joins(database, letter, MEMBER)
    await disputed(database)
    await handed_over(database, letter)
    (party,) = await rows(database, "signatories")
    await standing.decide(
        database, signatory=party["id"], actor=ORGANISER, decision=Decision.LISTED,
        why="The board agreed.", trigger=a_trigger(),
    )  # fmt: skip
    assert await the_list(database, letter) == [NAME]
    await withdrawals.withdraw(database, endorsement=given, actor=MEMBER, trigger=a_trigger())
    assert await the_list(database, letter) == []


async def test_late_and_withdrawn_again(database: Database) -> None:
    """An entry that was delivered, came back late and withdrew again is marked in its old place."""
    letter = await an_open_letter(database, rules=marking())
    given = await joins(database, letter, MEMBER)
    await signs(database, OTHER_MEMBER, letter)
    await handed_over(database, letter)
    await withdrawals.withdraw(database, endorsement=given, actor=MEMBER, trigger=a_trigger())
    await handover.open_late(database, letter=letter.id, actor=ORGANISER)
    late = await the_letter(database, letter.id)
    given = await joins(database, late, MEMBER)
    assert await the_list(database, letter) == ["A Member", NAME]
    await withdrawals.withdraw(database, endorsement=given, actor=MEMBER, trigger=a_trigger())
    assert await the_list(database, letter) == [NAME, "A Member"]
