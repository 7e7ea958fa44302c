"""An organisation is of the country that its signers name, however they came to name it."""

import pytest

from bot.features.corrections import use_cases as corrections
from bot.features.organisations.use_cases import matches
from bot.features.signing.use_cases.signatures import SignRequest, sign_all
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Facts
from bot.letters.letter import Letter, Tally
from bot.letters.people import Actor
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Confirmation, Rules
from bot.storage.database import Database
from tests.support import letters as support
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    a_row,
    a_trigger,
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
    changed = await support.changes(
        database, endorsement=given, actor=actor, signature=signature, trigger=a_trigger(), **more
    )
    return changed.endorsement


async def corrects(database: Database, given: str, country: str) -> None:
    """An organiser corrects the country of what somebody signed."""
    await corrections.correct(
        database, endorsement=given, actor=ORGANISER, asks=False, trigger=a_trigger(),
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
    """A country named by one who joins is the entry's, also when the first signer withdraws."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.SECOND))
    first = await speaks(database, letter, MEMBER)
    await speaks(database, letter, OTHER_MEMBER, "France", confirms=True)
    assert await the_tally(database, letter) == Tally(organisations=1)
    await speaks(database, letter, GUEST, "Germany")
    assert await the_tally(database, letter) == Tally(organisations=1, waiting=1)
    await withdrawals.withdraw(database, endorsement=first, actor=MEMBER, trigger=a_trigger())
    assert await the_tally(database, letter) == Tally(waiting=2)
    await speaks(database, letter, MEMBER, "France", confirms=True)
    assert await the_list(database, letter) == [FRANCE]


async def test_named_by_nobody_any_more(database: Database) -> None:
    """Once nobody names a country it may be of any, and a signer who names one joins it."""
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
    """A signer who changes to another entry's country joins it, and confirms that knowingly."""
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
    """A signer who gives another country than the others of it signs for another organisation."""
    letter = await an_open_letter(database)
    first = await speaks(database, letter, MEMBER)
    await speaks(database, letter, OTHER_MEMBER, "France", confirms=True)
    assert await changes(database, letter, MEMBER, first, "Germany") != first
    assert await the_list(database, letter) == [GERMANY], "nobody has looked at the other country"
    assert (await the_tally(database, letter)).waiting == 1


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


async def asks_first(database: Database, letter: Letter, actor: Actor, country: str = "") -> None:
    """Somebody who signs for it is told first that others did, and then joins them."""
    signature = for_organisation(actor, letter, NAME, country)
    meant = await matches.meant(database, letter=letter.id, actor=actor, signature=signature)
    assert meant.signed is not None
    before = await the_tally(database, letter)
    await refused(speaks(database, letter, actor, country), Reason.ORGANISATION_SIGNED)
    await speaks(database, letter, actor, country, confirms=True)
    assert await the_tally(database, letter) == before


async def test_corrected_country(database: Database) -> None:
    """After a correction of the country, a signer without one is asked, and it counts once."""
    letter = await an_open_letter(database)
    given = await speaks(database, letter, MEMBER, "Germany")
    await changes(database, letter, MEMBER, given, "France")
    await asks_first(database, letter, OTHER_MEMBER)
    assert await the_list(database, letter) == [FRANCE]


@pytest.mark.parametrize("left", ["Germany", "France"])
async def test_one_of_two_withdraws(database: Database, left: str) -> None:
    """Whichever of two countries withdraws, one who names no country is asked about the other."""
    letter = await an_open_letter(database)
    given = {
        country: await speaks(database, letter, actor, country)
        for country, actor in (("Germany", MEMBER), ("France", OTHER_MEMBER))
    }
    gone = "France" if left == "Germany" else "Germany"
    actor = OTHER_MEMBER if gone == "France" else MEMBER
    await withdrawals.withdraw(database, endorsement=given[gone], actor=actor, trigger=a_trigger())
    await asks_first(database, letter, GUEST)
    await adds(database, letter, a_row(organisation=NAME, name="Jane Doe"))
    assert await the_tally(database, letter) == Tally(organisations=1)
    assert await the_list(database, letter) == [f"{NAME} ({left})"]


async def test_country_left_out(database: Database) -> None:
    """An entry beside another of its name keeps its country when that is left out for a while."""
    letter = await an_open_letter(database)
    german = await speaks(database, letter, MEMBER, "Germany")
    french = await speaks(database, letter, OTHER_MEMBER, "France")
    await changes(database, letter, MEMBER, german, "")
    await withdrawals.withdraw(
        database, endorsement=french, actor=OTHER_MEMBER, trigger=a_trigger()
    )
    await speaks(database, letter, OTHER_MEMBER, "France")
    await asks_first(database, letter, GUEST, "Germany")
    assert await the_list(database, letter) == [NAME, FRANCE]


async def test_three_countries(database: Database) -> None:
    """Each country of a name is one, also after others took the first places and left them."""
    letter = await an_open_letter(database)
    first = await speaks(database, letter, MEMBER, "Germany")
    await speaks(database, letter, OTHER_MEMBER, "France")
    await changes(database, letter, MEMBER, first, "Spain")
    await speaks(database, letter, GUEST, "Germany")
    assert await the_tally(database, letter) == Tally(organisations=3)
    await asks_first(database, letter, ORGANISER, "Spain")
    await asks_first(database, letter, OUTSIDER, "Germany")


async def test_in_one_batch(database: Database) -> None:
    """In one batch two countries are two organisations, and a signer without one is refused."""
    letter = await an_open_letter(database)
    requests = [
        SignRequest(
            letter=letter.id,
            actor=actor,
            signature=for_organisation(actor, letter, NAME, country),
            trigger=a_trigger(),
        )
        for actor, country in ((MEMBER, "Germany"), (OTHER_MEMBER, "France"), (GUEST, ""))
    ]
    answers = await database.write(lambda tx: sign_all(tx, requests))
    assert [isinstance(one, Refused) for one in answers] == [False, False, True]
    assert await the_tally(database, letter) == Tally(organisations=2)
