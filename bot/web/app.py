"""The web server's app: Slack's requests, and whether we are well."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.use_cases import Database
from bot.use_cases.upkeep import ping

SLACK_PATH = "/slack/events"


def build_web(database: Database, slack: ASGIApp) -> ASGIApp:
    """Make the app.

    Args:
        database: Asked by `/healthz`.
        slack: Answers Slack's requests at `/slack/events`; it checks their signatures.
    """

    async def healthz(_: Request) -> JSONResponse:
        try:
            await ping(database)
        except Exception as error:  # noqa: BLE001 - whatever it is, we are not well
            return JSONResponse({"database": type(error).__name__}, status_code=503)
        return JSONResponse({"database": "ok"})

    pages = Starlette(routes=[Route("/healthz", healthz, methods=["GET"])])

    async def web(scope: Scope, receive: Receive, send: Send) -> None:
        # Before any router: a click needs none, and it is nearly all that comes.
        slacks = scope["type"] == "http" and scope["path"] == SLACK_PATH
        await (slack if slacks else pages)(scope, receive, send)

    return web
