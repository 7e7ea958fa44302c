"""How the web server runs, the same for those who serve and for the bench that measures it."""

import uvicorn
from starlette.types import ASGIApp

MOST_CONNECTIONS = 800


def server_config(app: ASGIApp, *, host: str, port: int) -> uvicorn.Config:
    """What uvicorn is told. Nothing that a click does not need is done for it."""
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
