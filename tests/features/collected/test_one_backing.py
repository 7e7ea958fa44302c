"""One person has one backing, wherever their signature came from."""

import pytest

from bot.features.organisations.use_cases import merges
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Letter, Tally
from bot.letters.refusals import Reason
from bot.storage.database import Database
from tests.features.collected.tables import brings
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    a_row,
    a_signature,
    a_trigger,
    adds,
    an_open_letter,
    rows,
    signs,
    the_list,
    the_tally,
)
from tests.support.refusing import refused

OWN, ON_PAPER = "Jonathan Smith", "J. Smith"


async def signed_and_merged(database: Database, letter: Letter) -> str:
    """Somebody signed here and on paper, and an organiser merged the two; return the endorsement."""
    own = a_signature(MEMBER, letter, name=OWN)
    given = (await signs(database, MEMBER, letter, own)).endorsement
    await adds(database, letter, a_row(name=ON_PAPER))
    known = {row["entry"]: row["id"] for row in await rows(database, "signatories")}
    await merges.merge(
        database,
        keeps=known[OWN],
        goes=(known[ON_PAPER],),
        actor=ORGANISER,
        trigger=a_trigger(),
    )
    return given


@pytest.mark.parametrize("name", [ON_PAPER, "j smith"])
async def test_the_same_table_again(database: Database, name: str) -> None:
    """A merged paper signature that is brought again is refused, and nobody is left after withdrawal."""
    letter = await an_open_letter(database)
    given = await signed_and_merged(database, letter)
    problem = await refused(adds(database, letter, a_row(name=name)), Reason.SAME_PERSON)
    assert problem.field == "name"
    assert problem.facts == {"entry": OWN}
    brought = await brings(database, letter, [a_row(name=name), a_row(name="Ada King")])
    assert {place: one.reason for place, (one,) in brought.refused.items()} == {
        0: Reason.SAME_PERSON
    }
    await withdrawals.withdraw(database, endorsement=given, actor=MEMBER, trigger=a_trigger())
    assert await the_list(database, letter) == ["Ada King"]
    assert await the_tally(database, letter) == Tally(people=1)


async def test_signing_again_beside_the_paper(database: Database) -> None:
    """Somebody who signs beside their own paper signature has one backing, which ends with them."""
    letter = await an_open_letter(database)
    given = await signed_and_merged(database, letter)
    await withdrawals.withdraw(database, endorsement=given, actor=MEMBER, trigger=a_trigger())
    await adds(database, letter, a_row(name=ON_PAPER, agreed_again="yes"))
    assert await the_list(database, letter) == [ON_PAPER]

    again = await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name=OWN))

    assert await the_list(database, letter) == [OWN]
    (party,) = [row for row in await rows(database, "signatories") if row["endorsements"]]
    assert party["endorsements"] == 1
    await withdrawals.withdraw(
        database, endorsement=again.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    assert await the_list(database, letter) == []
    assert await the_tally(database, letter) == Tally()
