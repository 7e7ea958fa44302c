"""A worker that is killed right after it claimed what is owed; `python -m tests.outbox.claimant URL`."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from typing import NoReturn

from bot.outbox.dispatch import send_due
from bot.storage.database import Database
from tests.outbox.mailbox import Mailbox


class Fatal(Mailbox):
    """A courier whose process is killed before it sends anything."""

    async def send(self, notice: object) -> NoReturn:
        del notice
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


async def claim(url: str) -> None:
    """Claim what is due, and be killed."""
    async with Database(url) as database:
        await send_due(database, Fatal(database, lambda: datetime.now(UTC)))


if __name__ == "__main__":
    asyncio.run(claim(sys.argv[1]))
