"""The servers of a replica: the bot's own, and one that is broken on purpose."""

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from time import time
from typing import Any, TypeVar, cast

import uvicorn
from starlette.applications import Starlette

from bot.app import build_app
from bot.commands.processes import keep_serving
from bot.courier import mail_courier
from bot.features.signing.use_cases.signatures import Signed, SignRequest
from bot.letters.ids import new_id
from bot.settings import Settings
from bot.slack.receiver import Receiver
from bot.storage import inbox
from bot.storage.database import Database, Transaction
from bot.storage.engines import sqlite
from bot.web.app import build_web
from bot.wiring import Process, connected
from tests.support.simulator import Simulator

T = TypeVar("T")
Item = TypeVar("Item")


async def serve(settings: Settings) -> None:
    """The bot's web server and its worker in one process, as `serve --with-worker` runs them."""
    await keep_serving(settings, with_worker=True)


async def serve_alone(settings: Settings) -> None:
    """The bot's web server without a worker: nobody but those who sign writes anything."""
    await keep_serving(settings, with_worker=False)


async def serve_unsynced(settings: Settings) -> None:
    """A control: the same on a database that does not wait for the disk."""
    sqlite.PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")
    await serve_alone(settings)


async def serve_hastily(settings: Settings) -> None:
    """A control: says thanks before the commit."""
    async with connected(settings) as process, Hasty(settings.database_url) as hasty:
        app = build_app(replace(process.bot, database=hasty), process.features)
        broken = replace(process, app=app, database=hasty)
        await _serve(broken, broken.receiver())


async def serve_anybody(settings: Settings) -> None:
    """A control: takes everything for signed."""
    async with connected(settings) as process:
        await _serve(process, Trusting(process.app, Simulator.signing_secret, time))


async def _serve(process: Process, receiver: Receiver) -> None:
    await uvicorn.Server(
        uvicorn.Config(
            build_web(receiver, Starlette(), _ready),
            host="127.0.0.1",
            port=process.settings.port,
            http="httptools",
            access_log=False,
            log_config=None,
            log_level="warning",
        )
    ).serve()


async def _ready() -> tuple[bool, dict[str, Any]]:
    return True, {}


async def serve_mailing_anew(settings: Settings) -> None:
    """A control: each try of a mail has a Message-ID of its own."""
    compose = mail_courier.compose

    def composed(*given: Any, **facts: Any) -> EmailMessage:
        return compose(*given, **facts | {"notice": new_id(datetime.now(UTC))})

    mail_courier.compose = composed
    await serve(settings)


async def serve_forgetfully(settings: Settings) -> None:
    """A control: knows no trigger again."""
    for name, forgetful in FORGETFUL.items():
        setattr(inbox, name, forgetful)
    await serve(settings)


FORGETFUL: dict[str, Callable[..., Any]] = {
    "take": lambda *_: True,
    "answers": lambda *_: {},
    "answer": lambda *_: None,
    "keep": lambda *_: None,
}


class Trusting(Receiver):
    """Looks at no signature."""

    def _is_signed(self, headers: dict[bytes, bytes], body: bytes) -> bool:
        del headers, body
        return True


class Hasty(Database):
    """A database that answers a Sign right away and keeps it a moment later."""

    MOMENT_S = 0.01

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._late: set[asyncio.Task[object]] = set()

    async def together(
        self,
        story: Callable[[Transaction, list[Item]], list[T | Exception]],
        item: Item,
        *,
        about: Hashable = None,
    ) -> T:
        keep_it = super().together

        async def keep() -> object:
            await asyncio.sleep(self.MOMENT_S)
            return await keep_it(story, item, about=about)

        task = asyncio.create_task(keep())
        self._late.add(task)
        task.add_done_callback(self._late.discard)
        request = cast("SignRequest", item)
        return cast("Any", Signed(endorsement="", entry=request.signature.entry))
