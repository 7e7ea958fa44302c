"""Configuration of the web server, the same in production and in the bench."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.web.connections import bounded

MOST_CONNECTIONS = 800
"""Far more than Slack opens, and below what a process may hold open by default (1,024)."""
HEADER_S = 5.0
"""Slack sends a whole header at once. A connection that is kept alive is as idle for as long."""


def server_config(
    app: ASGIApp,
    *,
    host: str,
    port: int,
    most_connections: int = MOST_CONNECTIONS,
    header_s: float = HEADER_S,
) -> uvicorn.Config:
    """Return uvicorn's configuration, with nothing that a click doesn't need.

    Port 0 is a free one. `most_connections` and `header_s` are as in `connections.bounded`.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        # At saturation uvloop starves some connections (FLOORS); httptools is the win.
        loop="asyncio",
        http=bounded(most_connections, header_s),
        ws="none",
        lifespan="off",
        # The address of a request is never read: its signature says who sent it.
        proxy_headers=False,
        server_header=False,
        access_log=False,
        # Its lines go the way of all others: uvicorn's own would quote exceptions.
        log_config=None,
        log_level="warning",
        # Slack waits 3 s for an answer: an answer after that is not heard any more.
        timeout_graceful_shutdown=6,
        # One more than may stay: by then none is left that could give way.
        limit_concurrency=most_connections + 1,
    )


class Server(uvicorn.Server):
    """A server that ends when we tell it to: uvicorn's own way would end the process."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._serving: asyncio.Task[None] | None = None
        self._listens = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Leave SIGTERM and Ctrl-C to the process."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so to `start`."""
        await super().startup(sockets)
        self._listens.set()

    async def start(self, bound: socket.socket) -> None:
        """Serve from here on."""
        self._serving = asyncio.create_task(self.serve(sockets=[bound]))
        await self._listens.wait()

    async def stop(self) -> None:
        """Finish what has come, within 6 s, and serve no more."""
        self.should_exit = True
        if self._serving is not None:
            await self._serving


@asynccontextmanager
async def listening(app: ASGIApp, bound: socket.socket) -> AsyncGenerator[Server]:
    """Serve an app on a socket for as long as the block lasts."""
    host, port = bound.getsockname()[:2]
    server = Server(server_config(app, host=host, port=port))
    try:
        await server.start(bound)
        yield server
    finally:
        await server.stop()
        bound.close()
