import asyncio

from bot.storage.database import Database
from bot.use_cases import exporting
from tests.support.letters import (
    BODY,
    MEMBER,
    an_open_letter,
    for_organisation,
    members,
    signs,
)


async def test_export(database: Database) -> None:
    """An export pairs each line with the endorsement that it comes from, in the list's order."""
    letter = await an_open_letter(database)
    for one in members(3):
        await signs(
            database,
            one,
            letter,
            for_organisation(one, letter, "Web Group", "Spain"),
            confirms=True,
        )
    await signs(database, MEMBER, letter)
    exported = await exporting.export(database, letter=letter.id)
    assert exported.body == BODY
    assert [(party.line, given.signature.line) for party, given in exported.entries] == [
        ("Web Group (Spain)", "Web Group (Spain)"),
        ("A Member", "A Member"),
    ]


async def test_export_while_people_sign(database: Database) -> None:
    """An export is of one instant, however many sign meanwhile."""
    letter = await an_open_letter(database)

    async def sign_on() -> None:
        for one in members(30):
            await signs(database, one, letter)

    signing_on = asyncio.create_task(sign_on())
    while not signing_on.done():
        exported = await exporting.export(database, letter=letter.id)
        assert exported.letter.tally.total == len(exported.entries)
    await signing_on
