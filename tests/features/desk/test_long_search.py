"""An organiser looks for a signer in a list that is too long to be looked through."""

import pytest

from bot.features.desk.use_cases import signers
from bot.letters.letter import Letter
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
from tests.support.scenes.long_letters import fill


async def a_letter(database: Database, *, more: int) -> Letter:
    """One that two signed whom others look for, and many more."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Ada Maria Lovelace"))
    harbour = for_organisation(OTHER_MEMBER, letter, "Quiet Harbour Society")
    await signs(database, OTHER_MEMBER, letter, harbour)
    await fill(database, letter, 1, more)
    return letter


async def found(database: Database, letter: Letter, search: str) -> list[str]:
    """The entries that a search finds."""
    page = await signers.named(database, letter=letter.id, actor=ORGANISER, search=search, limit=5)
    return [party.entry for party in page.parties]


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("search", "wanted"),
    [
        ("ada", "Ada Maria Lovelace"),
        ("Ada Maria Lovelace", "Ada Maria Lovelace"),
        ("LOVEL", "Ada Maria Lovelace"),
        ("Ada Ma", "Ada Maria Lovelace"),
        ("quiet har", "Quiet Harbour Society"),
        ("harbour", "Quiet Harbour Society"),
        ("velace", "Ada Maria Lovelace"),
        ("bour soc", "Quiet Harbour Society"),
    ],
)
async def test_parts(database: Database, search: str, wanted: str) -> None:
    """An entry of a long list is found by any part of a name, or by how it begins."""
    letter = await a_letter(database, more=1_200)
    assert (await found(database, letter, search))[0].startswith(wanted)


@pytest.mark.on_both
async def test_many_begin_so(database: Database) -> None:
    """Of very many that begin so a page is shown, and that there are more."""
    letter = await a_letter(database, more=1_200)
    page = await signers.named(
        database, letter=letter.id, actor=ORGANISER, search="Signer", limit=5
    )
    assert len(page.parties) == 5
    assert page.more
