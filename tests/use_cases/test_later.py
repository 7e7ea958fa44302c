from datetime import UTC, datetime, timedelta

from bot.letters.people import Membership
from bot.letters.refusals import Reason
from bot.storage.database import Database
from bot.use_cases import reminding
from tests.support.clock import Clock
from tests.support.letters import (
    DEADLINE,
    GUEST,
    MEMBER,
    OTHER_MEMBER,
    a_delivery,
    an_open_letter,
    are_in_channel,
    signs,
)
from tests.support.refusing import refused
from tests.support.reminders import planned, reminds

DAY = timedelta(days=1)


async def test_later(database: Database, clock: Clock) -> None:
    """Later is tomorrow in the person's own daytime, again and again, and at least a day away."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER], tz="America/Lima")

    async def later() -> datetime | None:
        return await reminding.later(
            database, letter=letter.id, actor=MEMBER, delivery=a_delivery()
        )

    first = datetime(2026, 3, 4, 14, tzinfo=UTC)
    assert await later() == first
    clock.set(first)
    assert await later() == first + DAY
    clock.set(first + 2 * DAY)
    assert await later() == first + 5 * DAY
    assert [step for _, step in await planned(database)] == ["later"] * 3


async def test_later_twice(database: Database) -> None:
    """A Later that is delivered twice is one reminder, and answered alike."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    delivery = a_delivery()
    answers = [
        await reminding.later(database, letter=letter.id, actor=MEMBER, delivery=delivery)
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert len(await planned(database)) == 1


async def test_later_than_the_deadline(database: Database, clock: Clock) -> None:
    """There is no later where tomorrow lies behind the deadline."""
    letter = await an_open_letter(database, deadline=clock.now() + DAY)
    await are_in_channel(database, [MEMBER])
    assert (
        await reminding.later(database, letter=letter.id, actor=MEMBER, delivery=a_delivery())
        is None
    )
    assert await planned(database) == []


async def test_later_for_a_guest(database: Database, clock: Clock) -> None:
    """Who was asked by name may say later too, and is then reminded."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [GUEST])
    at = await reminding.later(database, letter=letter.id, actor=GUEST, delivery=a_delivery())
    assert at is not None
    clock.set(at)
    due = await reminding.due_now(database, letter=letter.id, person=GUEST.person, step="later@1")
    assert due == letter
    assert GUEST.membership is Membership.GUEST


async def test_later_after_signing(database: Database, clock: Clock) -> None:
    """Who has signed is told so, and who cannot sign any more is told why."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER, OTHER_MEMBER])
    await signs(database, MEMBER, letter)
    refusal = await refused(
        reminding.later(database, letter=letter.id, actor=MEMBER, delivery=a_delivery()),
        Reason.ALREADY_SIGNED,
    )
    assert refusal.facts["line"] == "A Member"
    clock.set(DEADLINE)
    await refused(
        reminding.later(database, letter=letter.id, actor=OTHER_MEMBER, delivery=a_delivery()),
        Reason.DEADLINE_PASSED,
    )


async def test_later_after_stop(database: Database) -> None:
    """Who said stop, and then later, wants to be reminded."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    await reminding.stop(database, letter=letter.id, actor=MEMBER)
    await reminding.stop(database, letter=letter.id, actor=MEMBER)
    await refused(reminds(database, letter), Reason.NOBODY_TO_REMIND)
    await reminding.later(database, letter=letter.id, actor=MEMBER, delivery=a_delivery())
    assert len(await planned(database)) == 1
    assert await reminds(database, letter) == 1
