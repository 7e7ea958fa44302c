"""Silence may end thousands of signatures, and nobody's click waits for that."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest

from bot.features.amendments.use_cases import amendments
from bot.features.amendments.use_cases.default_answer import PORTION
from bot.features.delivery.use_cases import handover
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Rules, Silence
from bot.storage.database import Database
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.letters import (
    BODY,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    an_open_letter,
    for_organisation,
    members,
    rows,
    signs,
    the_letter,
    the_tally,
)

DROPS = Rules(silence=Silence.DROP)


async def silent_letter(
    database: Database, clock: Clock, people: list[Actor], letter: Letter | None = None
) -> Letter:
    """A letter whose signers let the time for their answers go by, before the worker has run."""
    letter = letter or await an_open_letter(database, rules=DROPS)
    await asyncio.gather(*(signs(database, one, letter) for one in people))
    clock.advance(timedelta(hours=1))
    await amends(
        database,
        letter=letter.id,
        actor=ORGANISER,
        body=f"{BODY}More.\n",
        kind=AmendmentKind.MATERIAL,
        note="Why.",
        answer_by=clock.now() + timedelta(days=2),
    )
    clock.advance(timedelta(days=3))
    return await the_letter(database, letter.id)


async def ended(database: Database) -> Counter[datetime]:
    """Count the dropped, by when."""
    found = await rows(database, "endorsements")
    return Counter(row["withdrawn_at"] for row in found if row["ended"] == "dropped")


async def test_click_ends_its_own(database: Database, clock: Clock) -> None:
    """A Sign ends the silent signature of that signer, and of nobody else."""
    letter = await silent_letter(database, clock, members(PORTION + 10))

    await signs(database, MEMBER, letter)
    assert await ended(database) == {}
    await signs(database, members(1)[0], letter)
    assert (await ended(database)).total() == 1


async def test_second_for_an_organisation(database: Database, clock: Clock) -> None:
    """A signer for an organisation whose one backing silence has ended is not asked to join it."""
    letter = await an_open_letter(database, rules=DROPS)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group"))
    letter = await silent_letter(database, clock, members(2), letter)

    await signs(database, OTHER_MEMBER, letter, for_organisation(OTHER_MEMBER, letter, "Web Group"))

    assert (await ended(database)).total() == 1
    assert (await the_tally(database, letter)).organisations == 1


@pytest.mark.on_both
async def test_in_portions(database_url: str, database: Database, clock: Clock) -> None:
    """The worker ends them a portion at a time, each in a transaction of its own, and all of them."""
    how_many = 2 * PORTION + 10
    letter = await silent_letter(database, clock, members(how_many))
    pair = [for_organisation(one, letter, "Web Group") for one in (MEMBER, OTHER_MEMBER)]
    await signs(database, MEMBER, letter, pair[0])

    def later() -> datetime:
        return clock.advance(timedelta(milliseconds=1))

    async with Database(database_url, clock=later) as worker:
        assert await amendments.drop_silent(worker) == [letter.id]
        assert await amendments.drop_silent(worker) == []

    portions = await ended(database)
    assert (portions.total(), max(portions.values())) == (how_many, PORTION)
    after = await the_letter(database, letter.id)
    assert (after.tally.people, after.tally.organisations, after.answer_by) == (0, 1, None)
    told = Counter(row["kind"] for row in await rows(database, "outbox") if "dropped" in row["key"])
    assert told["signer"] == how_many


@pytest.mark.parametrize("how_many", [2, PORTION])
async def test_acts_that_need_all(database: Database, clock: Clock, how_many: int) -> None:
    """An organiser's act that needs all silence ended ends a few; for many it asks to try again."""
    letter = await silent_letter(database, clock, members(how_many))
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)

    async def deliver() -> Letter:
        return await handover.deliver(database, letter=letter.id, actor=ORGANISER)

    if how_many == PORTION:
        with pytest.raises(Refused) as caught:
            await deliver()
        assert caught.value.refusal.reason is Reason.STILL_DROPPING
        assert await ended(database) == {}
        await amendments.drop_silent(database)
    assert (await deliver()).tally.people == 0
