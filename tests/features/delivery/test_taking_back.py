"""A delivery can be taken back for ten minutes, unless a file or a message has left with it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.features.delivery import rows as copy_rows
from bot.features.delivery.paper import paper_of_copy
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


async def delivered_again(database: Database, clock: Clock) -> Letter:
    """Deliver a letter, let one sign late, and deliver it again."""
    letter, _ = await a_delivery(database, clock)
    await handover.open_late(database, letter=letter.id, actor=ORGANISER)
    clock.advance(timedelta(days=2))
    late = members(2)[1]
    await signs(database, late, letter, a_signature(late, letter, name="Grace Park"))
    clock.advance(timedelta(days=1))
    await handover.deliver_again(database, letter=letter.id, actor=ORGANISER)
    return await the_letter(database, letter.id)


async def test_delivered_again(database: Database, clock: Clock) -> None:
    """A later copy has the late signatures, each with its day, and the first stays as it was."""
    letter = await delivered_again(database, clock)
    found = await handover.delivered(database, letter=letter.id, actor=ORGANISER)

    assert [one.number for one in found.copies] == [2, 1]
    assert [one.total for one in found.copies] == [2, 1]
    entries = found.copy.entries_read()
    assert [one["entry"] for one in entries] == ["Ada King", "Grace Park"]
    assert [one.get("signed_on") for one in entries] == [None, "2026-03-05"]
    assert (found.until, found.again) == (None, False)
    first = await papers.finished(database, letter=letter.id, number=1)
    assert [one["entry"] for one in (first.copy or found.copy).entries_read()] == ["Ada King"]
    assert sum(first.days.values()) == 1
    paper = paper_of_copy(letter, found.copy)
    assert [len(one.entries) for one in paper.sections] == [1, 1]
    assert paper.sections[0].heading != paper.sections[1].heading


async def test_nothing_new(database: Database, clock: Clock) -> None:
    """Without a late signature that no copy has, no copy is made."""
    letter = await delivered_again(database, clock)
    story = handover.deliver_again(database, letter=letter.id, actor=ORGANISER)
    await refused(story, Reason.NOT_LATE)


async def test_late_signer_withdraws(database: Database, clock: Clock) -> None:
    """A late signer who is in a copy withdraws after delivery, as the others do."""
    letter = await delivered_again(database, clock)
    late = members(2)[1]
    [held] = [one for one in await rows(database, "endorsements") if one["name"] == "Grace Park"]
    await withdrawals.withdraw(database, endorsement=held["id"], actor=late, trigger=a_trigger())
    found = await handover.delivered(database, letter=letter.id, actor=ORGANISER)
    assert [one.signature.entry for one in found.withdrawn] == ["Grace Park"]


async def test_delivered_again_at_once(database: Database, clock: Clock) -> None:
    """Two organisers who deliver again at one moment make one copy."""
    letter, _ = await a_delivery(database, clock)
    await handover.open_late(database, letter=letter.id, actor=ORGANISER)
    late = members(2)[1]
    await signs(database, late, letter, a_signature(late, letter, name="Grace Park"))

    done = await asyncio.gather(
        *(handover.deliver_again(database, letter=letter.id, actor=ORGANISER) for _ in range(3)),
        return_exceptions=True,
    )

    assert sum(isinstance(one, Letter) for one in done) == 1
    assert [one["number"] for one in await rows(database, "delivered_copies")] == [1, 2]
