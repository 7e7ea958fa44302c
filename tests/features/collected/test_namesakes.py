"""People of one name: one who was added and then signs, and two who are two."""

from typing import Any

import pytest

from bot.features.organisations.slack.pair_views import pairs_page
from bot.features.organisations.use_cases import likely_pairs, merges
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Kind
from bot.letters.letter import Letter, Tally
from bot.letters.refusals import Reason
from bot.locales import words
from bot.storage.database import Database
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_row,
    a_signature,
    a_trigger,
    adds,
    an_open_letter,
    signs,
    the_list,
    the_tally,
)
from tests.support.live_marks import check_view
from tests.support.reading import words_of
from tests.support.refusing import refused


@pytest.mark.on_both
async def test_a_person_added_and_signed(database: Database) -> None:
    """A person who was added and then signs here is offered as one with themselves, and counts once."""
    letter = await an_open_letter(database)
    await adds(database, letter, a_row(name="Jane Doe"))
    own = await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Jane Doe"))
    await signs(database, OTHER_MEMBER, letter, a_signature(OTHER_MEMBER, letter, name="Ada King"))
    pairs = await all_pairs(database, letter)
    ((first, second),) = merges.clusters(pairs)
    here, elsewhere = first.party.id, second.party.id
    assert first.endorsements[0].person == MEMBER.person

    assert first.party.kind is Kind.PERSON
    view = pairs_page(words("en-GB"), letter, merges.clusters(pairs) * 20, after="", end=None)
    assert check_view(view) == []
    assert f"<@{MEMBER.person.user}>" in words_of(view)

    both: dict[str, Any] = {"actor": ORGANISER, "trigger": a_trigger()}
    await refused(merges.merge(database, keeps=elsewhere, goes=(here,), **both), Reason.SIGNED_HERE)
    await merges.merge(database, keeps=here, goes=(elsewhere,), **both)

    assert await the_tally(database, letter) == Tally(people=2)
    assert await all_pairs(database, letter) == []
    await withdrawals.withdraw(
        database, endorsement=own.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    assert await the_list(database, letter) == ["Ada King"]


async def test_namesakes_stay_two(database: Database) -> None:
    """Two accounts of one name, and a namesake from elsewhere, are told apart for good, in one act."""
    letter = await an_open_letter(database)
    for actor in (MEMBER, OTHER_MEMBER):
        await signs(database, actor, letter, a_signature(actor, letter, name="Jane Doe"))
    await adds(database, letter, a_row(name="Doe, Jane"))
    ((*three,),) = merges.clusters(await all_pairs(database, letter))
    assert three[-1].endorsements[0].person is None
    await merges.different(
        database,
        parties=tuple(one.party.id for one in three),
        actor=ORGANISER,
        trigger=a_trigger(),
    )
    assert await all_pairs(database, letter) == []
    assert await the_tally(database, letter) == Tally(people=3)


async def all_pairs(database: Database, letter: Letter) -> list[merges.Likely]:
    """All that an organiser is asked about on a letter, once the new names were compared."""
    while await likely_pairs.compare(database):
        pass
    found = await merges.look_for_pairs(database, letter=letter.id, actor=ORGANISER)
    return list(found.pairs)
