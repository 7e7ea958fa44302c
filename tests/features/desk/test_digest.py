"""The digest comes at 9:00 of an organiser's own time, on days after something happened."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.features.desk.slack.digest import message
from bot.features.desk.use_cases import digest
from bot.features.desk.use_cases.digest import Digest
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.invitation import Saying
from bot.letters.people import Membership
from bot.locales import words
from bot.outbox.courier import Refused
from bot.outbox.dispatch import send_due
from bot.storage import workspaces
from bot.storage.database import Database
from tests.outbox.mailbox import Mailbox
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    WORKSPACE,
    a_trigger,
    an_open_letter,
    rows,
    signs,
)
from tests.support.live_marks import check_message
from tests.support.reading import words_of
from tests.support.scenes.invitations import acquaintance, answers, are_invited

T = words("en-GB")
MORNING = datetime(2026, 3, 4, 9, tzinfo=UTC)
DAY = timedelta(days=1)


async def lives_in(database: Database, tz: str) -> None:
    known = acquaintance(ORGANISER, tz)
    await database.write(lambda tx: workspaces.meet(tx, WORKSPACE, [known]))


async def read(database: Database, day: datetime = MORNING) -> Digest | None:
    return await digest.digest(
        database, workspace=WORKSPACE, person=ORGANISER.person, day=day.date()
    )


@pytest.mark.on_both
async def test_at_nine_of_their_own(database: Database, clock: Clock) -> None:
    """It is owed once, at 9:00 of the organiser's own zone, and not when they're away till noon."""
    await an_open_letter(database)
    await lives_in(database, "America/New_York")  # five hours behind until 8 March

    clock.set(MORNING + timedelta(hours=4, minutes=59))
    assert await digest.plan(database) == 0
    clock.set(MORNING + timedelta(hours=5))
    assert await digest.plan(database) == 1
    assert await digest.plan(database) == 0
    clock.set(MORNING + DAY + timedelta(hours=8))
    assert await digest.plan(database) == 0
    # The clocks went forward on Sunday: 9:00 there is an hour earlier in UTC.
    clock.set(MORNING + 5 * DAY + timedelta(hours=4))
    assert await digest.plan(database) == 1

    keys = [row["key"] for row in await rows(database, "outbox") if row["kind"] == "digest"]
    assert [key.rpartition(":")[2] for key in keys] == ["2026-03-04", "2026-03-09"]


async def test_what_happened(database: Database, clock: Clock) -> None:
    """It names those who came, left and answered since the morning before; the next is empty."""
    letter = await an_open_letter(database)
    first = await signs(database, MEMBER, letter)
    await signs(database, OTHER_MEMBER, letter)
    await withdrawals.withdraw(
        database, endorsement=first.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    clock.set(MORNING)
    found = await read(database)

    assert found is not None
    (news,) = found.news
    assert (news.came, news.left, news.own.letter.id) == (2, 1, letter.id)
    text, blocks = message(T, found)
    assert check_message(blocks) == []
    assert "2 new on the list · 1 left the list" in text
    assert "2 new on the list · 1 left the list" in words_of({"blocks": blocks})
    assert await read(database, MORNING + DAY) is None


async def test_days_without_news(database: Database, clock: Clock) -> None:
    """On a day on which nothing happened, or only the reader acted, nothing is sent."""
    letter = await an_open_letter(database)
    await lifecycle.extend(
        database, letter=letter.id, actor=ORGANISER, deadline=letter.deadline + DAY, tz="UTC",
        trigger=a_trigger(),
    )  # fmt: skip
    clock.set(MORNING)

    assert await read(database) is None


async def test_others_and_invited(database: Database, clock: Clock) -> None:
    """The digest has other organisers' acts, answers to invitations, and the reader's tasks."""
    letter = await an_open_letter(database)
    await lifecycle.add_organiser(
        database, letter=letter.id, actor=ORGANISER, person=OTHER_MEMBER.person,
        membership=Membership.MEMBER, trigger=a_trigger(),
    )  # fmt: skip
    (invitation,) = await are_invited(database, letter, MEMBER)
    await answers(database, MEMBER, invitation, Saying.DECLINE)
    await lifecycle.extend(
        database, letter=letter.id, actor=OTHER_MEMBER, deadline=letter.deadline + DAY, tz="UTC",
        trigger=a_trigger(),
    )  # fmt: skip
    clock.set(MORNING)
    found = await read(database)

    assert found is not None
    assert (found.news[0].answered, found.news[0].changes) == (1, 1)


async def test_not_delivered(database: Database, clock: Clock) -> None:
    """Messages that Slack refused for good are counted, with what to do."""
    letter = await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    await are_invited(database, letter, MEMBER)
    mailbox.fates.append(Refused(error="user_not_found"))
    await send_due(database, mailbox)
    clock.set(MORNING)
    found = await read(database)

    assert found is not None
    assert found.news[0].missed == {"user_not_found": 1}
    assert "1 message couldn’t be sent. I can’t message these people." in message(T, found)[0]
