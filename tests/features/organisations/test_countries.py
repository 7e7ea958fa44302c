"""An organisation is of the country that those who hold it up name, however they came to name it."""

import pytest

from bot.features.corrections import use_cases as corrections
from bot.features.signing.use_cases import own_signature
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Facts
from bot.letters.letter import Letter, Tally
from bot.letters.people import Actor
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Rules
from bot.storage.database import Database
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_delivery,
    a_row,
    adds,
    an_open_letter,
    everything,
    for_organisation,
    signs,
    the_list,
    the_tally,
)
from tests.support.refusing import refused

NAME = "Red Cross"
GERMANY, FRANCE = "Red Cross (Germany)", "Red Cross (France)"


async def speaks(
    database: Database, letter: Letter, actor: Actor, country: str = "", *, confirms: bool = False
) -> str:
    """Somebody signs for the organisation."""
    signature = for_organisation(actor, letter, NAME, country)
    return (await signs(database, actor, letter, signature, confirms=confirms)).endorsement


async def changes(
    database: Database, letter: Letter, actor: Actor, given: str, country: str, **more: bool
) -> str:
    """Somebody changes the country of what they signed."""
    signature = for_organisation(actor, letter, NAME, country)
    changed = await own_signature.change(
        database, endorsement=given, actor=actor, signature=signature, delivery=a_delivery(), **more
    )
    return changed.endorsement


async def corrects(database: Database, given: str, country: str) -> None:
    """An organiser corrects the country of what somebody signed."""
    await corrections.correct(
        database, endorsement=given, actor=ORGANISER, asks=False, delivery=a_delivery(),
        facts=Facts(name="", organisation=NAME, country=country),
    )  # fmt: skip


@pytest.mark.parametrize("by", ["change", "correction"])
async def test_given_later(database: Database, by: str) -> None:
    """After one has given its country, that of another country is another, here and elsewhere."""
    letter = await an_open_letter(database)
    given = await speaks(database, letter, MEMBER)
    if by == "change":
        assert await changes(database, letter, MEMBER, given, "Germany") == given
    else:
        await corrects(database, given, "Germany")
    await speaks(database, letter, OTHER_MEMBER, "France")
    assert await the_list(database, letter) == [FRANCE, GERMANY]
    await adds(database, letter, a_row(organisation=NAME, country="Spain", name="Jane Doe"))
    assert await the_tally(database, letter) == Tally(organisations=3)


async def test_named_by_who_joins(database: Database) -> None:
    """Where the one who joins names a country, it is of that, also when the first one withdraws."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.SECOND))
    first = await speaks(database, letter, MEMBER)
    await speaks(database, letter, OTHER_MEMBER, "France", confirms=True)
    assert await the_tally(database, letter) == Tally(organisations=1)
    await speaks(database, letter, GUEST, "Germany")
    assert await the_tally(database, letter) == Tally(organisations=1, waiting=1)
    await withdrawals.withdraw(database, endorsement=first, actor=MEMBER, delivery=a_delivery())
    assert await the_tally(database, letter) == Tally(waiting=2)
    await speaks(database, letter, MEMBER, "France", confirms=True)
    assert await the_list(database, letter) == [FRANCE]


async def test_named_by_nobody_any_more(database: Database) -> None:
    """When nobody names a country any more it may be of any, and who names one joins it."""
    letter = await an_open_letter(database)
    given = await speaks(database, letter, MEMBER, "Germany")
    assert await changes(database, letter, MEMBER, given, "") == given
    await refused(
        speaks(database, letter, OTHER_MEMBER, "France"), Reason.ORGANISATION_SIGNED
    )  # fmt: skip
    await speaks(database, letter, OTHER_MEMBER, "France", confirms=True)
    assert await the_list(database, letter) == [NAME]


async def test_of_its_own_country(database: Database) -> None:
    """One of several of a name stays what it is though its country is left out for a while."""
    letter = await an_open_letter(database)
    await speaks(database, letter, MEMBER, "Germany")
    french = await speaks(database, letter, OTHER_MEMBER, "France")
    assert await changes(database, letter, OTHER_MEMBER, french, "") == french
    assert await the_list(database, letter) == [NAME, GERMANY]
    assert await changes(database, letter, OTHER_MEMBER, french, "France") == french
    assert await the_list(database, letter) == [FRANCE, GERMANY]


async def test_changed_into_one_that_is_there(database: Database) -> None:
    """Who gives the country of another that is there joins that one, and confirms it knowingly."""
    letter = await an_open_letter(database)
    german = await speaks(database, letter, MEMBER, "Germany")
    await speaks(database, letter, OTHER_MEMBER, "France")
    assert await changes(database, letter, MEMBER, german, "") == german
    before = await everything(database)
    await refused(
        changes(database, letter, MEMBER, german, "France"), Reason.ORGANISATION_SIGNED
    )  # fmt: skip
    assert await everything(database) == before
    await changes(database, letter, MEMBER, german, "France", confirms=True)
    assert await the_list(database, letter) == [FRANCE]


async def test_changed_against_the_others(database: Database) -> None:
    """Who gives another country than others of it stands for another organisation."""
    letter = await an_open_letter(database)
    first = await speaks(database, letter, MEMBER)
    await speaks(database, letter, OTHER_MEMBER, "France", confirms=True)
    assert await changes(database, letter, MEMBER, first, "Germany") != first
    assert await the_list(database, letter) == [FRANCE, GERMANY]


@pytest.mark.parametrize("there", [True, False])
async def test_corrected_into_another(database: Database, *, there: bool) -> None:
    """An organiser's correction makes no organisation one that is there, nor splits one."""
    letter = await an_open_letter(database)
    if there:
        given = await speaks(database, letter, MEMBER, "Germany")
        await speaks(database, letter, OTHER_MEMBER, "France")
        await changes(database, letter, MEMBER, given, "")
        country = "France"
    else:
        given = await speaks(database, letter, MEMBER)
        await speaks(database, letter, OTHER_MEMBER, "France", confirms=True)
        country = "Germany"
    before = await everything(database)
    refusal = await refused(corrects(database, given, country), Reason.ANOTHER_ORGANISATION)
    assert refusal.field == "country"
    assert await everything(database) == before
