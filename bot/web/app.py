"""The web server's ASGI app: Slack's requests, and the health pages."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

SLACK_PATH = "/slack/events"
PAGES_PATH = "/l/"

Readiness = Callable[[], Awaitable[tuple[bool, dict[str, Any]]]]
"""Returns whether the process works, and the figures for that."""


class Later:
    """A placeholder app that answers 503 until the real app is set."""

    app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 503 before the app is set: Slack sends events again."""
        answer = JSONResponse({"ready": False}, status_code=503, headers={"Retry-After": "5"})
        await (self.app or answer)(scope, receive, send)


def build_web(slack: ASGIApp, pages: ASGIApp, ready: Readiness) -> ASGIApp:
    """Build the web server's app.

    Args:
        slack: Handles Slack's requests at `/slack/events`, and checks their signatures.
        pages: Handles requests for public pages, whose paths begin with `/l/`.
        ready: Called for `/readyz`.
    """
    health = Starlette(routes=health_routes(ready))

    async def web(scope: Scope, receive: Receive, send: Send) -> None:
        # Before any router, because nearly all requests are Slack's and need none.
        path = scope["path"] if scope["type"] == "http" else ""
        app = pages if path.startswith(PAGES_PATH) else health
        await (slack if path == SLACK_PATH else app)(scope, receive, send)

    return web


def health_routes(ready: Readiness) -> list[Route]:
    """Return `/livez` (the process responds), its old name `/healthz`, and `/readyz` (it works)."""

    async def livez(_: Request) -> JSONResponse:
        return JSONResponse({"alive": True})

    async def readyz(_: Request) -> JSONResponse:
        well, facts = await ready()
        return JSONResponse({"ready": well, **facts}, status_code=200 if well else 503)

    pages = {"/livez": livez, "/healthz": livez, "/readyz": readyz}
    return [Route(path, page, methods=["GET"]) for path, page in pages.items()]
