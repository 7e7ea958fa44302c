"""An organiser adds a whole table of signatures, or nothing of it."""

import pytest

from bot.features.collected.use_cases import additions
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Rules
from bot.letters.standing import Standing
from bot.storage.database import Database
from tests.features.collected.tables import a_table, brings, looks
from tests.support.letters import (
    PERMITTED,
    a_row,
    adds,
    an_open_letter,
    everything,
    the_list,
    the_tally,
)
from tests.support.refusing import refused

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
    """A table with anything wrong in it is named whole, by line and column, and nothing is written."""
    letter = await an_open_letter(database)
    await adds(database, letter, a_row(organisation="Web Group"))
    before = await everything(database)
    table = a_table(
        a_row(name="", source=""),
        a_row(organisation="Web Group"),
        a_row(organisation="Net Group"),
        a_row(organisation="The Net Group"),
        a_row(name="Ada King", given_by="Herself"),
    )
    with pytest.raises(additions.TableRefused) as caught:
        await brings(database, letter, table)
    named = [(one.line, one.refusal.field, one.refusal.reason) for one in caught.value.problems]
    assert sorted(named, key=str) == sorted(
        [
            (2, "name", Reason.EMPTY),
            (2, "source", Reason.EMPTY),
            (3, "organisation", Reason.ALREADY_ADDED),
            (5, "organisation", Reason.NAMED_TWICE),
            (6, "ground", Reason.EMPTY),
            (6, "given_role", Reason.EMPTY),
            (6, "given_on", Reason.EMPTY),
        ],
        key=str,
    )
    assert await everything(database) == before


async def test_a_table_comes_again(database: Database) -> None:
    """The same table again is refused line by line: nobody is counted twice."""
    letter = await an_open_letter(database)
    table = a_table(a_row(), a_row(organisation="Web Group"))
    await brings(database, letter, table)
    with pytest.raises(additions.TableRefused) as caught:
        await brings(database, letter, table)
    assert {one.refusal.reason for one in caught.value.problems} == {Reason.ALREADY_ADDED}
    assert (await the_tally(database, letter)).total == 2


@pytest.mark.parametrize(("rows_of", "reason"), [(0, Reason.EMPTY), (2001, Reason.TOO_MANY_ROWS)])
async def test_size_of_a_table(database: Database, rows_of: int, reason: Reason) -> None:
    """A table without rows, or with more than can be taken in one go, is refused."""
    letter = await an_open_letter(database)
    assert (
        await refused(brings(database, letter, a_table(*[a_row()] * rows_of)), reason)
    ).field == "table"
