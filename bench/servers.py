"""The servers that the bench compares: the bot, an empty listener, stock Bolt, a bare endpoint.

Over HTTP, and over Socket Mode the bot and stock Bolt.
"""

import asyncio
import hashlib
import hmac
import os
import re
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bench.load import SECRET
from bot import logs
from bot.commands.processes import collect_less
from bot.settings import Need, Settings
from bot.slack.receiver import Receiver, parse
from bot.web.app import build_web
from bot.web.server import server_config
from bot.wiring import connected


async def _authorize() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_user_id="UBOT")


class _Empty(AsyncMiddleware):
    """The empty middleware in the place of the bot's door: it says yes to everything."""

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - the name is Bolt's
    ) -> BoltResponse:
        del req, resp, next
        return BoltResponse(status=200, body="")


def _listen(app: AsyncApp) -> None:
    async def nothing(ack: AsyncAck) -> None:
        await ack()

    app.action(re.compile(""))(nothing)
    app.view(re.compile(""))(nothing)


async def _serve(app: ASGIApp, port: int) -> None:
    collect_less()
    await uvicorn.Server(server_config(app, host="127.0.0.1", port=port)).serve()


async def _ready() -> tuple[bool, dict[str, object]]:
    return True, {}


async def bot(port: int) -> None:
    """The bot's server with all its listeners, without the worker, whose sending is not a click."""
    async with connected(Settings()) as process:
        await _serve(build_web(process.receiver(), Starlette(routes=process.pages()), _ready), port)


async def bot_working(port: int) -> None:
    """The same with the worker in the process: what one small machine runs."""
    async with connected(Settings()) as process:
        worker = asyncio.create_task(process.worker().run())
        await _serve(build_web(process.receiver(), Starlette(routes=process.pages()), _ready), port)
        await worker


async def bare(port: int) -> None:
    """Serve the least that Python can do: check a signature, read the payload, and say yes."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        body = (await receive())["body"]
        signed = b"v0:" + headers[b"x-slack-request-timestamp"] + b":" + body
        hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        parse(headers[b"content-type"], body)
        head = [(b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": b""})

    await _serve(app, port)


async def still(port: int) -> None:
    """Serve the file PAGE at any address, as bare as Starlette does."""
    body = await asyncio.to_thread(Path(os.environ["PAGE"]).read_bytes)

    async def page(_: Request) -> Response:
        return Response(body, media_type="text/html")

    await _serve(Starlette(routes=[Route("/{path:path}", page)]), port)


async def bot_socket(_: int) -> None:
    """The bot over Socket Mode."""
    async with connected(Settings()) as process:
        collect_less()
        await process.socket().open()
        await asyncio.Event().wait()


async def stock_socket(_: int) -> None:
    """Bolt over Socket Mode as it comes, and a listener that does nothing."""
    settings = Settings()
    app = AsyncApp(
        authorize=_authorize,
        client=AsyncWebClient(base_url=settings.slack_api_url),
        process_before_response=True,
    )
    _listen(app)
    await AsyncSocketModeHandler(app, settings.secret(Need.APP_TOKEN)).start_async()


async def empty(port: int) -> None:
    """The same server with a listener that does nothing."""
    app = AsyncApp(
        authorize=_authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )
    app.use(_Empty())
    await _serve(build_web(Receiver(app, SECRET, time.time), Starlette(), _ready), port)


async def stock(port: int) -> None:
    """Bolt with its own checks and the stock Starlette adapter, and a listener that does nothing."""
    app = AsyncApp(authorize=_authorize, signing_secret=SECRET, process_before_response=True)
    _listen(app)
    handler = AsyncSlackRequestHandler(app)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    web = Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])
    config = uvicorn.Config(
        web, port=port, loop="asyncio", http="httptools", access_log=False, log_level="warning"
    )
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    each = (bot, bot_working, empty, stock, bare, still, bot_socket, stock_socket)
    logs.configure()
    asyncio.run({one.__name__: one for one in each}[sys.argv[1]](int(sys.argv[2])))
