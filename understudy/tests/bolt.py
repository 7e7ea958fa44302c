"""A small Bolt app, run against the local Slack over either transport."""

from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager
from typing import Any, cast

from aiohttp import ClientSession, web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.machine.manifests import small_manifest
from tests.support.simulator import Simulator, running_simulator

TRANSPORTS = ("socket", "http")


def client_of(simulator: Simulator, session: ClientSession, token: str = "") -> AsyncWebClient:
    """The real SDK's client, pointed at the local Slack."""
    return AsyncWebClient(
        token=token or simulator.bot_token,
        base_url=simulator.api_url,
        session=session,
        retry_handlers=[],
    )


async def answer_of(call: Awaitable[Any]) -> dict[str, Any]:
    """The body that a call of the SDK was answered with, refused or not."""
    try:
        response = await call
    except SlackApiError as error:
        response = error.response
    return cast("dict[str, Any]", response.data)


def app_of(simulator: Simulator, session: ClientSession) -> AsyncApp:
    """A Bolt app without listeners."""
    return AsyncApp(
        client=client_of(simulator, session),
        signing_secret=simulator.signing_secret,
        process_before_response=True,
        raise_error_for_unhandled_request=False,
    )


@asynccontextmanager
async def socket_mode(
    simulator: Simulator, app: AsyncApp
) -> AsyncGenerator[AsyncSocketModeHandler]:
    """The app, connected by Socket Mode."""
    handler = AsyncSocketModeHandler(app, simulator.app_token, ping_interval=1)
    await handler.connect_async()
    await simulator.connected()
    try:
        yield handler
    finally:
        await handler.close_async()


@asynccontextmanager
async def signed_http(app: AsyncApp) -> AsyncGenerator[str]:
    """The app, listening for signed requests; gives its request URL."""
    runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def running_app(simulator: Simulator, app: AsyncApp, transport: str) -> AsyncGenerator[None]:
    """The app on one transport, and the local Slack told to use it."""
    if transport == "socket":
        async with socket_mode(simulator, app):
            yield
    else:
        async with signed_http(app) as url:
            await simulator.reset(transport="http", request_url=url)
            yield


@asynccontextmanager
async def a_simulator(**settings: Any) -> AsyncGenerator[tuple[Simulator, ClientSession]]:
    """A local Slack with the small manifest, and a session for the SDK."""
    async with (
        running_simulator(manifest=small_manifest(**settings)) as simulator,
        ClientSession() as session,
    ):
        yield simulator, session
