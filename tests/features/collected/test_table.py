"""An organiser adds a table of signatures: each row that is right, and the others come back."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.features.collected.use_cases import additions
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Rules
from bot.letters.standing import Standing
from bot.storage.database import Database
from bot.use_cases.letter_jobs import PORTION, Written, in_portions
from tests.features.collected.tables import a_table, brings, looks
from tests.support.letters import (
    MEMBER,
    PERMITTED,
    a_row,
    adds,
    an_open_letter,
    rows,
    signs,
    the_list,
    the_tally,
)

BY_ORGANISER = Rules(confirmation=Confirmation.ORGANISER)


@pytest.mark.on_both
async def test_table(database: Database) -> None:
    """A table adds all its rows, in one go, and says how many are on the list."""
    letter = await an_open_letter(database, rules=BY_ORGANISER)
    table = a_table(
        a_row(organisation="Web Group", **PERMITTED), a_row(organisation="Net Group"), a_row()
    )
    _, outlooks = await looks(database, letter, table)
    assert [(one.row, one.entry, one.party and one.party.standing) for one in outlooks] == [
        (2, "Web Group", Standing.LISTED),
        (3, "Net Group", Standing.UNCONFIRMED),
        (4, "Ada King", Standing.LISTED),
    ]

    brought = await brings(database, letter, table)

    assert brought == additions.Brought(added=3, listed=2)
    assert await the_list(database, letter) == ["Web Group", "Ada King"]


@pytest.mark.on_both
async def test_likeness_within_a_table(database: Database) -> None:
    """Rows that look like each other are named too."""
    letter = await an_open_letter(database)
    table = a_table(
        a_row(organisation="Open Rights Group"),
        a_row(organisation="Open Rigths Group"),
        a_row(organisation="Access Now"),
        a_row(organisation="ARTICLE 19"),
    )
    _, outlooks = await looks(database, letter, table)
    assert [one.alike for one in outlooks] == [(), ("Open Rights Group",), (), ()]


async def test_every_problem_of_a_table(database: Database) -> None:
    """Rows that are wrong are handed back with all that is wrong; the good ones are added."""
    letter = await an_open_letter(database)
    await adds(database, letter, a_row(organisation="Web Group"))
    table = a_table(
        a_row(name="", source=""),
        a_row(organisation="Web Group"),
        a_row(organisation="Net Group"),
        a_row(organisation="The Net Group"),
        a_row(name="Ada King", given_by="Herself"),
    )
    wrong = {
        0: {("name", Reason.EMPTY), ("source", Reason.EMPTY)},
        1: {("organisation", Reason.ALREADY_ADDED)},
        3: {("organisation", Reason.NAMED_TWICE)},
        4: {("ground", Reason.EMPTY), ("given_role", Reason.EMPTY), ("given_on", Reason.EMPTY)},
    }
    _, outlooks = await looks(database, letter, table)
    brought = await brings(database, letter, table)

    assert (brought.added, brought.listed) == (1, 1)
    for found in (dict(enumerate(one.refusals for one in outlooks)), brought.refused):
        named = {
            place: {(one.field, one.reason) for one in refusals}
            for place, refusals in found.items()
            if refusals
        }
        assert named == wrong
    assert await the_list(database, letter) == ["Net Group", "Web Group"]


async def test_a_table_comes_again(database: Database) -> None:
    """The same table again adds nobody twice and writes nothing to the letter's history."""
    letter = await an_open_letter(database)
    table = a_table(a_row(), a_row(organisation="Web Group"))
    await brings(database, letter, table)
    history = await rows(database, "audit_entries")

    again = await brings(database, letter, table)

    assert again.added == 0
    assert {one.reason for (one,) in again.refused.values()} == {Reason.ALREADY_ADDED}
    assert (await the_tally(database, letter)).total == 2
    assert await rows(database, "audit_entries") == history


async def test_in_portions(database: Database) -> None:
    """A table longer than a portion is added whole, and each row that is refused keeps its place."""
    letter = await an_open_letter(database)
    names = [f"Member {number}" for number in range(PORTION + 2)]
    table = a_table(*(a_row(name=name) for name in [*names, "Member 0", "…"]))

    brought = await brings(database, letter, table)

    assert (brought.added, brought.listed) == (PORTION + 2, PORTION + 2)
    assert {place: one.reason for place, (one,) in brought.refused.items()} == {
        PORTION + 2: Reason.ALREADY_ADDED,
        PORTION + 3: Reason.NO_LETTERS,
    }
    assert (await the_tally(database, letter)).people == PORTION + 2


@pytest.mark.on_both
async def test_people_sign_meanwhile(database: Database) -> None:
    """While a long table is added, a member signs between two of its portions."""
    letter = await an_open_letter(database)
    table = a_table(*(a_row(name=f"Person {number}") for number in range(4 * PORTION)))
    written = asyncio.Event()
    database.on_write(written)
    adding = asyncio.create_task(brings(database, letter, table))
    await written.wait()
    await signs(database, MEMBER, letter)
    assert not adding.done()
    assert (await adding).added == len(table)
    assert (await the_tally(database, letter)).people == len(table) + 1


async def test_a_submit_comes_again(database: Database) -> None:
    """A long table that is sent twice for one click is added once, with the same answer."""
    letter = await an_open_letter(database)
    table = a_table(*(a_row(name=f"Member {number}") for number in range(PORTION + 1)))
    once, again = [await brings(database, letter, table, trigger="one") for _ in range(2)]
    assert once == again == additions.Brought(added=PORTION + 1, listed=PORTION + 1)


async def test_closed_halfway(database: Database) -> None:
    """If the letter stops taking signatures halfway, what was added stays and the rest comes back."""
    letter = await an_open_letter(database)

    async def write(some: Sequence[int], id_: str) -> Written:
        if id_ == f"id.{PORTION}":
            await adds(database, letter, a_row(), text="0" * 64)
        return {"added": len(some)}, {}

    counts, refused = await in_portions(range(3 * PORTION), "id", write)
    assert counts == {"added": PORTION}
    assert [*refused] == [*range(PORTION, 3 * PORTION)]
    assert refused[PORTION][0].reason is Reason.TEXT_CHANGED
