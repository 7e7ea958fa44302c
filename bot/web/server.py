"""Configuration of the web server, the same in production and in the bench."""

import uvicorn
from starlette.types import ASGIApp

MOST_CONNECTIONS = 800


def server_config(app: ASGIApp, *, host: str, port: int) -> uvicorn.Config:
    """Return uvicorn's configuration, with nothing that a click doesn't need."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        # At saturation uvloop starves some connections (FLOORS); httptools is the win.
        loop="asyncio",
        http="httptools",
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
        # Far more than Slack opens; each may hold some of what it sends.
        limit_concurrency=MOST_CONNECTIONS,
    )
