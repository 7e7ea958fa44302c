"""A worker may be killed once it claimed a message: that arrives late, but once."""

import asyncio
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.notices import NoticeKind
from bot.outbox.claims import LEASE
from bot.outbox.dispatch import send_due
from bot.storage.database import Database
from tests.outbox.mailbox import Mailbox
from tests.outbox.owing import states
from tests.support.letters import MEMBER, WORKSPACE, an_open_letter, signs
from tests.support.shared import ROOT
from tests.support.simulator import running_simulator
from tests.torture.processes.couriers import work
from tests.torture.processes.replicas import Replica
from tests.torture.reminded import environment_of, judge, owe, set_up, settled
from tests.torture.sending import MANIFEST, NOW, POST


async def test_late_but_once(postgres_url: str) -> None:
    """On PostgreSQL the receipt of a worker that was killed with it arrives when its lease is over."""
    late = timedelta()

    def now() -> datetime:
        return datetime.now(UTC) + late

    async with Database(postgres_url, clock=now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Open Web Coalition")
        letter = await an_open_letter(database, deadline=now() + timedelta(days=9))
        await signs(database, MEMBER, letter)
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.outbox.claimant", postgres_url, cwd=ROOT
        )
        assert await worker.wait() == -signal.SIGKILL
        assert await states(database, "receipt") == {"claimed": 1}

        mailbox = Mailbox(database, now)
        await send_due(database, mailbox)
        assert mailbox.of(NoticeKind.RECEIPT) == []
        for _ in range(3):
            late += LEASE + timedelta(seconds=1)
            await send_due(database, mailbox)

        assert len(mailbox.of(NoticeKind.RECEIPT)) == 1
        assert await states(database, "receipt") == {"sent": 1}


@pytest.mark.parametrize("took_it", [True, False])
async def test_killed_before_the_answer(
    postgres_url: str, tmp_path: Path, *, took_it: bool
) -> None:
    """A worker is killed while Slack answers: the next one sends what Slack didn't take, and no more."""
    async with (
        running_simulator(manifest=MANIFEST) as simulator,
        Database(postgres_url) as database,
    ):
        await set_up(simulator, 1, limits=False, now=NOW)
        await owe(simulator, postgres_url, 1)
        silence = {"method": POST, "kind": "timeout", "times": 1, "after_accept": took_it}
        await simulator.faults(silence)
        worker = Replica(
            main=work, settings=environment_of(simulator, postgres_url), log=tmp_path / "log"
        )
        worker.start()
        before = len(await simulator.calls(POST))
        async with asyncio.timeout(30):
            while len(await simulator.calls(POST)) == before:  # noqa: ASYNC110 - another process is waited for
                await asyncio.sleep(0.05)
        worker.kill()
        assert await states(database, "reminder") == {"claimed": 1}

        worker.start()
        async with asyncio.timeout(30):
            while not await settled(database):
                await simulator.clock(advance=LEASE.total_seconds() / 4)
                await asyncio.sleep(0.2)
        worker.stop()
        fate = await judge(simulator, database, 1)
    assert not fate.zeros.total(), fate
