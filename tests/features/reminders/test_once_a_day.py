"""The people a letter's reminders go to, at most once a day, whatever organisers do."""

from datetime import timedelta

import pytest

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reminders.use_cases import reminders
from bot.features.reminders.use_cases.reminders import When
from bot.letters.invitation import Saying
from bot.letters.letter import Letter
from bot.letters.notices import NoticeKind
from bot.letters.refusals import Reason
from bot.letters.rules import Reminded, Rules
from bot.storage.database import Database
from tests.outbox.mailbox import Mailbox
from tests.outbox.owing import send_for
from tests.support.clock import Clock
from tests.support.letters import (
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    an_actor,
    an_open_letter,
    are_in_channel,
    are_met,
)
from tests.support.refusing import refused
from tests.support.scenes.invitations import answers, are_invited
from tests.support.scenes.reminders import planned, reminds

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
DECLINED = an_actor("U0DECLINED")


async def _whom(database: Database, letter: Letter, whom: Reminded | None) -> list[str]:
    """Ask for a reminder now, and list the people it goes to."""
    await reminders.remind(
        database, letter=letter.id, actor=ORGANISER, when=When.NOW, whom=whom, trigger=a_trigger()
    )
    return [user for user, _ in await planned(database)]


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("rule", "asked", "reached"),
    [
        (Reminded.EVERYONE, None, ["U0GUEST", "U0MEMBER", "U0OTHER"]),
        (Reminded.EVERYONE, Reminded.INVITED, ["U0GUEST", "U0OTHER"]),
        (Reminded.INVITED, None, ["U0GUEST", "U0OTHER"]),
        (Reminded.INVITED, Reminded.EVERYONE, ["U0GUEST", "U0MEMBER", "U0OTHER"]),
    ],
)
async def test_inviting_ends_no_reminder(
    database: Database, clock: Clock, rule: Reminded, asked: Reminded | None, reached: list[str]
) -> None:
    """Inviting somebody takes nobody's reminder away, unless the organiser says only the invited."""
    letter = await an_open_letter(database, rules=Rules(reminded=rule))
    await are_in_channel(database, [MEMBER, OTHER_MEMBER, DECLINED, ORGANISER])
    invited = await are_invited(database, letter, OTHER_MEMBER, GUEST, DECLINED)
    await answers(database, DECLINED, invited[2], Saying.DECLINE)
    found = await reminders.reach(database, letter=letter.id, actor=ORGANISER)
    assert (found.everyone, found.invited, found.left_out) == (3, 2, 0)

    assert await _whom(database, letter, asked) == reached

    mailbox = Mailbox(database, clock.now)
    await send_for(database, mailbox, clock, MINUTE, 5 * timedelta(seconds=1))
    assert sorted(one.target for one in mailbox.of(NoticeKind.REMINDER)) == reached


@pytest.mark.on_both
async def test_by_schedule(database: Database, clock: Clock) -> None:
    """A step by schedule reaches the channels although somebody was invited."""
    letter = await an_open_letter(database)
    clock.set(DEADLINE - 7 * DAY)
    await are_in_channel(database, [MEMBER, OTHER_MEMBER])
    await are_invited(database, letter, GUEST)

    assert await reminders.plan_due(database) == 3


async def test_who_runs_it(database: Database) -> None:
    """Nobody is reminded of a letter that they run, not by name either."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [ORGANISER, MEMBER])

    await refused(reminds(database, letter, ORGANISER), Reason.NOBODY_TO_REMIND)
    assert await reminds(database, letter) == 1
    assert await planned(database) == [("U0MEMBER", "asked")]


async def test_deadline_moved_by_two_hours(database: Database, clock: Clock) -> None:
    """A step that a moved deadline brings on a day on which they had one reaches nobody."""
    letter = await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    clock.set(DEADLINE - DAY)
    for more in (2 * HOUR, 4 * HOUR):
        await are_in_channel(database, [MEMBER])
        await reminders.plan_due(database)
        await send_for(database, mailbox, clock, 5 * MINUTE, MINUTE)
        await lifecycle.extend(
            database, letter=letter.id, actor=ORGANISER, deadline=DEADLINE + more
        )
        clock.set(DEADLINE - DAY + more)

    assert len(await planned(database)) == 2
    assert len(mailbox.of(NoticeKind.REMINDER)) == 1


@pytest.mark.on_both
@pytest.mark.parametrize("when", When)
async def test_asked_again_today(database: Database, clock: Clock, when: When) -> None:
    """Somebody reminded today is left out of the next, which says so, until their next day."""
    letter = await an_open_letter(database)
    late = an_actor("U0LATE")
    await are_in_channel(database, [MEMBER, OTHER_MEMBER])
    await are_in_channel(database, [MEMBER, OTHER_MEMBER, late])
    # There the day that began at 10:00 UTC on Monday ends now.
    await are_met(database, [late], tz="Pacific/Honolulu")
    mailbox = Mailbox(database, clock.now)
    clock.advance(-15 * MINUTE)
    assert await reminds(database, letter, MEMBER, late) == 2
    await send_for(database, mailbox, clock, MINUTE, 5 * timedelta(seconds=1))
    clock.advance(15 * MINUTE)

    found = await reminders.reach(database, letter=letter.id, actor=ORGANISER)
    assert (found.everyone, found.left_out) == (2, 1)
    await refused(reminds(database, letter, MEMBER, when=when), Reason.JUST_REMINDED)
    assert await reminds(database, letter, when=when) == 2


async def test_planned_for_the_same_day(database: Database, clock: Clock) -> None:
    """Two reminders that were planned before either was sent reach a person as one that day."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    await are_met(database, [MEMBER], tz="America/New_York")
    assert await reminds(database, letter, when=When.IN_DAYTIME) == 1
    assert await reminds(database, letter, when=When.NOW) == 1
    mailbox = Mailbox(database, clock.now)
    await send_for(database, mailbox, clock, 12 * HOUR, 30 * MINUTE)

    assert len(mailbox.of(NoticeKind.REMINDER)) == 1
