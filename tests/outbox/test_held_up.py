"""Nothing holds up everybody's messages for long: not one person, not a clock that was wrong."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.features.reminders.use_cases import reminders
from bot.features.reminders.use_cases.reminders import When
from bot.letters.notices import NoticeKind
from bot.letters.people import Actor
from bot.outbox.courier import Later, Outcome, Owed, Refused
from bot.outbox.dispatch import send_due
from bot.storage.database import Database
from bot.storage.tables import outbox
from bot.use_cases import membership, upkeep
from tests.outbox.mailbox import Fate, Killed, Mailbox
from tests.outbox.owing import owe_words, owed_reminders, send_for, states
from tests.support.clock import Clock
from tests.support.letters import (
    CHANNEL,
    ORGANISER,
    OUTSIDER,
    WORKSPACE,
    a_trigger,
    an_open_letter,
    are_in_channel,
    members,
    rows,
    signs,
)

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
AHEAD = timedelta(days=20)


class Choosy(Mailbox):
    """A Slack that answers for some people with an error that it has for whole workspaces."""

    refuses: tuple[Actor, ...] = ()
    refused = 0

    async def send(self, notice: Owed) -> Outcome:
        if notice.target in {one.person.user for one in self.refuses}:
            self.refused += 1
            return Refused(error="team_access_not_granted")
        return await super().send(notice)


@pytest.mark.parametrize("how_many", [1, 20])
async def test_some_who_get_nothing(database: Database, clock: Clock, how_many: int) -> None:
    """An error of Slack's for a whole workspace is not believed while others get their messages."""
    letter = await an_open_letter(database)
    people, others = members(100), members(130)[110 : 110 + how_many]
    await are_in_channel(database, people)
    mailbox = Choosy(database, clock.now)
    mailbox.refuses = (OUTSIDER, *others)
    for one in mailbox.refuses:
        await signs(database, one, letter)
    await reminders.remind(
        database, letter=letter.id, actor=ORGANISER, when=When.NOW, trigger=a_trigger()
    )
    # Without those who get nothing it takes 21 s; eight who get nothing at once cost a minute.
    await send_for(database, mailbox, clock, MINUTE if how_many == 1 else 4 * MINUTE, SECOND)

    assert len(mailbox.of(NoticeKind.REMINDER)) == 100


async def test_given_up_in_the_end(database: Database, clock: Clock) -> None:
    """A person who gets nothing is tried seldom, and given up after a day with Slack's own name."""
    letter = await an_open_letter(database)
    mailbox = Choosy(database, clock.now)
    mailbox.refuses = (OUTSIDER,)
    await signs(database, OUTSIDER, letter)
    await send_for(database, mailbox, clock, DAY + 2 * timedelta(hours=1), 5 * MINUTE)

    assert await states(database, "receipt") == {"given_up": 1}
    assert mailbox.refused < 40


async def test_a_receipt_in_a_quiet_time(database: Database, clock: Clock) -> None:
    """With nothing else to send, one who gets nothing holds up a receipt once, and briefly."""
    letter = await an_open_letter(database)
    mailbox = Choosy(database, clock.now)
    mailbox.refuses = (OUTSIDER,)
    await signs(database, OUTSIDER, letter)
    waited: list[timedelta] = []
    for person in members(12):
        await send_for(database, mailbox, clock, 7 * MINUTE, 20 * SECOND)
        begun = clock.now()
        await signs(database, person, letter)
        while person.person.user not in {one.target for one in mailbox.of(NoticeKind.RECEIPT)}:
            await send_due(database, mailbox)
            clock.advance(SECOND)
        waited.append(clock.now() - begun)

    assert max(waited) <= 6 * MINUTE
    assert sum(one > 5 * SECOND for one in waited) <= 1


async def test_a_clock_that_was_ahead(database: Database, clock: Clock) -> None:
    """A clock that was 20 days ahead for a while holds up nothing once it is right again."""
    letter, people = await owed_reminders(database, 3)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    clock.advance(AHEAD)
    await signs(database, people[0], letter)
    await send_due(database, mailbox)
    await signs(database, people[1], letter)
    clock.advance(-AHEAD)
    arrived = len(mailbox.arrived)

    await signs(database, people[2], letter)
    await upkeep.forget(database)
    await send_for(database, mailbox, clock, MINUTE, SECOND)

    late = mailbox.arrived[arrived:]
    receipts = {one.target for one in late if one.kind is NoticeKind.RECEIPT}
    assert receipts == {people[1].person.user, people[2].person.user}
    assert [one.shows for one in late if one.kind is NoticeKind.CARD][-1:] == [3]


async def test_dead_while_ahead(database: Database, clock: Clock) -> None:
    """A notice held by a worker that died while its clock was ahead is looked up within minutes."""
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    clock.advance(AHEAD)
    (person,) = members(1)
    await owe_words(database, [person.person])
    mailbox.fates.append(Fate.KILLED_BEFORE)
    with pytest.raises(Killed):
        await send_due(database, mailbox)
    clock.advance(-AHEAD)

    await upkeep.forget(database)
    await send_for(database, mailbox, clock, 5 * MINUTE, SECOND)

    assert await states(database, "word") == {"sent": 1}


async def test_tried_while_ahead(database: Database, clock: Clock) -> None:
    """A call that failed while the clock was ahead is tried again within minutes."""
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    (person,) = members(1)
    await owe_words(database, [person.person])
    clock.advance(AHEAD)
    mailbox.fates.append(Later(retry_after=SECOND))
    await send_due(database, mailbox)
    clock.advance(-AHEAD)

    await upkeep.forget(database)
    await send_for(database, mailbox, clock, MINUTE, SECOND)

    assert await states(database, "word") == {"sent": 1}


async def test_gathered_while_ahead(database: Database, clock: Clock) -> None:
    """A channel gathered in the future is asked about again, and members who left are gone."""
    await an_open_letter(database)
    clock.advance(AHEAD)
    one, other = members(2)
    both = [one.person.user, other.person.user]
    await membership.gathered(database, workspace=WORKSPACE, channel=CHANNEL, users=both)
    clock.advance(-AHEAD)

    assert await membership.channels_to_gather(database) == [(WORKSPACE, CHANNEL)]
    await membership.gathered(
        database, workspace=WORKSPACE, channel=CHANNEL, users=[one.person.user]
    )
    assert [row["user"] for row in await rows(database, "members")] == [one.person.user]


async def test_slack_said_wait_for_ever(database: Database, clock: Clock) -> None:
    """Slack is asked again within an hour, however long it says to wait."""
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    one, other = members(2)
    await owe_words(database, [one.person])
    mailbox.fates.append(Later(retry_after=30 * DAY))
    await send_due(database, mailbox)
    await owe_words(database, [other.person])
    await send_for(database, mailbox, clock, timedelta(minutes=65), MINUTE)

    assert await states(database, "word") == {"sent": 2}


async def test_reminders_stay_planned(database: Database, clock: Clock) -> None:
    """A reminder that is planned for a later day is left alone by the upkeep."""
    await owed_reminders(database, 2)
    later = clock.now() + timedelta(days=25)
    await database.write(
        lambda tx: tx.connection.execute(
            update(outbox).where(outbox.c.kind == "reminder").values(due_at=later)
        )
    )
    await upkeep.forget(database)
    mailbox = Mailbox(database, clock.now)
    await send_for(database, mailbox, clock, MINUTE, 10 * SECOND)

    assert mailbox.of(NoticeKind.REMINDER) == []
