"""Configuration of the web server, the same in production and in the bench."""

import asyncio
import ctypes
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress

import uvicorn
from starlette.types import ASGIApp

from bot.web.connections import bounded

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
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        # At saturation uvloop starves some connections (FLOORS); the speed comes from httptools.
        loop="asyncio",
        http=bounded(most_connections, header_s),
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
