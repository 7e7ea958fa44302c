"""Before somebody signs: the organisations that they may mean."""

from bot.features.organisations.use_cases import matches
from bot.letters.rules import Embargo, Hidden, Rules
from bot.storage.database import Database
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_signature,
    an_open_letter,
    for_organisation,
    signs,
)


async def test_did_you_mean(database: Database) -> None:
    """A name with a slip in it finds the organisation that signed, and no other."""
    letter = await an_open_letter(database)
    for actor, name in ((MEMBER, "Electronic Frontier Foundation"), (OTHER_MEMBER, "Wikimedia")):
        await signs(database, actor, letter, for_organisation(actor, letter, name))
    await signs(database, OTHER_MEMBER, letter, a_signature(OTHER_MEMBER, letter))

    async def asked(name: str) -> list[str]:
        found = await matches.alike(
            database, letter=letter.id, actor=OTHER_MEMBER, organisation=name
        )
        return [party.line for party in found]

    assert await asked("Electronic Fronteir Foundation") == ["Electronic Frontier Foundation"]
    assert await asked("EFF") == ["Electronic Frontier Foundation"]
    assert await asked("Open Rights Group") == []


async def test_the_same_is_no_hint(database: Database) -> None:
    """What signing would take for the same organisation is left to signing."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group", "Spain"))
    for name, country in (("The WEB group", ""), ("Web Group", "Spain")):
        found = await matches.alike(
            database, letter=letter.id, actor=OTHER_MEMBER, organisation=name, country=country
        )
        assert found == ()


async def test_another_letter(database: Database) -> None:
    """Who signed another letter is nobody's hint."""
    letter, other = await an_open_letter(database), await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Foundation"))
    name = "Web Foundatoin"
    here = await matches.alike(database, letter=letter.id, actor=MEMBER, organisation=name)
    there = await matches.alike(database, letter=other.id, actor=MEMBER, organisation=name)
    assert ([one.line for one in here], there) == (["Web Foundation"], ())


async def test_embargo(database: Database) -> None:
    """Under an embargo a hint would tell who signed: only organisers get one."""
    rules = Rules(embargo=Embargo(hides=Hidden.NAMES, until_listed=100))
    letter = await an_open_letter(database, rules=rules)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Foundation"))
    name = "Web Foundatoin"
    hidden = await matches.alike(database, letter=letter.id, actor=OTHER_MEMBER, organisation=name)
    seen = await matches.alike(database, letter=letter.id, actor=ORGANISER, organisation=name)
    assert (hidden, [one.line for one in seen]) == ((), ["Web Foundation"])
