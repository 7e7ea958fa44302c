"""Socket Mode: Slack's payloads over WebSockets that we open.

Two connections are open at any time, so that one can end without a gap. Slack ends each after a
while, and states in its greeting after how long; a new one is opened some time before. The old one
is left for Slack to close, because payloads that Slack has just sent would be lost.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Any

import aiohttp
import orjson
import structlog
from pydantic import AliasPath, Field
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import Trouble, name_of, where
from bot.slack.api_errors import said
from bot.slack.bot import UnderWay
from bot.slack.models.answers import Connection
from bot.slack.models.values import Shape, read

log = structlog.get_logger()

CONNECTIONS = 2
HEARTBEAT_S = 10.0
GREETING_S = 10.0
"""Seconds allowed from opening a connection until Slack's hello."""
PAUSES_S = (0.2, 1.0, 3.0, 10.0, 30.0)
"""Pauses in seconds after each failure to connect; the last one repeats."""
CROWDED, MOST_PATIENCE = timedelta(seconds=30), timedelta(minutes=5)
"""Pause after a rate limit without a time from Slack, and the longest pause."""
SHORT_S = 5.0
"""A connection shorter than this counts as failed, so that the next one waits."""
AHEAD = (0.7, 0.85)
"""Share of each connection's lifetime after which the next is opened; different for the two."""
LULL_S, DRAIN_S = 2.0, 6.0
"""Seconds that `close` waits for a quiet moment, and then for running handlers."""


@dataclass(slots=True, eq=False)
class Line:
    """One connection."""

    socket: aiohttp.ClientWebSocketResponse
    lives_s: float | None
    """Seconds that Slack plans to keep the connection, if known."""
    opened_at: float = field(default_factory=monotonic)
    ending: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when Slack has announced the end of the connection, or it has ended."""


class Socket:
    """Connections to Slack that reopen by themselves, and close without interrupting a click."""

    def __init__(self, app: AsyncApp, app_token: str, web: AsyncWebClient) -> None:
        """Store the app and a web client with Slack's address; the client needs no token."""
        self._app = app
        self._token = app_token
        self._web = web
        self._under_way = UnderWay()
        self._lines: list[Line] = []
        self._keepers: list[asyncio.Task[None]] = []
        self._readers = UnderWay()
        self._takes = True
        self._session: aiohttp.ClientSession | None = None

    @property
    def connections(self) -> int:
        """The number of open connections."""
        return sum(not line.socket.closed for line in self._lines)

    async def open(self) -> None:
        """Connect, and receive payloads from then on. Waits for Slack as long as necessary."""
        self._session = aiohttp.ClientSession()
        first = [asyncio.Event() for _ in range(CONNECTIONS)]
        self._keepers = [
            asyncio.create_task(self._keep(AHEAD[number], there))
            for number, there in enumerate(first)
        ]
        for there in first:
            await there.wait()

    async def close(self) -> None:
        """Handle the payloads that have arrived, for at most 8 s, then disconnect."""
        for keeper in self._keepers:
            keeper.cancel()
        if not await self._under_way.drain(LULL_S):
            # There was no quiet moment: ignore new payloads from now on, which Slack sends again.
            self._takes = False
            if not await self._under_way.drain(DRAIN_S):
                await self._under_way.cancel()
        self._takes = False
        await asyncio.gather(
            *(line.socket.close() for line in self._lines), *self._keepers, return_exceptions=True
        )
        await self._readers.drain(1)
        if self._session is not None:
            await self._session.close()

    async def _keep(self, ahead: float, there: asyncio.Event) -> None:
        """Keep one connection open, and open its successor before it ends."""
        failures = 0
        trouble = Trouble("socket.not_connected", "socket.connected")
        older: Line | None = None
        previous: Line | None = None
        while True:
            try:
                line = await self._connect()
            except Exception as error:  # noqa: BLE001 - who gives up is deaf, and nobody notices
                pause = max(PAUSES_S[min(failures, len(PAUSES_S) - 1)], _asked_for(error))
                failures += 1
                trouble.came(name_of(error), where=where(error), again_in_s=pause)
                await asyncio.sleep(pause)
                continue
            trouble.ended()
            there.set()
            if older is not None:
                # Slack allows only ten connections and has not closed this old one.
                with suppress(aiohttp.ClientError, OSError, RuntimeError):
                    await older.socket.close()
                older = None
            try:
                async with asyncio.timeout(line.lives_s and line.lives_s * ahead):
                    await line.ending.wait()
            except TimeoutError:
                older, previous = previous, line
                continue
            failures = failures + 1 if monotonic() - line.opened_at < SHORT_S else 0
            if failures > 1:
                await asyncio.sleep(PAUSES_S[min(failures, len(PAUSES_S)) - 1])

    async def _connect(self) -> Line:
        assert self._session is not None  # noqa: S101 - `open` made it
        async with asyncio.timeout(GREETING_S):
            answer = await self._web.apps_connections_open(app_token=self._token)
            address = read(Connection, answer).url
            socket = await self._session.ws_connect(
                address,
                heartbeat=HEARTBEAT_S,
                timeout=aiohttp.ClientWSTimeout(ws_close=1.0),  # pyright: ignore[reportCallIssue] - hidden by attrs
                proxy=self._web.proxy,
                ssl=self._web.ssl if self._web.ssl is not None else True,
            )
            try:
                line = Line(socket, _lifetime(await socket.receive_str()))
            except BaseException:
                await socket.close()
                raise
        self._lines.append(line)
        self._readers.start(self._read(line))
        return line

    async def _read(self, line: Line) -> None:
        try:
            async for frame in line.socket:
                if frame.type is not aiohttp.WSMsgType.TEXT:
                    continue
                try:
                    message = _Frame.model_validate(orjson.loads(frame.data))
                    if message.type == "disconnect":
                        line.ending.set()
                    elif self._takes and message.envelope_id and message.payload is not None:
                        self._under_way.start(self._answer(line, message))
                except ValueError as error:
                    log.warning("socket.unreadable", exc_info=error)
        finally:
            line.ending.set()
            self._lines.remove(line)
            await line.socket.close()

    async def _answer(self, line: Line, message: "_Frame") -> None:
        try:
            request = AsyncBoltRequest(mode="socket_mode", body=message.payload or {})
            response = await self._app.async_dispatch(request)
            if response.status != 200:
                return  # Without an acknowledgement Slack sends an event again.
            said = f'"envelope_id":"{message.envelope_id}"'
            if message.accepts_response_payload and response.body:
                # The body is JSON already, so it is inserted unparsed.
                said += f',"payload":{response.body}'
            await self._acknowledge(line, f"{{{said}}}")
        except Exception:  # The connection continues after any error.
            log.exception("socket.failed")

    async def _acknowledge(self, line: Line, said: str) -> None:
        """Acknowledge over the payload's connection, or over another if that one has ended."""
        for one in (line, *reversed(self._lines)):
            if one.socket.closed:
                continue
            try:
                await one.socket.send_str(said)
            except (aiohttp.ClientError, OSError, RuntimeError):
                continue
            return
        log.warning("socket.not_acknowledged")


class _Frame(Shape):
    type: str | None = None
    envelope_id: str | None = None
    payload: dict[str, Any] | None = None
    accepts_response_payload: bool | None = None


class _Hello(Shape):
    type: str | None = None
    reason: str | None = None
    lives: float | None = Field(
        None, validation_alias=AliasPath("debug_info", "approximate_connection_time")
    )


def _lifetime(said: str) -> float | None:
    """Return the seconds that Slack plans to keep a connection, from its hello.

    Raises:
        ValueError: Slack sent another message than a hello, such as a refusal.
    """
    hello = _Hello.model_validate_json(said)
    if hello.type != "hello":
        raise ValueError(hello.reason or "no greeting")
    return hello.lives if hello.lives and hello.lives > 0 else None


def _asked_for(error: Exception) -> float:
    if not isinstance(error, SlackApiError):
        return 0.0
    told = said(error)
    asked = told.retry_after or (CROWDED if told.crowded else timedelta(0))
    return min(asked, MOST_PATIENCE).total_seconds()
