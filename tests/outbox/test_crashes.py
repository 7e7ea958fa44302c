import asyncio
import random
from collections import Counter, deque
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.letters.letter import PostingState
from bot.letters.notices import NoticeKind
from bot.letters.people import Person
from bot.outbox import dispatch
from bot.outbox.claims import LEASE
from bot.outbox.courier import Absent, Later, Looked, Outcome, Owed, Refused
from bot.outbox.dispatch import send_due
from bot.storage.database import Database
from tests.outbox.mailbox import Fate, Killed, Mailbox
from tests.outbox.owing import a_waiting_card, owe_words, owed_reminders, states, the_card
from tests.support.clock import Clock
from tests.support.letters import WORKSPACE, an_open_letter, members, rows, signs
from tests.support.waiting import until

SECOND = timedelta(seconds=1)

FATES = st.sampled_from(
    [
        None,
        *Fate,
        Later(retry_after=3 * SECOND),
        Refused(error="internal_error"),
        Refused(error="service_unavailable"),
    ]
)


class Blind(Mailbox):
    """A courier that never finds anything: the control, which must send twice."""

    async def look(self, notice: Owed) -> Looked:
        await super().look(notice)
        return Absent()


async def _live(database: Database, mailbox: Mailbox, clock: Clock, step: timedelta) -> None:
    """Send until nothing is left; a worker that is killed is followed by another one."""
    for _ in range(400):
        with suppress(Killed):
            await send_due(database, mailbox)
        if not set(await states(database)) & {"waiting", "claimed", "unknown"}:
            return
        clock.advance(step)
    pytest.fail(f"it never came to rest: {await states(database)}")


async def _suffer(
    database: Database, mailbox: Mailbox, clock: Clock, fates: list[Outcome | Fate | None], run: str
) -> Counter[str]:
    people = [Person(WORKSPACE, f"U{run}{number}") for number in range(5)]
    if not await rows(database, "letters"):
        await an_open_letter(database)
        await send_due(database, mailbox)
    await owe_words(database, people)
    mailbox.fates = deque(fates)
    await _live(database, mailbox, clock, 20 * SECOND)
    counted = Counter(arrived.target for arrived in mailbox.of(NoticeKind.WORD))
    return Counter({person.user: counted[person.user] for person in people})


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fates=st.lists(FATES, max_size=12), run=st.uuids())
async def test_once(
    database: Database, clock: Clock, fates: list[Outcome | Fate | None], run: object
) -> None:
    """Each message arrives exactly once, whatever calls meet and whenever the process dies."""
    mailbox = Mailbox(database, clock.now)
    counts = await _suffer(database, mailbox, clock, fates, str(run)[:8])
    assert set(counts.values()) == {1}


async def test_control(database: Database, clock: Clock) -> None:
    """Without the look the same storm sends twice, so that the test above is known to be able to."""
    mailbox = Blind(database, clock.now)
    fates: list[Outcome | Fate | None] = [Fate.LOST, Fate.KILLED_AFTER]
    counts = await _suffer(database, mailbox, clock, fates, "C")
    assert max(counts.values()) == 2


async def test_expired_lease(database: Database, clock: Clock) -> None:
    """A dead worker's notice is not touched before its lease runs out, and then looked up first."""
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    await owe_words(database, [Person(WORKSPACE, "U1")])
    mailbox.fates.append(Fate.KILLED_AFTER)
    with pytest.raises(Killed):
        await send_due(database, mailbox)
    clock.advance(LEASE - SECOND)
    assert await send_due(database, mailbox) == 0
    clock.advance(SECOND)
    assert await send_due(database, mailbox) == 1
    assert (mailbox.looks, len(mailbox.of(NoticeKind.WORD))) == (1, 1)


async def test_killed_with_a_first_card(database: Database, clock: Clock) -> None:
    """A worker that dies with a first card in hand leaves it unknown, never doubled."""
    letter, _ = await a_waiting_card(database)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.append(Fate.KILLED_AFTER)
    await _live(database, mailbox, clock, 20 * SECOND)
    assert len(mailbox.of(NoticeKind.CARD)) == 1
    assert (await the_card(database, letter)).state is PostingState.UNKNOWN


async def test_moved_clock(database: Database, clock: Clock) -> None:
    """A clock that jumps while a call is under way does not make its own worker take it again."""
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)

    async def jump() -> None:
        clock.advance(timedelta(days=7))
        await asyncio.sleep(3 * dispatch.LOOK_ROUND_S)

    mailbox.meanwhile = jump
    await owe_words(database, [Person(WORKSPACE, "U1")])
    assert await send_due(database, mailbox) == 1
    assert (mailbox.looks, len(mailbox.of(NoticeKind.WORD))) == (0, 1)


async def test_slow_one(database: Database, clock: Clock) -> None:
    """A worker whose notice was taken over, because it was too slow, settles nothing."""
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    other = Mailbox(database, clock.now, arrived=mailbox.arrived)

    async def be_overtaken() -> None:
        clock.advance(LEASE)
        await send_due(database, other)

    mailbox.meanwhile = be_overtaken
    mailbox.fates.append(Refused(error="user_disabled"))
    await owe_words(database, [Person(WORKSPACE, "U1")])
    await send_due(database, mailbox)
    assert await states(database, "word") == {"sent": 1}


async def test_replicas(database_url: str, clock: Clock) -> None:
    """Several workers on one database send everything once, within one budget."""
    async with (
        Database(database_url, clock=clock.now) as first,
        Database(database_url, clock=clock.now) as second,
        Database(database_url, clock=clock.now) as third,
    ):
        from bot.features.lifecycle import use_cases as lifecycle

        await lifecycle.know_workspace(first, workspace=WORKSPACE, name="")
        replicas = (first,) if first.is_sqlite else (first, second, third)
        letter, people = await owed_reminders(first, 60)
        mailbox = Mailbox(first, clock.now)
        dice = random.Random(7)
        mailbox.fates.extend(dice.choice([None, None, Fate.LOST]) for _ in range(60))
        start = clock.now()
        for _ in range(100):
            await asyncio.gather(*(send_due(one, mailbox) for one in replicas))
            clock.advance(SECOND / 2)
        sent = Counter(arrived.target for arrived in mailbox.of(NoticeKind.REMINDER))
        assert sent == {person.person.user: 1 for person in people}
        early = [one for one in mailbox.arrived if one.at - start < 5 * SECOND]
        assert len(early) <= 6 + 5 * 285 / 60 + 1
        assert letter


async def test_courier_breaks(database: Database, clock: Clock) -> None:
    """A courier that raises is a call of unknown fate, and holds up nobody else."""
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)

    async def fail() -> None:
        raise KeyError("a courier's own mistake")

    mailbox.meanwhile = fail
    await owe_words(database, [Person(WORKSPACE, f"U{number}") for number in range(3)])
    await _live(database, mailbox, clock, SECOND)
    assert mailbox.looks == 1
    assert len(mailbox.of(NoticeKind.WORD)) == 3


class Hanging(Mailbox):
    """A courier whose calls, or those of one kind, hang until they are released."""

    def __init__(self, database: Database, clock: Clock, kind: NoticeKind | None = None) -> None:
        super().__init__(database, clock.now)
        self.kind = kind
        self.let_go = asyncio.Event()
        self.under_way = 0
        self.most = 0

    async def send(self, notice: Owed) -> Outcome:
        if self.kind not in {None, notice.kind}:
            return await super().send(notice)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await self.let_go.wait()
        self.under_way -= 1
        return await super().send(notice)


async def test_a_place_is_kept(database: Database, clock: Clock) -> None:
    """While as many reminders hang as may go at once, a receipt still goes."""
    letter, _ = await owed_reminders(database, 20)
    hanging = Hanging(database, clock, NoticeKind.REMINDER)
    run = asyncio.create_task(send_due(database, hanging))
    try:
        for _ in range(10):
            await asyncio.sleep(dispatch.LOOK_ROUND_S)
            clock.advance(2 * SECOND)
        assert hanging.most == dispatch.REMINDERS_AT_ONCE
        await signs(database, members(100)[-1], letter)
        await until(lambda: bool(hanging.of(NoticeKind.RECEIPT)))
        assert len(hanging.of(NoticeKind.RECEIPT)) == 1
    finally:
        hanging.let_go.set()
        await run


async def test_bounded(database: Database, clock: Clock) -> None:
    """Only so many calls are under way at once, and once it is to stop nothing more is claimed."""
    await an_open_letter(database)
    await send_due(database, Mailbox(database, clock.now))
    hanging, stopping = Hanging(database, clock), asyncio.Event()
    await owe_words(database, [Person(WORKSPACE, f"U{number}") for number in range(20)])
    run = asyncio.create_task(send_due(database, hanging, stopping))
    for _ in range(10):
        await asyncio.sleep(dispatch.LOOK_ROUND_S)
        clock.advance(2 * SECOND)
        if hanging.under_way == dispatch.AT_ONCE:
            break
    assert hanging.most == dispatch.AT_ONCE
    stopping.set()
    hanging.let_go.set()
    assert await run == dispatch.AT_ONCE
    waiting = [row for row in await rows(database, "outbox") if row["state"] == "waiting"]
    assert len(waiting) == 20 - dispatch.AT_ONCE
