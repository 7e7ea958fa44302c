import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from time import monotonic

from sqlalchemy import text
from structlog.testing import capture_logs

from bot import worker as working
from bot.letters.people import Person
from bot.outbox.dispatch import send_due
from bot.storage.database import Database
from bot.worker import Job, Worker
from tests.outbox.mailbox import Mailbox
from tests.outbox.owing import owe_words, states
from tests.support.clock import Clock
from tests.support.letters import MEMBER, ORGANISER, OTHER_MEMBER, WORKSPACE, an_open_letter

HOUR = timedelta(hours=1)
SOON_S = 5.0


@asynccontextmanager
async def at_work(worker: Worker) -> AsyncGenerator[None]:
    """A worker that runs in the block."""
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        await worker.stop()
        await task


class Counting:
    """A job that counts its runs, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.runs = self.seen = 0
        self.failures = failures
        self.ran = asyncio.Event()

    async def __call__(self) -> None:
        self.runs += 1
        self.ran.set()
        if self.runs <= self.failures:
            raise LookupError("a name that nobody shall read in a log")

    async def again(self) -> None:
        """Wait for a run after the last one that was waited for."""
        async with asyncio.timeout(SOON_S):
            while self.runs <= self.seen:
                self.ran.clear()
                await self.ran.wait()
        self.seen = self.runs


async def test_rests_after_work(database: Database) -> None:
    """However much is committed, a job that is woken leaves most of the time to others."""
    runs = 0

    async def send() -> None:
        nonlocal runs
        runs += 1
        await asyncio.sleep(0.02)

    began = monotonic()
    async with at_work(Worker(database, [Job("send", HOUR, send, woken=True)])):
        while monotonic() - began < 0.6:
            database.wake()
            await asyncio.sleep(0.005)
    # A run and its rest take 80 ms; without a rest it would be 20 runs or more.
    assert 1 < runs < 10


async def test_by_interval(database: Database) -> None:
    """A job runs right away and then in each interval."""
    often, seldom = Counting(), Counting()
    jobs = [
        Job("often", timedelta(milliseconds=20), often),
        Job("seldom", HOUR, seldom),
    ]
    async with at_work(Worker(database, jobs)):
        for _ in range(5):
            await often.again()
    assert often.runs >= 5
    assert seldom.runs == 1


async def test_woken(database: Database) -> None:
    """A commit wakes the job that wants to be woken, and no other."""
    await an_open_letter(database)
    woken, other = Counting(), Counting()
    async with at_work(
        Worker(database, [Job("woken", HOUR, woken, woken=True), Job("other", HOUR, other)])
    ):
        await woken.again()
        await owe_words(database, [ORGANISER.person])
        await woken.again()
    assert other.runs == 1


async def test_failing(database: Database) -> None:
    """A job that fails is tried again, is named in the log without its words, and stops nobody."""
    failing, other = Counting(failures=1), Counting()
    tick = timedelta(milliseconds=20)
    with capture_logs() as logs:
        async with at_work(
            Worker(database, [Job("fails", tick, failing), Job("other", tick, other)])
        ):
            await failing.again()
            await other.again()
            await failing.again()
    (failed,) = [line for line in logs if line["event"] == "job.failed"]
    assert (failed["job"], failed["error"]) == ("fails", "LookupError")
    assert failed["where"].startswith("test_worker.py:")
    assert "nobody" not in str(failed)


async def test_stop_waits(database: Database) -> None:
    """A stop lets the run under way come to its end, and starts no other."""
    ended = asyncio.Event()
    runs: list[int] = []

    async def slow() -> None:
        runs.append(1)
        await asyncio.sleep(0.3)
        ended.set()

    async with at_work(Worker(database, [Job("slow", timedelta(0), slow)])):
        await asyncio.sleep(0.1)
    assert ended.is_set()
    assert len(runs) == 1


async def test_stop_before_start(database: Database) -> None:
    """A worker that was stopped before it started runs nothing."""
    job = Counting()
    worker = Worker(database, [Job("never", HOUR, job)])
    await worker.stop()
    await worker.run()
    assert job.runs == 0


async def test_stop_ends_sending(database: Database, clock: Clock) -> None:
    """A job that always finds more to send ends when the worker is stopped."""
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    stopping = asyncio.Event()

    async def more() -> None:
        mailbox.meanwhile = more
        clock.advance(timedelta(seconds=2))
        number = len(mailbox.arrived)
        await owe_words(database, [Person(WORKSPACE, f"U{number}")])

    mailbox.meanwhile = more
    worker = Worker(
        database, [Job("send", HOUR, lambda: send_due(database, mailbox, stopping))], stopping
    )
    started = monotonic()
    async with at_work(worker):
        await asyncio.sleep(1)
    assert monotonic() - started < 1 + working.GRACE_S / 2
    assert len(mailbox.arrived) > 3
    assert "claimed" not in await states(database)


async def test_moved_clock(database: Database, clock: Clock) -> None:
    """A notice due by a clock that was moved goes within a moment of real time."""
    await an_open_letter(database)
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    # Two words to one person: the second one waits for its second.
    await owe_words(database, [ORGANISER.person])
    await owe_words(database, [ORGANISER.person], letter=2)
    gone = asyncio.Event()

    async def tell() -> None:
        gone.set()

    every = timedelta(seconds=0.25)
    async with at_work(Worker(database, [Job("send", every, lambda: send_due(database, mailbox))])):
        await asyncio.sleep(0.5)
        # Both cards, and the first word.
        assert len(mailbox.arrived) == 3
        mailbox.meanwhile = tell
        clock.advance(timedelta(days=7))
        # 0.25 s to the next look, and what a busy machine takes to send.
        async with asyncio.timeout(10):
            await gone.wait()


async def _take_later_kinds(database: Database) -> None:
    """Let the outbox hold any kind, as a later version's schema would."""
    statement = (
        "PRAGMA ignore_check_constraints = ON"
        if database.is_sqlite
        else "ALTER TABLE outbox DROP CONSTRAINT ck_outbox_kind"
    )
    await database.write(lambda tx: tx.connection.execute(text(statement)).closed)


async def test_unknown_kind(database: Database, clock: Clock) -> None:
    """A notice of a later version waits for a worker that knows it, and holds up nothing else."""
    mailbox = Mailbox(database, clock.now)
    await an_open_letter(database)
    await owe_words(database, [ORGANISER.person, MEMBER.person, OTHER_MEMBER.person])
    await _take_later_kinds(database)
    await database.write(
        lambda tx: (
            tx.connection.execute(
                text("UPDATE outbox SET kind = 'later', state = :state WHERE target = :user"),
                [
                    {"state": "waiting", "user": MEMBER.person.user},
                    {"state": "unknown", "user": OTHER_MEMBER.person.user},
                ],
            ).rowcount
        )
    )

    await send_due(database, mailbox)

    assert ORGANISER.person.user in {one.target for one in mailbox.arrived}
    assert await states(database, "later") == {"waiting": 1, "unknown": 1}
