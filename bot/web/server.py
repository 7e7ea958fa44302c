"""Configuration of the web server, the same in production and in the bench."""

import asyncio
import ctypes
import logging
import socket
from collections import defaultdict
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from typing import Any, ClassVar

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.logs import Trouble

HEADER_BYTES = 64 * 1024
"""The most bytes of a request's line and headers; Slack's are below 1 kB."""


class Connection(HttpToolsProtocol):
    """A connection that is waiting until a request is complete.

    It is closed if the headers take too long, or if a new connection needs its place. The app
    limits the time of a body. `bounded` makes a subclass for each server.
    """

    most: ClassVar[int]
    header_s: ClassVar[float]
    waiting: ClassVar[dict["Connection", asyncio.TimerHandle]]
    """The server's waiting connections, the longest waiting first, with their time for headers."""
    closed: ClassVar[defaultdict[str, Trouble]]
    """The log of connections that were closed, by reason."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._come = 0
        """Bytes received since the connection began to wait."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """If there are too many, close the longest waiting connection, or answer this one 503."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            if self.waiting:
                next(iter(self.waiting)).end("crowded")
            else:
                # Not a limit for all: uvicorn also counts requests whose connection was closed.
                self.limit_concurrency = 0
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Handle received data; close the connection if the headers are too long."""
        super().data_received(data)
        self._come += len(data)
        timer = self.waiting.get(self)
        if timer is not None and not timer.cancelled() and self._come > HEADER_BYTES:
            self.end("long")

    def on_headers_complete(self) -> None:
        """Stop the time for headers. Until its body is complete, the request may make room."""
        timer = self.waiting.get(self)
        if timer is not None:
            timer.cancel()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Stop waiting: a whole request never makes room."""
        self._wait_no_more()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request, unless it has been received already."""
        super().on_response_complete()
        if not self.pipeline and not self.transport.is_closing():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._wait_no_more()
        super().connection_lost(exc)

    def end(self, reason: str) -> None:
        """Close the connection immediately, without sending remaining data."""
        self.closed[reason].came(reason)
        self._wait_no_more()
        self.connections.discard(self)
        self.transport.abort()

    def _wait(self) -> None:
        self._wait_no_more()
        self._come = 0
        self.waiting[self] = self.loop.call_later(self.header_s, self.end, "slow")

    def _wait_no_more(self) -> None:
        timer = self.waiting.pop(self, None)
        if timer is not None:
            timer.cancel()


MOST_CONNECTIONS = 800
"""Far more than Slack opens, and fewer than a process can open by default (1,024)."""
GLIBC_MMAP_THRESHOLD, GIVEN_BACK_BYTES = -3, 32 * 1024
HEADER_S = 5.0
"""Seconds for complete headers, which Slack sends at once, and for an idle connection."""


def server_config(
    app: ASGIApp,
    *,
    host: str,
    port: int,
    most_connections: int = MOST_CONNECTIONS,
    header_s: float = HEADER_S,
) -> uvicorn.Config:
    """Return uvicorn's configuration, without features that a click does not need.

    Port 0 means a free port. `most_connections` and `header_s` are as in `connections.bounded`.
    """
    # A connection without complete headers is closed after `header_s` seconds, when new and
    # after each response. If there are more than `most` connections, the one that has
    # waited longest for a request's end is closed; those with a whole request stay.
    closed = partial(Trouble, "web.closed", "web.open", level=logging.INFO)
    parts: dict[str, Any] = {"waiting": {}, "closed": defaultdict[str, Trouble](closed)}
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        # At saturation uvloop starves some connections (FLOORS); the speed comes from httptools.
        loop="asyncio",
        http=type(
            "Bounded", (Connection,), {"most": most_connections, "header_s": header_s, **parts}
        ),
        ws="none",
        lifespan="off",
        # The sender's address is never used, because the signature proves who sent a request.
        proxy_headers=False,
        server_header=False,
        access_log=False,
        # Uvicorn's logs go through the app's own handler: its default one quotes exceptions.
        log_config=None,
        log_level="warning",
        # Slack waits 3 s for an answer and ignores any later one.
        timeout_graceful_shutdown=6,
    )


class Server(uvicorn.Server):
    """A server that stops on request, without ending the process as uvicorn does."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._serving: asyncio.Task[None] | None = None
        self._listens = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Leave SIGTERM and Ctrl-C to the process's own handlers."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and notify `start`."""
        await super().startup(sockets)
        self._listens.set()

    async def start(self, bound: socket.socket) -> None:
        """Start serving; return once the server listens."""
        self._serving = asyncio.create_task(self.serve(sockets=[bound]))
        await self._listens.wait()

    async def stop(self) -> None:
        """Finish running requests within 6 s, and stop."""
        self.should_exit = True
        if self._serving is not None:
            await self._serving


@asynccontextmanager
async def listening(app: ASGIApp, bound: socket.socket) -> AsyncGenerator[Server]:
    """Serve an app on a socket inside the block."""
    with suppress(AttributeError):
        # Otherwise glibc keeps the memory of a flood of bodies for good, 100 MB and more.
        ctypes.CDLL(None).mallopt(GLIBC_MMAP_THRESHOLD, GIVEN_BACK_BYTES)
    host, port = bound.getsockname()[:2]
    server = Server(server_config(app, host=host, port=port))
    try:
        await server.start(bound)
        yield server
    finally:
        await server.stop()
        bound.close()
