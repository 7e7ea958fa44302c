import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bot.features.cards import use_cases as cards
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reminders.use_cases import reminders as reminding
from bot.letters import send_windows
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.storage import reminders
from bot.storage.database import Database
from bot.storage.states import ReminderState
from bot.use_cases import membership
from tests.support.clock import Clock
from tests.support.letters import (
    CHANNEL,
    DEADLINE,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    WORKSPACE,
    a_draft,
    a_trigger,
    an_actor,
    an_open_letter,
    are_in_channel,
    cards_are_up,
    rows,
)
from tests.support.scenes.reminders import planned, step_of

DAY = timedelta(days=1)
# DEADLINE is Thursday, 2 April 2026, 10:00 UTC: all three steps fall on weekdays.
D7, D3, D1 = DEADLINE - 7 * DAY, DEADLINE - 3 * DAY, DEADLINE - DAY


async def _sent(database: Database, letter: Letter, actor: Actor, step: str) -> None:
    await database.write(
        lambda tx: reminders.settle(tx, letter.id, actor.person, step, ReminderState.SENT)
    )


async def test_steps(database: Database, clock: Clock) -> None:
    """7, 3 and 1 days before the deadline each step is planned once, and never again."""
    letter = await an_open_letter(database)
    for due, step in ((D7, "d7"), (D3, "d3"), (D1, "d1")):
        clock.set(due - timedelta(seconds=1))
        await are_in_channel(database, [MEMBER])
        assert await reminding.plan_due(database) == 0
        clock.set(due)
        assert await reminding.plan_due(database) == 1
        assert (MEMBER.person.user, step) in await planned(database)
        assert await reminding.plan_due(database) == 0
    assert await planned(database) == [("U0MEMBER", step) for step in ("d1", "d3", "d7")]
    assert letter.id == (await rows(database, "reminders"))[0]["letter"]


@pytest.mark.on_both
async def test_steps_of_two_processes(database_url: str, database: Database, clock: Clock) -> None:
    """Two processes that plan at once plan each step once for each person."""
    await an_open_letter(database)
    people = [MEMBER, OTHER_MEMBER, an_actor("U0THIRD")]
    clock.set(D7)
    await are_in_channel(database, people)
    async with Database(database_url, clock=clock.now) as other:
        planned = await asyncio.gather(
            *(reminding.plan_due(door) for door in (database, other, database, other))
        )
    assert sum(planned) == 3
    owed = Counter(
        row["key"] for row in await rows(database, "outbox") if row["kind"] == "reminder"
    )
    assert sorted(owed.values()) == [1, 1, 1]


@pytest.mark.on_both
async def test_never_twice(database: Database, clock: Clock) -> None:
    """Somebody reminded of a step is not reminded again, also when it is planned again."""
    letter = await an_open_letter(database)
    clock.set(D7)
    await are_in_channel(database, [MEMBER])
    await reminding.plan_due(database)
    step = send_windows.step_name(step_of(7, letter), letter.deadline)
    await _sent(database, letter, MEMBER, step)
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM reminder_steps"))
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM outbox"))
    assert await reminding.plan_due(database) == 0
    assert [row["kind"] for row in await rows(database, "outbox")] == []
    due = await reminding.due_now(database, letter=letter.id, person=MEMBER.person, step=step)
    assert due is None


async def test_extended(database: Database, clock: Clock) -> None:
    """An extended deadline has new steps; what waits for the old one is not owed any more."""
    letter = await an_open_letter(database)
    clock.set(D7)
    await are_in_channel(database, [MEMBER])
    assert await reminding.plan_due(database) == 1
    old = send_windows.step_name(step_of(7, letter), letter.deadline)
    await lifecycle.extend(
        database, letter=letter.id, actor=ORGANISER, deadline=DEADLINE + 14 * DAY
    )
    due = await reminding.due_now(database, letter=letter.id, person=MEMBER.person, step=old)
    assert due is None
    assert await reminding.plan_due(database) == 0
    clock.set(D7 + 14 * DAY)
    await are_in_channel(database, [MEMBER])
    assert await reminding.plan_due(database) == 1
    assert len({row["step"] for row in await rows(database, "reminders")}) == 2


@pytest.mark.parametrize("reopened", [False, True])
async def test_before_the_deadline_moved(
    database: Database, clock: Clock, *, reopened: bool
) -> None:
    """A step that was due before the deadline was moved is none; the next one comes."""
    letter = await an_open_letter(database)
    clock.set(D1)
    await are_in_channel(database, [MEMBER])
    assert await reminding.plan_due(database) == 1
    if reopened:
        await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    move = lifecycle.reopen if reopened else lifecycle.extend
    moved = clock.now() + timedelta(days=6, hours=12)
    await move(database, letter=letter.id, actor=ORGANISER, deadline=moved)

    assert await reminding.plan_due(database) == 0
    clock.set(moved - 3 * DAY)
    await are_in_channel(database, [MEMBER])
    assert await reminding.plan_due(database) == 1


async def test_missed(database: Database, clock: Clock) -> None:
    """A step that was missed by more than a day is left out; one by less is made up for."""
    await an_open_letter(database)
    clock.set(D7 + DAY + timedelta(seconds=1))
    await are_in_channel(database, [MEMBER])
    assert await reminding.plan_due(database) == 0
    clock.set(D3 + timedelta(hours=23))
    await are_in_channel(database, [MEMBER])
    await reminding.plan_due(database)
    assert "d7" not in {step for _, step in await planned(database)}


@pytest.mark.parametrize("away", [timedelta(minutes=59), timedelta(hours=8)])
async def test_due_while_away(database: Database, clock: Clock, away: timedelta) -> None:
    """A step that came due while the bot was away is for the members of now, not of then."""
    await an_open_letter(database)
    clock.set(D7 - timedelta(hours=2))
    await are_in_channel(database, [MEMBER, OTHER_MEMBER])
    noticed: reminding.Noticed = {}
    clock.set(D7 + away)
    long = away > reminding.PATIENCE
    assert await reminding.plan_due(database, noticed) == (0 if long else 2)
    if long:
        clock.advance(timedelta(hours=3))
        assert await reminding.plan_due(database, noticed) == 0
        await are_in_channel(database, [MEMBER])
        assert await reminding.plan_due(database, noticed) == 1


async def test_before_it_was_posted(database: Database, clock: Clock) -> None:
    """A step that was due before the letter was posted is none."""
    letter = await a_draft(database)
    clock.set(D7 + timedelta(hours=1))
    await cards.post(
        database,
        letter=letter.id,
        actor=ORGANISER,
        channels=[CHANNEL],
        public=[CHANNEL],
        trigger=a_trigger(),
    )
    await cards_are_up(database, letter)
    await are_in_channel(database, [MEMBER])
    assert await reminding.plan_due(database) == 0
    assert await planned(database) == []


@pytest.mark.on_both
async def test_waits_for_who_is_there(database: Database, clock: Clock) -> None:
    """A step waits until it is known who is in the channels, but not longer than an hour."""
    await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    clock.set(D7)
    assert await reminding.plan_due(database) == 0
    assert await membership.channels_to_gather(database) == [(WORKSPACE, CHANNEL)]
    clock.set(D7 + timedelta(hours=1))
    assert await reminding.plan_due(database) == 1


async def test_gathered(database: Database, clock: Clock) -> None:
    """A channel is looked up again after six hours, also where Slack would not say."""
    await an_open_letter(database)
    assert await membership.channels_to_gather(database) == [(WORKSPACE, CHANNEL)]
    await membership.not_gathered(
        database, workspace=WORKSPACE, channel=CHANNEL, error="channel_not_found"
    )
    assert await membership.channels_to_gather(database) == []
    clock.advance(timedelta(hours=6, seconds=1))
    assert await membership.channels_to_gather(database) == [(WORKSPACE, CHANNEL)]
    await are_in_channel(database, [MEMBER])
    assert await membership.channels_to_gather(database) == []
