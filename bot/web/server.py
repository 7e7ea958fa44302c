"""Configuration of the web server, the same in production and in the bench."""

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

    Args:
        app: Answers requests.
        host: The address to listen at.
        port: The port to listen at; 0 for a free one.
        most_connections: Connections at once.
        header_s: Seconds for the line and headers of a request to come whole.
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
        # Nobody asks where a request comes from: who sent it is what its signature says.
        proxy_headers=False,
        server_header=False,
        access_log=False,
        # Its lines go the way of all others: uvicorn's own would quote exceptions.
        log_config=None,
        log_level="warning",
        # Slack waits 3 s for an answer: whoever is not done after that is not heard any more.
        timeout_graceful_shutdown=6,
        # One more than may stay: by then none is left that could give way.
        limit_concurrency=most_connections + 1,
    )
