import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.letters.letter import Letter
from bot.letters.people import Actor, Membership
from bot.letters.refusals import Reason
from bot.storage import reminders
from bot.storage.database import Database
from bot.storage.reminders import ReminderState
from bot.use_cases import organising, posting, reminding, signing
from bot.use_cases.reminding import NotNow, When
from tests.support.clock import Clock
from tests.support.letters import (
    CHANNEL,
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    WORKSPACE,
    a_delivery,
    a_draft,
    an_actor,
    an_open_letter,
    are_in_channel,
    are_met,
    cards_are_up,
    everything,
    for_organisation,
    rows,
    signs,
    the_letter,
)
from tests.support.refusing import refused

DAY = timedelta(days=1)
# DEADLINE is Thursday, 2 April 2026, 10:00 UTC: all three steps fall on weekdays.
D7, D3, D1 = DEADLINE - 7 * DAY, DEADLINE - 3 * DAY, DEADLINE - DAY


async def _remind(
    database: Database,
    letter: Letter,
    *named: Actor,
    when: When = When.NOW,
    delivery: str | None = None,
) -> int:
    return await reminding.remind(
        database,
        letter=letter.id,
        actor=ORGANISER,
        when=when,
        named=[one.person for one in named],
        delivery=delivery or a_delivery(),
    )


async def _planned(database: Database) -> list[tuple[str, str]]:
    """Who has a reminder of which step."""
    return sorted(
        (row["user"], row["step"].partition("@")[0]) for row in await rows(database, "reminders")
    )


async def _sent(database: Database, letter: Letter, actor: Actor, step: str) -> None:
    await database.write(
        lambda tx: reminders.settle(tx, letter.id, actor.person, step, ReminderState.SENT)
    )


async def test_whom(database: Database) -> None:
    """Reminded are full members of the channels, reachable, who neither signed nor said stop."""
    letter = await an_open_letter(database)
    signed, for_group, stopped, away = (
        an_actor("U0SIGNED"),
        an_actor("U0GROUP"),
        an_actor("U0STOPPED"),
        an_actor("U0AWAY"),
    )
    bot = an_actor("U0BOT")
    present = [MEMBER, OTHER_MEMBER, GUEST, OUTSIDER, signed, for_group, stopped]
    await are_in_channel(database, [*present, bot])
    await are_in_channel(database, [away], channel="C0ELSEWHERE")
    await are_met(database, [bot], reachable=False)
    await signs(database, signed, letter)
    await signs(database, for_group, letter, for_organisation(for_group, letter, "A Group"))
    await reminding.stop(database, letter=letter.id, actor=stopped)
    reach = await reminding.reach(database, letter=letter.id, actor=ORGANISER)
    assert reach.people == 2
    assert await _remind(database, letter) == 2
    assert await _planned(database) == [("U0MEMBER", "asked"), ("U0OTHER", "asked")]
    owed = [row for row in await rows(database, "outbox") if row["kind"] == "reminder"]
    assert {row["target"] for row in owed} == {"U0MEMBER", "U0OTHER"}
    assert {row["subject"]["person"] for row in owed} == {str(MEMBER.person), "T1:U0OTHER"}


async def test_named(database: Database) -> None:
    """A guest or somebody from elsewhere is reminded when asked by name; who signed is not."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [GUEST, OUTSIDER, MEMBER, OTHER_MEMBER])
    await signs(database, MEMBER, letter)
    assert await _remind(database, letter, GUEST, OUTSIDER, MEMBER) == 2
    assert await _planned(database) == [("U0GUEST", "asked"), ("U0OUTSIDER", "asked")]
    await reminding.stop(database, letter=letter.id, actor=GUEST)
    await refused(_remind(database, letter, GUEST), Reason.NOBODY_TO_REMIND)


async def test_named_unreachable(database: Database) -> None:
    """A deactivated account is not reminded even by name."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    await are_met(database, [MEMBER], reachable=False)
    await refused(_remind(database, letter, MEMBER), Reason.NOBODY_TO_REMIND)


async def test_who_left(database: Database, clock: Clock) -> None:
    """Who has left the channel, or whose channel has no card any more, is not reminded."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER, OTHER_MEMBER])
    assert (await reminding.reach(database, letter=letter.id, actor=ORGANISER)).people == 2
    clock.advance(timedelta(seconds=1))
    await are_in_channel(database, [MEMBER])
    assert (await reminding.reach(database, letter=letter.id, actor=ORGANISER)).people == 1
    (card,) = await posting.cards(database, letter=letter.id)
    await posting.take_down(database, letter=letter.id, actor=ORGANISER, posting=card.id)
    assert (await reminding.reach(database, letter=letter.id, actor=ORGANISER)).people == 0


async def test_asked_twice(database: Database) -> None:
    """A form that is delivered twice, even at once, reminds once."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    delivery = a_delivery()
    counts = await asyncio.gather(*(_remind(database, letter, delivery=delivery) for _ in range(3)))
    assert counts == [1, 1, 1]
    assert len(await _planned(database)) == 1


async def test_nobody(database: Database) -> None:
    """Where nobody would get one, nothing is written and the organiser is told."""
    letter = await an_open_letter(database)
    before = await everything(database)
    await refused(_remind(database, letter), Reason.NOBODY_TO_REMIND)
    assert await everything(database) == before


async def test_in_daytime(database: Database, clock: Clock) -> None:
    """By day: each person's own daytime, and nobody whose next one lies behind the deadline."""
    letter = await an_open_letter(database, deadline=clock.now() + timedelta(hours=13))
    in_tokyo = an_actor("U0TOKYO")
    await are_in_channel(database, [MEMBER, OTHER_MEMBER, in_tokyo])
    await are_met(database, [OTHER_MEMBER], tz="Pacific/Honolulu")
    await are_met(database, [in_tokyo], tz="Asia/Tokyo")
    reach = await reminding.reach(database, letter=letter.id, actor=ORGANISER)
    at_nine_in_honolulu = datetime(2026, 3, 3, 19, tzinfo=UTC)
    assert (reach.people, reach.last) == (3, at_nine_in_honolulu)
    assert await _remind(database, letter, when=When.IN_DAYTIME) == 2
    due = {row["user"]: row["due_at"] for row in await rows(database, "reminders")}
    assert due == {"U0MEMBER": clock.now(), "U0OTHER": at_nine_in_honolulu}
    assert await _remind(database, letter, when=When.NOW) == 3


async def test_steps(database: Database, clock: Clock) -> None:
    """7, 3 and 1 days before the deadline each step is planned once, and never again."""
    letter = await an_open_letter(database)
    for due, step in ((D7, "d7"), (D3, "d3"), (D1, "d1")):
        clock.set(due - timedelta(seconds=1))
        await are_in_channel(database, [MEMBER])
        assert await reminding.plan_due(database) == 0
        clock.set(due)
        assert await reminding.plan_due(database) == 1
        assert (MEMBER.person.user, step) in await _planned(database)
        assert await reminding.plan_due(database) == 0
    assert await _planned(database) == [("U0MEMBER", step) for step in ("d1", "d3", "d7")]
    assert letter.id == (await rows(database, "reminders"))[0]["letter"]


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


async def test_never_twice(database: Database, clock: Clock) -> None:
    """Who was reminded of a step is not reminded again, also when it is planned anew."""
    letter = await an_open_letter(database)
    clock.set(D7)
    await are_in_channel(database, [MEMBER])
    await reminding.plan_due(database)
    step = reminding.step_name(_step(7, letter), letter.deadline)
    await _sent(database, letter, MEMBER, step)
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM reminder_steps"))
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM outbox"))
    assert await reminding.plan_due(database) == 0
    assert [row["kind"] for row in await rows(database, "outbox")] == []
    due = await reminding.due_now(database, letter=letter.id, person=MEMBER.person, step=step)
    assert due is None


def _step(days: int, letter: Letter) -> reminding.windows.Step:
    (step,) = [one for one in reminding.windows.reminder_steps(letter.deadline) if one.days == days]
    return step


async def test_extended(database: Database, clock: Clock) -> None:
    """An extended deadline has new steps; what waits for the old one is not owed any more."""
    letter = await an_open_letter(database)
    clock.set(D7)
    await are_in_channel(database, [MEMBER])
    assert await reminding.plan_due(database) == 1
    old = reminding.step_name(_step(7, letter), letter.deadline)
    await organising.extend(
        database, letter=letter.id, actor=ORGANISER, deadline=DEADLINE + 14 * DAY
    )
    due = await reminding.due_now(database, letter=letter.id, person=MEMBER.person, step=old)
    assert due is None
    assert await reminding.plan_due(database) == 0
    clock.set(D7 + 14 * DAY)
    await are_in_channel(database, [MEMBER])
    assert await reminding.plan_due(database) == 1
    assert len({row["step"] for row in await rows(database, "reminders")}) == 2


async def test_overtaken(database: Database, clock: Clock) -> None:
    """A step that could not go out before the next one was due gives way to it."""
    letter = await an_open_letter(database)
    clock.set(D3)
    await are_in_channel(database, [MEMBER])
    await reminding.plan_due(database)
    step = reminding.step_name(_step(3, letter), letter.deadline)

    async def due() -> object:
        return await reminding.due_now(database, letter=letter.id, person=MEMBER.person, step=step)

    clock.set(D1 - timedelta(seconds=1))
    assert await due() == letter
    clock.set(D1)
    assert await due() is None


async def test_missed(database: Database, clock: Clock) -> None:
    """A step that was missed by more than a day is left out; one by less is made up for."""
    await an_open_letter(database)
    clock.set(D7 + DAY + timedelta(seconds=1))
    await are_in_channel(database, [MEMBER])
    assert await reminding.plan_due(database) == 0
    clock.set(D3 + timedelta(hours=23))
    await are_in_channel(database, [MEMBER])
    await reminding.plan_due(database)
    assert "d7" not in {step for _, step in await _planned(database)}


async def test_before_it_was_posted(database: Database, clock: Clock) -> None:
    """A step that was due before the letter was posted is none."""
    letter = await a_draft(database)
    clock.set(D7 + timedelta(hours=1))
    await posting.post(
        database, letter=letter.id, actor=ORGANISER, channels=[CHANNEL], delivery=a_delivery()
    )
    await cards_are_up(database, letter)
    await are_in_channel(database, [MEMBER])
    assert await reminding.plan_due(database) == 0
    assert await _planned(database) == []


async def test_waits_for_who_is_there(database: Database, clock: Clock) -> None:
    """A step waits until it is known who is in the channels, but not longer than an hour."""
    await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    clock.set(D7)
    assert await reminding.plan_due(database) == 0
    assert await reminding.channels_to_gather(database) == [(WORKSPACE, CHANNEL)]
    clock.set(D7 + timedelta(hours=1))
    assert await reminding.plan_due(database) == 1


async def test_gathered(database: Database, clock: Clock) -> None:
    """A channel is looked up again after six hours, also where Slack would not say."""
    await an_open_letter(database)
    assert await reminding.channels_to_gather(database) == [(WORKSPACE, CHANNEL)]
    await reminding.not_gathered(
        database, workspace=WORKSPACE, channel=CHANNEL, error="channel_not_found"
    )
    assert await reminding.channels_to_gather(database) == []
    clock.advance(timedelta(hours=6, seconds=1))
    assert await reminding.channels_to_gather(database) == [(WORKSPACE, CHANNEL)]
    await are_in_channel(database, [MEMBER])
    assert await reminding.channels_to_gather(database) == []


@pytest.mark.parametrize(
    "ends", ["signed", "stopped", "closed", "cancelled", "deadline", "left", "sent"]
)
async def test_not_owed_any_more(database: Database, clock: Clock, ends: str) -> None:
    """What was planned is looked at again before it goes: signed, stopped, closed, left, sent."""
    letter = await an_open_letter(database)
    clock.set(D7)
    await are_in_channel(database, [MEMBER, OTHER_MEMBER])
    await reminding.plan_due(database)
    step = reminding.step_name(_step(7, letter), letter.deadline)

    async def due() -> Letter | NotNow | None:
        return await reminding.due_now(database, letter=letter.id, person=MEMBER.person, step=step)

    assert await due() == await the_letter(database, letter.id)
    match ends:
        case "signed":
            await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "A Group"))
        case "stopped":
            await reminding.stop(database, letter=letter.id, actor=MEMBER)
        case "closed":
            await organising.close(database, letter=letter.id, actor=ORGANISER)
        case "cancelled":
            await organising.cancel(database, letter=letter.id, actor=ORGANISER, reason="Why.")
        case "deadline":
            clock.set(DEADLINE)
        case "left":
            clock.advance(timedelta(seconds=1))
            await are_in_channel(database, [OTHER_MEMBER])
        case _:
            await _sent(database, letter, MEMBER, step)
    assert await due() is None


async def test_outside_the_window(database: Database, clock: Clock) -> None:
    """Outside the person's daytime a reminder waits for it; one asked for at once does not."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER], tz="America/Los_Angeles")
    await _remind(database, letter, when=When.IN_DAYTIME)
    await _remind(database, letter, when=When.NOW)
    by_day, at_once = sorted(await rows(database, "reminders"), key=lambda row: row["at_once"])
    opens = datetime(2026, 3, 3, 17, tzinfo=UTC)
    assert by_day["due_at"] == opens
    due = await reminding.due_now(
        database, letter=letter.id, person=MEMBER.person, step=by_day["step"]
    )
    assert due == NotNow(until=opens)
    due = await reminding.due_now(
        database, letter=letter.id, person=MEMBER.person, step=at_once["step"]
    )
    assert due == letter
    clock.set(opens)
    due = await reminding.due_now(
        database, letter=letter.id, person=MEMBER.person, step=by_day["step"]
    )
    assert due == letter


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
    assert [step for _, step in await _planned(database)] == ["later"] * 3


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
    assert len(await _planned(database)) == 1


async def test_later_than_the_deadline(database: Database, clock: Clock) -> None:
    """There is no later where tomorrow lies behind the deadline."""
    letter = await an_open_letter(database, deadline=clock.now() + DAY)
    await are_in_channel(database, [MEMBER])
    assert (
        await reminding.later(database, letter=letter.id, actor=MEMBER, delivery=a_delivery())
        is None
    )
    assert await _planned(database) == []


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
    await refused(_remind(database, letter), Reason.NOBODY_TO_REMIND)
    await reminding.later(database, letter=letter.id, actor=MEMBER, delivery=a_delivery())
    assert len(await _planned(database)) == 1
    assert await _remind(database, letter) == 1


async def test_withdrawn_and_reminded(database: Database) -> None:
    """Who took a signature back is asked like anybody else."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    signed = await signs(database, MEMBER, letter)
    await signing.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, delivery=a_delivery()
    )
    assert (await reminding.reach(database, letter=letter.id, actor=ORGANISER)).people == 1
