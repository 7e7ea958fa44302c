"""Socket Mode: Slack's deliveries over a WebSocket that we open."""

import asyncio
import logging
from time import time

import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

log = structlog.get_logger()

DRAIN_S = 10.0


class Socket:
    """One connection to Slack that comes back by itself, and ends without a click half done."""

    def __init__(self, app: AsyncApp, app_token: str, web: AsyncWebClient) -> None:
        """Takes a web client with Slack's address; it needs no token of its own."""
        logger = logging.getLogger("slack_sdk.socket_mode")
        logger.setLevel(logging.WARNING)
        self._app = app
        self._under_way: set[asyncio.Task[None]] = set()
        self._client = SocketModeClient(app_token=app_token, web_client=web, logger=logger)
        self._client.socket_mode_request_listeners.append(self._take)

    async def open(self) -> None:
        """Connects; from here on deliveries arrive."""
        await self._client.connect()

    async def close(self) -> None:
        """Finishes what has arrived, within 10 s, then disconnects."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=DRAIN_S)
        await self._client.disconnect()
        await self._client.close()

    async def _take(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        # The SDK takes the next delivery only when this one returns; they must not queue up.
        task = asyncio.create_task(self._answer(client, request))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _answer(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        try:
            response = await run_async_bolt_app(self._app, request)
            if response.status == 200 and response.body.startswith("{"):
                # Bolt's own way would read the answer once more, to write it once more.
                said = f'{{"envelope_id":"{request.envelope_id}","payload":{response.body}}}'
                await client.send_message(said)
            else:
                await send_async_response(client, request, response, time())
        except Exception as error:  # Slack sends it again, and the socket must go on.
            log.exception("socket.failed", type=request.type, error=type(error).__name__)
