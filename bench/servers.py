"""The servers that the bench compares: the bot's own, the same with an empty listener, stock Bolt."""

import asyncio
import re
import sys
import time

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.load import SECRET
from bot.settings import Settings
from bot.slack.receiver import Receiver
from bot.use_cases import Database
from bot.web.app import build_web
from bot.wiring import connected


async def _authorize() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_user_id="UBOT")


def _empty(*, checked: bool) -> AsyncApp:
    app = AsyncApp(
        authorize=_authorize,
        signing_secret=SECRET,
        process_before_response=True,
        request_verification_enabled=checked,
        ssl_check_enabled=checked,
        url_verification_enabled=checked,
    )

    async def nothing(ack: AsyncAck) -> None:
        await ack()

    app.action(re.compile(""))(nothing)
    app.view(re.compile(""))(nothing)
    return app


async def _serve(app: object, port: int) -> None:
    config = uvicorn.Config(
        app,  # pyright: ignore[reportArgumentType] - an ASGI app
        host="127.0.0.1",
        port=port,
        loop="asyncio",
        http="httptools",
        access_log=False,
        log_level="warning",
    )
    await uvicorn.Server(config).serve()


async def bot(port: int) -> None:
    """The bot's server with all its listeners, without the worker, whose sending is not a click."""
    async with connected(Settings()) as process:
        await _serve(build_web(process.database, process.receiver()), port)


async def empty(port: int) -> None:
    """The same server with a listener that does nothing."""
    receiver = Receiver(_empty(checked=False), SECRET, time.time)
    async with Database(Settings().database_url) as database:
        await _serve(build_web(database, receiver), port)


async def stock(port: int) -> None:
    """Bolt with its own checks and the stock Starlette adapter, and a listener that does nothing."""
    handler = AsyncSlackRequestHandler(_empty(checked=True))

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    await _serve(Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])]), port)


if __name__ == "__main__":
    asyncio.run({"bot": bot, "empty": empty, "stock": stock}[sys.argv[1]](int(sys.argv[2])))
