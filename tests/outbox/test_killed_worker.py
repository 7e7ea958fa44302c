"""A worker may be killed right after it claimed a message: that arrives late, but once."""

import asyncio
import signal
import sys
from datetime import UTC, datetime, timedelta

from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.notices import NoticeKind
from bot.outbox.claims import LEASE
from bot.outbox.dispatch import send_due
from bot.storage.database import Database
from tests.outbox.mailbox import Mailbox
from tests.outbox.owing import states
from tests.support.letters import MEMBER, WORKSPACE, an_open_letter, signs
from tests.support.shared import ROOT


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
