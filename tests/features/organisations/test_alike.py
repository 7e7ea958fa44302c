"""Before somebody signs: the organisations that they may mean."""

import pytest

from bot.features.organisations.use_cases import matches
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.rules import Embargo, Hidden, Rules
from bot.storage.database import Database
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_signature,
    an_open_letter,
    for_organisation,
    members,
    signs,
)

pytestmark = pytest.mark.on_both


async def _meant(
    database: Database, letter: Letter, actor: Actor, name: str, country: str = ""
) -> list[str]:
    """Return the entries of the organisations that a name may mean."""
    signature = for_organisation(actor, letter, name, country)
    found = await matches.meant(database, letter=letter.id, actor=actor, signature=signature)
    return [party.entry for party in found.alike]


async def test_did_you_mean(database: Database) -> None:
    """A name with a slip in it finds the organisation that signed, and no other."""
    letter = await an_open_letter(database)
    for actor, name in ((MEMBER, "Electronic Frontier Foundation"), (OTHER_MEMBER, "Wikimedia")):
        await signs(database, actor, letter, for_organisation(actor, letter, name))
    await signs(database, OTHER_MEMBER, letter, a_signature(OTHER_MEMBER, letter))

    asker = members(1)[0]
    misspelt = await _meant(database, letter, asker, "Electronic Fronteir Foundation")
    assert misspelt == ["Electronic Frontier Foundation"]
    assert await _meant(database, letter, asker, "EFF") == ["Electronic Frontier Foundation"]
    assert await _meant(database, letter, asker, "Open Rights Group") == []


async def test_the_same_is_no_hint(database: Database) -> None:
    """A name that signing would take for the same organisation is left to signing."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group", "Spain"))
    for name, country in (("The WEB group", ""), ("Web Group", "Spain")):
        assert await _meant(database, letter, OTHER_MEMBER, name, country) == []


async def test_another_letter(database: Database) -> None:
    """An organisation on another letter is nobody's hint."""
    letter, other = await an_open_letter(database), await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Foundation"))
    name = "Web Foundatoin"
    assert await _meant(database, letter, OTHER_MEMBER, name) == ["Web Foundation"]
    assert await _meant(database, other, OTHER_MEMBER, name) == []


async def test_embargo(database: Database) -> None:
    """Under an embargo a hint would tell who signed: only organisers get one."""
    rules = Rules(embargo=Embargo(hides=Hidden.NAMES, until_listed=100))
    letter = await an_open_letter(database, rules=rules)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Foundation"))
    name = "Web Foundatoin"
    assert await _meant(database, letter, OTHER_MEMBER, name) == []
    assert await _meant(database, letter, ORGANISER, name) == ["Web Foundation"]
