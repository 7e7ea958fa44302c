"""A letter comes back to words that it had before."""

from datetime import timedelta

import pytest

from bot.features.amendments.use_cases import amendments as amending
from bot.features.amendments.use_cases import proposals
from bot.letters.amendment import AmendmentKind
from bot.letters.endorsement import State
from bot.letters.letter import Letter
from bot.letters.rules import Rules, Silence
from bot.storage import endorsements
from bot.storage.database import Database
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.letters import (
    BODY,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_row,
    a_trigger,
    adds,
    an_open_letter,
    rows,
    signs,
    the_letter,
    the_list,
    the_tally,
)

M, C = AmendmentKind.MATERIAL, AmendmentKind.COSMETIC
A, A2, A3, B, B2 = BODY, BODY + "Soon.\n", BODY + "Soon!\n", "Other words.", "Other words!"

NOT_ASKED = [
    [(M, B), (M, A), (C, A2)],
    [(M, B), (M, A), (C, A2), (C, A3)],
    [(C, A2), (M, B), (M, A2)],
    [(C, A2), (M, B), (M, A2), (C, A3)],
    [(C, A2), (M, B), (M, A), (C, A3)],
    [(M, B), (C, B2), (M, A), (C, A2)],
    [(M, B), (C, A), (C, A2)],
    [(M, B), (M, A), (M, B), (M, A), (C, A2)],
    [(M, B), (M, A), (C, A2), (M, B), (M, A), (C, A3)],
]


async def amend(
    database: Database, clock: Clock, letter: Letter, kind: AmendmentKind, body: str
) -> Letter:
    """The letter with another text."""
    clock.advance(timedelta(hours=1))
    return await amends(
        database,
        letter=letter.id,
        actor=ORGANISER,
        body=body,
        kind=kind,
        note="Why.",
        answer_by=clock.now() + timedelta(days=2) if kind is M else None,
    )


@pytest.mark.parametrize("steps", NOT_ASKED)
async def test_back_to_what_was_signed(
    database: Database, clock: Clock, steps: list[tuple[AmendmentKind, str]]
) -> None:
    """A signer of a text of this meaning is neither asked nor dropped, whatever small fixes follow."""
    letter = await an_open_letter(database, body=A, rules=Rules(silence=Silence.DROP))
    held = (await signs(database, MEMBER, letter)).endorsement
    await adds(database, letter, a_row(name="Ada King"))
    for kind, body in steps:
        letter = await amend(database, clock, letter, kind, body)
    one = await database.read(lambda tx: endorsements.find(tx, held))
    assert one is not None
    assert one.state_at(letter, clock.now()) is State.STANDS
    assert not one.is_of_earlier_text(letter)
    await amending.drop_silent(database)
    clock.advance(timedelta(days=3))
    await amending.drop_silent(database)
    assert len(await the_list(database, letter)) == 2
    assert [row["ended"] for row in await rows(database, "endorsements")] == [None, None]


@pytest.mark.parametrize("steps", [[(M, B)], [(M, B), (C, B2)], [(M, B), (M, A), (M, B2)]])
async def test_another_meaning_asks(
    database: Database, clock: Clock, steps: list[tuple[AmendmentKind, str]]
) -> None:
    """A signer of a text of another meaning is asked, and dropped where that is the rule."""
    letter = await an_open_letter(database, body=A, rules=Rules(silence=Silence.DROP))
    await signs(database, MEMBER, letter)
    for kind, body in steps:
        letter = await amend(database, clock, letter, kind, body)
    clock.advance(timedelta(days=3))
    await amending.drop_silent(database)
    assert (await the_tally(database, letter)).people == 0


async def test_signed_in_between(database: Database, clock: Clock) -> None:
    """A signer of the words in between is asked about the return, and the preview counts only them."""
    letter = await an_open_letter(database, body=A, rules=Rules(silence=Silence.DROP))
    await signs(database, MEMBER, letter)
    letter = await amend(database, clock, letter, M, B)
    await signs(database, OTHER_MEMBER, await the_letter(database, letter.id))
    clock.advance(timedelta(hours=1))
    found = await proposals.propose(
        database,
        letter=letter.id,
        actor=ORGANISER,
        body=A,
        kind=M,
        note="Back.",
        answer_by=clock.now() + timedelta(days=2),
        trigger=a_trigger(),
    )
    assert (found.audience.asked, found.audience.told) == (1, 2)
    asked = await proposals.carry_out(
        database, proposal=found.proposal.id, actor=ORGANISER, trigger=a_trigger()
    )
    assert asked == 1
    clock.advance(timedelta(days=3))
    await amending.drop_silent(database)
    held = {row["user"]: row["ended"] for row in await rows(database, "endorsements")}
    assert held == {MEMBER.person.user: None, OTHER_MEMBER.person.user: "dropped"}
