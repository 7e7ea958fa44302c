"""The workers of a replica that only sends: the bot's own, and one that is broken on purpose."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from bot.commands.processes import keep_working
from bot.courier.slack_courier import Owed, SlackCourier
from bot.outbox.courier import Absent, Looked
from bot.outbox.dispatch import send_due
from bot.settings import Settings
from bot.wiring import connected
from bot.worker import Job, Worker


async def work(settings: Settings) -> None:
    """The bot's worker, as `undersigned worker` runs it."""
    await keep_working(settings)


class Blind(SlackCourier):
    """Never finds anything, so that all that is in doubt is sent again."""

    async def look(self, notice: Owed) -> Looked:
        """Say without looking that it is not there."""
        del notice
        return Absent()


async def work_blindly(settings: Settings) -> None:
    """The control: a worker that does not look before it sends again."""
    async with connected(settings) as process:
        courier = Blind(process.bot, process.features)

        async def send() -> None:
            await send_due(process.database, courier)

        job = Job("send", timedelta(seconds=0.25), send, woken=True)
        with suppress(asyncio.CancelledError):
            await Worker(process.database, [job]).run()
