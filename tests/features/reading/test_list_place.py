"""A long list is read on from where somebody was, by the short id of the last entry."""

from bot.features.reading.use_cases import pages
from bot.features.reading.use_cases.pages import ListPage
from bot.storage.database import Database
from bot.use_cases import pinning
from tests.support.letters import (
    ORGANISER,
    a_signature,
    an_open_letter,
    for_organisation,
    members,
    signs,
    the_list,
)

EMOJI_WITH_A_LONG_NAME = "\U0001faf0"


async def test_every_page(database: Database) -> None:
    """Page after page, conveners, organisations and people come once each and in order.

    Names whose sort key is thousands of characters long are no exception.
    """
    letter = await an_open_letter(database)
    for number, one in enumerate(members(24)):
        await signs(
            database,
            one,
            letter,
            for_organisation(one, letter, f"Organisation {number}")
            if number % 2
            else a_signature(
                one, letter, name=f"M {number}", sort_name="m" + EMOJI_WITH_A_LONG_NAME * 149
            ),
        )
    for name in ("Organisation 9", "M 4"):
        await pinning.pin(database, letter=letter.id, actor=ORGANISER, name=name)
    whole = await the_list(database, letter)

    async def page(at: str) -> ListPage:
        after = await pages.place(database, signatory=at) if at else None
        return await pages.who_signed(
            database, letter=letter.id, actor=ORGANISER, after=after, limit=5
        )

    read: list[str] = []
    found = await page("")
    while True:
        read += [party.entry for party in found.signatories]
        if found.end is None:
            break
        found = await page(found.signatories[-1].id)
    assert read == whole
    assert read[:2] == ["Organisation 9", "M 4"]
    assert len(read) == 24
