"""A Slack that answers as no documentation says: what proxies and bad days put in its place."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

BUSY: dict[str, Any] = {
    "text": "<html>busy</html>",
    "content_type": "application/json",
    "status": 503,
}
"""A proxy's page that calls itself JSON: the SDK hands on aiohttp's own response."""


@asynccontextmanager
async def odd_slack(**methods: Handler) -> AsyncGenerator[str]:
    """Serve a Web API with these methods, and yield its address; `_` in a name means a dot."""
    app = web.Application()
    for name, answer in methods.items():
        app.router.add_route("*", f"/api/{name.replace('_', '.')}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()
