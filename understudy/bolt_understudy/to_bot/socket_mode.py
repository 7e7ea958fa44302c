import asyncio
import contextlib
import secrets
import uuid
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Literal

import orjson
from aiohttp import WSMsgType, web

from bolt_understudy.to_bot.deliveries import ACK_SECONDS, Ack, Delivery

MOST_CONNECTIONS = 10
WARNING_SECONDS = 10.0
USUAL_LIFETIME = 3600
HEARTBEAT_SECONDS = 15.0
HOST = "applink-simulator"

Disconnect = Literal["warning", "refresh_requested", "link_disabled", "drop"]


@dataclass(frozen=True, slots=True)
class Connection:
    """A WebSocket of the bot, with its transport, by which it can be broken."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None


class SocketMode:
    """The server side of Socket Mode: tickets, connections, envelopes and their acks.

    `changed` is called when the bot connects or disconnects.
    """

    def __init__(self, app_id: str, changed: Callable[[], None]) -> None:
        self._app_id = app_id
        self._changed = changed
        self._tickets: set[str] = set()
        self._connections: list[Connection] = []
        self._warned: set[Connection] = set()
        self._turn = 0
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._carrying: dict[str, Connection] = {}
        self.ack_seconds = ACK_SECONDS
        self.lifetime: float | None = None
        """Seconds after which new connections are refreshed; None for never."""
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def connections(self) -> int:
        """Return the number of the bot's connections."""
        return len(self._connections)

    @property
    def connected(self) -> bool:
        """Return whether the bot holds a connection."""
        return bool(self._connections)

    def ticket(self) -> str:
        """Return a new ticket for one connection."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="invalid ticket")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS)
        await socket.prepare(request)
        if len(self._connections) >= MOST_CONNECTIONS:
            await socket.send_str(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        connection = Connection(socket, request.transport)
        self._connections.append(connection)
        self._changed()
        try:
            await socket.send_str(self._hello())
            if self.lifetime is not None:
                self._in_background(self._refresh(connection, self.lifetime))
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._acknowledge(frame.data)
        finally:
            self._leave(connection)
        return socket

    async def send(self, delivery: Delivery) -> Ack:
        """Send an envelope to the next connection in turn and return its ack."""
        if not self._connections:
            return Ack(failure="connection_failed", status=0)
        self._turn += 1
        lasting = [one for one in self._connections if one not in self._warned]
        in_turn = lasting or self._connections
        connection = in_turn[self._turn % len(in_turn)]
        envelope_id = str(uuid.uuid4())
        envelope: dict[str, Any] = {
            "envelope_id": envelope_id,
            "payload": delivery.payload,
            "type": delivery.kind,
            "accepts_response_payload": delivery.answerable,
        }
        if delivery.kind == "events_api":
            envelope["retry_attempt"] = delivery.retry
            envelope["retry_reason"] = delivery.reason.removeprefix("http_")
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        self._carrying[envelope_id] = connection
        try:
            async with asyncio.timeout(self.ack_seconds):
                await connection.socket.send_str(orjson.dumps(envelope).decode())
                body = await answer
        except TimeoutError:
            return Ack(failure="http_timeout", status=0)
        except ConnectionError:
            return Ack(failure="connection_failed", status=0)
        finally:
            del self._waiting[envelope_id], self._carrying[envelope_id]
        return Ack(body=body if delivery.answerable else None)

    def disconnect(self, how: Disconnect, *, oldest: bool = False) -> None:
        """End the open connections, or the oldest of them, as Slack does.

        `warning` announces the end 10 s ahead, and until then the connection is used only if there
        is no other; `refresh_requested` and `link_disabled` close with that reason, `drop` breaks
        the connection without a message.
        """
        for connection in tuple(self._connections[:1] if oldest else self._connections):
            if how == "warning":
                self._warned.add(connection)
            else:
                self._leave(connection)
            self._in_background(self._end(connection, how, WARNING_SECONDS))

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _refresh(self, connection: Connection, lifetime: float) -> None:
        """End a connection after its lifetime, with a warning and a refresh."""
        warning = min(WARNING_SECONDS, lifetime / 10)
        await asyncio.sleep(lifetime - warning)
        self._warned.add(connection)
        await self._end(connection, "warning", warning)

    async def _end(self, connection: Connection, how: Disconnect, warning: float) -> None:
        if how == "drop":
            if connection.transport:
                connection.transport.abort()
            return
        with contextlib.suppress(ConnectionError):
            await connection.socket.send_str(_disconnect(how))
            if how == "warning":
                await asyncio.sleep(warning)
            self._leave(connection)
            # Closing would lose the acks that are on their way.
            carried = [
                self._waiting[name] for name, one in self._carrying.items() if one is connection
            ]
            if carried:
                await asyncio.wait(carried, timeout=ACK_SECONDS)
            await connection.socket.close()

    async def close(self) -> None:
        """End everything immediately."""
        for task in tuple(self._closing):
            task.cancel()
        for connection in tuple(self._connections):
            await connection.socket.close(code=1001)

    def _leave(self, connection: Connection) -> None:
        if connection in self._connections:
            self._connections.remove(connection)
            self._warned.discard(connection)
            self._changed()

    def _acknowledge(self, frame: str) -> None:
        try:
            message: Any = orjson.loads(frame)
        except orjson.JSONDecodeError:
            return
        if not isinstance(message, dict):
            return
        waiting = self._waiting.get(message.get("envelope_id", ""))
        if waiting and not waiting.done():
            waiting.set_result(message.get("payload"))

    def _hello(self) -> str:
        return orjson.dumps(
            {
                "type": "hello",
                "num_connections": len(self._connections),
                "debug_info": {
                    "host": HOST,
                    "build_number": 1,
                    "approximate_connection_time": self.lifetime or USUAL_LIFETIME,
                },
                "connection_info": {"app_id": self._app_id},
            }
        ).decode()


def _disconnect(reason: str) -> str:
    message = {"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}}
    return orjson.dumps(message).decode()
