import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.features.cards import use_cases as cards
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.privacy.use_cases import erasure
from bot.features.reminders.use_cases import reminders as reminding
from bot.features.reminders.use_cases.reminders import NotNow, When
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters import send_windows
from bot.letters.letter import Letter
from bot.letters.people import Actor, Membership
from bot.letters.refusals import Reason, Refused
from bot.storage import reminders
from bot.storage.database import Database
from bot.storage.states import ReminderState
from tests.support.clock import Clock
from tests.support.databases import another
from tests.support.letters import (
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    WORKSPACE,
    a_trigger,
    an_actor,
    an_open_letter,
    are_in_channel,
    are_met,
    everything,
    for_organisation,
    rows,
    signs,
    the_letter,
    the_tally,
)
from tests.support.refusing import refused
from tests.support.scenes.reminders import planned, reminds, step_of

DAY = timedelta(days=1)
# DEADLINE is Thursday, 2 April 2026, 10:00 UTC: all three steps fall on weekdays.
D7, D3, D1 = DEADLINE - 7 * DAY, DEADLINE - 3 * DAY, DEADLINE - DAY


async def _sent(database: Database, letter: Letter, actor: Actor, step: str) -> None:
    await database.write(
        lambda tx: reminders.settle(tx, letter.id, actor.person, step, ReminderState.SENT)
    )


@pytest.mark.on_both
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
    assert reach.everyone == 2
    assert await reminds(database, letter) == 2
    assert await planned(database) == [("U0MEMBER", "asked"), ("U0OTHER", "asked")]
    owed = [row for row in await rows(database, "outbox") if row["kind"] == "reminder"]
    assert {row["target"] for row in owed} == {"U0MEMBER", "U0OTHER"}
    assert {row["subject"]["person"] for row in owed} == {str(MEMBER.person), "T1:U0OTHER"}


@pytest.mark.on_both
async def test_named(database: Database) -> None:
    """A guest or somebody from elsewhere is reminded when asked by name; a signer is not."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [GUEST, OUTSIDER, MEMBER, OTHER_MEMBER])
    await signs(database, MEMBER, letter)
    assert await reminds(database, letter, GUEST, OUTSIDER, MEMBER) == 2
    assert await planned(database) == [("U0GUEST", "asked"), ("U0OUTSIDER", "asked")]
    await reminding.stop(database, letter=letter.id, actor=GUEST)
    await refused(reminds(database, letter, GUEST), Reason.NOBODY_TO_REMIND)


async def test_named_unreachable(database: Database) -> None:
    """A deactivated account is not reminded even by name."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    await are_met(database, [MEMBER], reachable=False)
    await refused(reminds(database, letter, MEMBER), Reason.NOBODY_TO_REMIND)


async def test_who_left(database: Database, clock: Clock) -> None:
    """Somebody who has left the channel, or whose channel has no card any more, is not reminded."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER, OTHER_MEMBER])
    assert (await reminding.reach(database, letter=letter.id, actor=ORGANISER)).everyone == 2
    clock.advance(timedelta(seconds=1))
    await are_in_channel(database, [MEMBER])
    assert (await reminding.reach(database, letter=letter.id, actor=ORGANISER)).everyone == 1
    (card,) = await cards.cards(database, letter=letter.id)
    await cards.take_down(database, letter=letter.id, actor=ORGANISER, posting=card.id)
    assert (await reminding.reach(database, letter=letter.id, actor=ORGANISER)).everyone == 0


async def test_asked_twice(database: Database) -> None:
    """A form that is delivered twice, even at once, reminds once."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    trigger = a_trigger()
    counts = await asyncio.gather(*(reminds(database, letter, trigger=trigger) for _ in range(3)))
    assert counts == [1, 1, 1]
    assert len(await planned(database)) == 1


async def test_nobody(database: Database) -> None:
    """A reminder that nobody would get writes nothing, and the organiser is told."""
    letter = await an_open_letter(database)
    before = await everything(database)
    await refused(reminds(database, letter), Reason.NOBODY_TO_REMIND)
    assert await everything(database) == before


@pytest.mark.on_both
async def test_in_daytime(database: Database, clock: Clock) -> None:
    """Daytime is each person's own, and nobody's whose next one is after the deadline."""
    letter = await an_open_letter(database, deadline=clock.now() + timedelta(hours=13))
    in_tokyo = an_actor("U0TOKYO")
    await are_in_channel(database, [MEMBER, OTHER_MEMBER, in_tokyo])
    await are_met(database, [OTHER_MEMBER], tz="Pacific/Honolulu")
    await are_met(database, [in_tokyo], tz="Asia/Tokyo")
    reach = await reminding.reach(database, letter=letter.id, actor=ORGANISER)
    at_nine_in_honolulu = datetime(2026, 3, 3, 19, tzinfo=UTC)
    assert (reach.everyone, reach.last) == (3, at_nine_in_honolulu)
    assert await reminds(database, letter, when=When.IN_DAYTIME) == 2
    due = {row["user"]: row["due_at"] for row in await rows(database, "reminders")}
    assert due == {"U0MEMBER": clock.now(), "U0OTHER": at_nine_in_honolulu}
    # Whom it is due for by now already is left out.
    assert await reminds(database, letter, when=When.NOW) == 2


@pytest.mark.on_both
async def test_two_who_ask(database: Database) -> None:
    """Two organisers who both remind in daytime make one reminder a person, not two one morning."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER, OTHER_MEMBER])
    assert await reminds(database, letter, when=When.IN_DAYTIME) == 2
    await refused(reminds(database, letter, when=When.IN_DAYTIME), Reason.JUST_REMINDED)
    assert len(await rows(database, "reminders")) == 2


@asynccontextmanager
async def _planned_not_committed(url: str) -> AsyncGenerator[None]:
    """Hold a planner of reminders between all its work and its commit, until the block ends."""
    async with another(url) as execute:
        await execute("BEGIN")
        await execute("LOCK TABLE reminder_steps IN EXCLUSIVE MODE")
        yield
        await execute("COMMIT")


async def _wait_for_a_lock(database: Database, how_many: int) -> None:
    """Wait until so many connections wait for a lock."""
    waiting = text("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(30):
        while await database.read(lambda tx: tx.connection.scalar(waiting)) != how_many:  # noqa: ASYNC110 - PostgreSQL tells nobody
            await asyncio.sleep(0.01)


@pytest.fixture(name="replica")
async def _replica(postgres_url: str, clock: Clock) -> AsyncGenerator[Database]:
    async with Database(postgres_url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        yield database


@pytest.mark.parametrize("when", list(When))
async def test_signing_meanwhile(replica: Database, postgres_url: str, when: When) -> None:
    """A signer does not wait for the planning of everybody's reminders."""
    letter = await an_open_letter(replica)
    await are_in_channel(replica, [MEMBER, OTHER_MEMBER])
    async with _planned_not_committed(postgres_url):
        planning = asyncio.create_task(reminds(replica, letter, when=when))
        await _wait_for_a_lock(replica, 1)
        await signs(replica, MEMBER, letter)
        assert not planning.done()
    assert await planning == 2
    assert (await the_tally(replica, letter)).people == 1


async def test_two_who_ask_at_once(replica: Database, postgres_url: str) -> None:
    """One of two organisers who remind at the same moment is refused; nobody gets two reminders."""
    letter = await an_open_letter(replica)
    await are_in_channel(replica, [MEMBER, OTHER_MEMBER])
    async with _planned_not_committed(postgres_url):
        asking = [
            asyncio.create_task(reminds(replica, letter, when=When.IN_DAYTIME)) for _ in range(2)
        ]
        await _wait_for_a_lock(replica, 2)
    counts = await asyncio.gather(*asking, return_exceptions=True)
    assert sorted(isinstance(one, Refused) for one in counts) == [False, True]
    assert len(await rows(replica, "reminders")) == 2


async def test_overtaken(database: Database, clock: Clock) -> None:
    """A step that could not go out before the next one was due gives way to it."""
    letter = await an_open_letter(database)
    clock.set(D3)
    await are_in_channel(database, [MEMBER])
    await reminding.plan_due(database)
    step = send_windows.step_name(step_of(3, letter), letter.deadline)

    async def due() -> object:
        return await reminding.due_now(database, letter=letter.id, person=MEMBER.person, step=step)

    clock.set(D1 - timedelta(seconds=1))
    assert await due() == letter
    clock.set(D1)
    assert await due() is None


@pytest.mark.parametrize(
    "ends", ["signed", "stopped", "closed", "cancelled", "deadline", "left", "sent"]
)
async def test_not_owed_any_more(database: Database, clock: Clock, ends: str) -> None:
    """A planned reminder is looked at again before it goes: signed, stopped, closed, left, sent."""
    letter = await an_open_letter(database)
    clock.set(D7)
    await are_in_channel(database, [MEMBER, OTHER_MEMBER])
    await reminding.plan_due(database)
    step = send_windows.step_name(step_of(7, letter), letter.deadline)

    async def due() -> Letter | NotNow | None:
        return await reminding.due_now(database, letter=letter.id, person=MEMBER.person, step=step)

    assert await due() == await the_letter(database, letter.id)
    match ends:
        case "signed":
            await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "A Group"))
        case "stopped":
            await reminding.stop(database, letter=letter.id, actor=MEMBER)
        case "closed":
            await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
        case "cancelled":
            await lifecycle.cancel(database, letter=letter.id, actor=ORGANISER, reason="Why.")
        case "deadline":
            clock.set(DEADLINE)
        case "left":
            clock.advance(timedelta(seconds=1))
            await are_in_channel(database, [OTHER_MEMBER])
        case _:
            await _sent(database, letter, MEMBER, step)
    assert await due() is None


async def test_outside_the_window(database: Database, clock: Clock) -> None:
    """A reminder outside the person's daytime waits for it; one asked for right away does not."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER], tz="America/Los_Angeles")
    await reminds(database, letter, when=When.IN_DAYTIME)
    await reminds(database, letter, when=When.NOW)
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


async def test_withdrawn_and_reminded(database: Database) -> None:
    """A signer who withdrew is asked like anybody else."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    signed = await signs(database, MEMBER, letter)
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    assert (await reminding.reach(database, letter=letter.id, actor=ORGANISER)).everyone == 1


@pytest.mark.parametrize("ends", ["removed", "guest", "erased"])
async def test_sender_is_no_organiser(database: Database, ends: str) -> None:
    """A reminder of somebody who is no organiser any more isn't sent."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [ORGANISER, MEMBER, OTHER_MEMBER])
    await lifecycle.add_organiser(
        database, letter=letter.id, actor=ORGANISER, person=MEMBER.person,
        membership=MEMBER.membership,
    )  # fmt: skip
    await reminds(database, letter, OTHER_MEMBER, actor=MEMBER)
    (planned_one,) = await rows(database, "reminders")

    async def due() -> Letter | NotNow | None:
        return await reminding.due_now(
            database, letter=letter.id, person=OTHER_MEMBER.person, step=planned_one["step"]
        )

    assert await due() == await the_letter(database, letter.id)
    match ends:
        case "removed":
            await lifecycle.remove_organiser(
                database, letter=letter.id, actor=ORGANISER, person=MEMBER.person
            )
        case "guest":
            await are_met(database, [replace(MEMBER, membership=Membership.GUEST)])
        case _:
            await erasure.erase_person(database, workspace=WORKSPACE, person=MEMBER.person)
    assert await due() is None
