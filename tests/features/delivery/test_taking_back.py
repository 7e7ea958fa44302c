"""A delivery can be taken back for ten minutes, unless a file or a message has left with it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.features.delivery import rows as copy_rows
from bot.features.delivery.use_cases import handover, papers
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.databases import uncommitted
from tests.support.letters import (
    ORGANISER,
    a_signature,
    a_trigger,
    members,
    rows,
    signs,
    the_letter,
    the_list,
)
from tests.support.refusing import refused
from tests.support.scenes.phases import a_letter_to_lead, led_to

pytestmark = pytest.mark.on_both


async def a_delivery(database: Database, clock: Clock) -> tuple[Letter, str]:
    """Deliver a letter that one person signed; gives it, and the endorsement."""
    letter = await a_letter_to_lead(database)
    [signer] = members(1)
    signed = await signs(database, signer, letter, a_signature(signer, letter, name="Ada King"))
    clock.advance(timedelta(minutes=1))
    return await led_to(database, clock, letter, Phase.DELIVERED), signed.endorsement


async def undone(database: Database, letter: Letter, trigger: str | None = None) -> Letter:
    """Take a delivery back; gives the letter as it is then."""
    await handover.take_back(database, letter=letter.id, actor=ORGANISER, trigger=trigger)
    return await the_letter(database, letter.id)


async def test_taken_back(database: Database, clock: Clock) -> None:
    """The letter is closed again, as it was, and is delivered another time."""
    letter, _ = await a_delivery(database, clock)
    clock.advance(timedelta(minutes=9))
    trigger = a_trigger()

    for _ in range(2):
        back = await undone(database, letter, trigger)
        assert (back.phase, back.delivered_at) == (Phase.CLOSED, None)
    assert await rows(database, "delivered_copies") == []
    assert not any(one["delivered"] or one["late"] for one in await rows(database, "signatories"))

    await handover.deliver(database, letter=letter.id, actor=ORGANISER)
    found = await handover.delivered(database, letter=letter.id, actor=ORGANISER)
    assert found.until == clock.now() + handover.REGRET
    assert await the_list(database, letter) == ["Ada King"]


async def stays(database: Database, letter: Letter) -> None:
    """The delivery can't be taken back, and nothing offers to."""
    found = await handover.delivered(database, letter=letter.id, actor=ORGANISER)
    assert found.until is None
    await refused(undone(database, letter), Reason.DELIVERY_STAYS)
    assert (await the_letter(database, letter.id)).phase is Phase.DELIVERED


async def test_list_changed(database: Database, clock: Clock) -> None:
    """A list that has changed since an organiser looked at it is not delivered."""
    letter, endorsement = await a_delivery(database, clock)
    await undone(database, letter)
    look = await handover.look(database, letter=letter.id, actor=ORGANISER)
    assert look is not None
    [signer] = members(1)
    await withdrawals.withdraw(database, endorsement=endorsement, actor=signer, trigger=a_trigger())

    story = handover.deliver(
        database, letter=letter.id, actor=ORGANISER, read=handover.seen(look.letter)
    )
    await refused(story, Reason.LIST_CHANGED)
    assert (await the_letter(database, letter.id)).phase is Phase.CLOSED


async def test_ten_minutes(database: Database, clock: Clock) -> None:
    """After ten minutes it stays."""
    letter, _ = await a_delivery(database, clock)
    clock.advance(handover.REGRET)
    await stays(database, letter)


@pytest.mark.parametrize("made", [papers.finished, handover.copy_of])
async def test_document(
    database: Database, clock: Clock, made: Callable[..., Awaitable[object]]
) -> None:
    """Once its copy was written to a file it stays."""
    letter, _ = await a_delivery(database, clock)
    await made(database, letter=letter.id)
    await stays(database, letter)


async def test_message(database: Database, clock: Clock) -> None:
    """Once somebody withdrew, and its organisers were told, it stays."""
    letter, endorsement = await a_delivery(database, clock)
    clock.advance(timedelta(minutes=1))
    [signer] = members(1)
    await withdrawals.withdraw(database, endorsement=endorsement, actor=signer, trigger=a_trigger())
    await stays(database, letter)


async def test_late(database: Database, clock: Clock) -> None:
    """Once its late list was opened nothing is taken back."""
    letter, _ = await a_delivery(database, clock)
    await handover.open_late(database, letter=letter.id, actor=ORGANISER)
    await refused(undone(database, letter), Reason.IS_DELIVERED)


async def test_file_meanwhile(database: Database, database_url: str, clock: Clock) -> None:
    """A file that another process begins while it is taken back keeps it."""
    letter, _ = await a_delivery(database, clock)
    async with uncommitted(database_url, clock.now()) as elsewhere:
        await elsewhere(lambda tx: copy_rows.use(tx, letter.id))
        back = asyncio.create_task(undone(database, letter))
        await asyncio.sleep(0.2)
        assert not back.done()
    await refused(back, Reason.DELIVERY_STAYS)
    assert (await papers.finished(database, letter=letter.id)).copy is not None


async def test_taken_back_meanwhile(database: Database, database_url: str, clock: Clock) -> None:
    """A file that is begun while it is taken back shows today's list, as a draft."""
    letter, _ = await a_delivery(database, clock)
    async with uncommitted(database_url, clock.now()) as elsewhere:
        assert await elsewhere(lambda tx: copy_rows.delete_unused(tx, letter.id))
        made = asyncio.create_task(papers.finished(database, letter=letter.id))
        await asyncio.sleep(0.2)
        assert not made.done()
    assert (await made).copy is None
