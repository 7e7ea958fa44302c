"""What a replica runs: the bot's own server, and one that is broken on purpose."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, cast

import uvicorn

from bot import processes
from bot.settings import Settings
from bot.slack.app import build_app
from bot.storage.database import Database, Transaction
from bot.use_cases.signing import Signed, SignRequest
from bot.web.app import build_web
from bot.wiring import connected

T = TypeVar("T")
Item = TypeVar("Item")


async def serve(settings: Settings) -> None:
    """The bot's web server and its worker in one process, as `serve --with-worker` runs them."""
    await processes.serve(settings, with_worker=True)


async def serve_hastily(settings: Settings) -> None:
    """The control: says thanks before the commit."""
    async with connected(settings) as process, Hasty(settings.database_url) as hasty:
        app = build_app(replace(process.bot, database=hasty))
        receiver = replace(process, app=app, database=hasty).receiver()
        await uvicorn.Server(
            uvicorn.Config(
                build_web(hasty, receiver),
                host="127.0.0.1",
                port=settings.port,
                http="httptools",
                access_log=False,
                log_level="warning",
            )
        ).serve()


class Hasty(Database):
    """Answers a Sign at once and keeps it a moment later."""

    MOMENT_S = 0.01

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._late: set[asyncio.Task[object]] = set()

    async def together(
        self, story: Callable[[Transaction, list[Item]], list[T | Exception]], item: Item
    ) -> T:
        keep_it = super().together

        async def keep() -> object:
            await asyncio.sleep(self.MOMENT_S)
            return await keep_it(story, item)

        task = asyncio.create_task(keep())
        self._late.add(task)
        task.add_done_callback(self._late.discard)
        request = cast("SignRequest", item)
        return cast("Any", Signed(endorsement="", line=request.signature.line))
