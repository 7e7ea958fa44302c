"""The local Slack's own endpoints (doors), `/_sim/…`, and the page that uses them."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web

from bolt_understudy.errors import SlackError
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.page import acting, operating, showing
from bolt_understudy.page.requests import Asked, MalformedError

STATIC = Path(__file__).resolve().parent.parent / "static"

SAFETY = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}

_MALFORMED = "malformed"

Show = Callable[[LocalSlack, Asked], dict[str, Any]]
Act = Callable[[LocalSlack, Asked], Awaitable[dict[str, Any]]]

SHOWN: dict[str, Show] = {
    "state": showing.state,
    "messages": showing.messages,
    "views": showing.views,
    "home": showing.home,
    "clock": operating.clock_now,
    "calls": operating.calls,
    "inspector": operating.inspector,
}
DONE: dict[str, Act] = {
    "message": acting.write,
    "read": acting.read,
    "command": acting.command,
    "shortcut": acting.shortcut,
    "action": acting.action,
    "submit": acting.send_view,
    "close": acting.close_view,
    "options": acting.options,
    "home": acting.open_home,
    "reset": operating.reset,
    "clock": operating.clock,
    "limits": operating.limits,
    "faults": operating.faults,
    "people": operating.people,
    "channels": operating.channels,
    "install": operating.install,
    "socket": operating.socket,
    "redeliver": operating.redeliver,
}


class Doors:
    """The HTTP side of the local Slack's own endpoints."""

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack

    def routes(self) -> list[web.RouteDef | web.StaticDef]:
        """Return the routes of the page, its files, its stream and the endpoints."""
        return [
            web.get("/", self.index),
            web.get("/archives/{channel}/{message}", self.permalink),
            web.get("/mailbox", self.mailbox),
            web.get("/static/{file}", self.file),
            web.get("/_sim/stream", self.stream),
            web.get("/_sim/{door}", self.show),
            web.post("/_sim/{door}", self.act),
        ]

    async def index(self, request: web.Request) -> web.StreamResponse:
        """Serve the page."""
        del request
        return web.FileResponse(STATIC / "index.html", headers=SAFETY)

    async def mailbox(self, request: web.Request) -> web.StreamResponse:
        """Serve the page with the mails."""
        del request
        page = self._slack.mailbox.page()
        return web.Response(text=page, content_type="text/html", headers=SAFETY)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Serve a file of the page."""
        path = STATIC / Path(request.match_info["file"]).name
        if not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers=SAFETY)

    async def permalink(self, request: web.Request) -> web.StreamResponse:
        """Serve the page at a message's address, with that message shown."""
        channel, message = request.match_info["channel"], request.match_info["message"]
        digits = message.removeprefix("p")
        ts = f"{digits[:-6]}.{digits[-6:]}"
        raise web.HTTPFound(f"/?channel={channel}&ts={ts}")

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Handle a `GET` request."""
        door = request.match_info["door"]
        if door not in SHOWN:
            raise web.HTTPNotFound
        return _response(self.look(door, dict(request.query)))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Handle a `POST` request."""
        door = request.match_info["door"]
        if door not in DONE:
            raise web.HTTPNotFound
        return _response(await self.use(door, await request.read()))

    def look(self, door: str, query: dict[str, str]) -> dict[str, Any]:
        """Return the answer to a `GET` request, also for callers in this process."""
        try:
            return SHOWN[door](self._slack, Asked(self._slack, query))
        except (SlackError, MalformedError) as error:
            return _refusal(error)

    async def use(self, door: str, raw: bytes) -> dict[str, Any]:
        """Return the answer to a `POST` request with JSON, also for callers in this process."""
        try:
            return await DONE[door](self._slack, Asked(self._slack, _body(raw, door)))
        except (SlackError, MalformedError) as error:
            return _refusal(error)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Serve server-sent events to one open page."""
        try:
            asked = Asked(self._slack, dict(request.query))
            user, window = asked.user(), asked.window()
        except (SlackError, MalformedError) as error:
            return _response(_refusal(error))
        response = web.StreamResponse(
            headers=SAFETY | {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        with self._slack.stream.listening(user, window) as listener:
            try:
                await response.prepare(request)
                await response.write(b": open\n\n")
                async for event, data in listener.events():
                    line = b"event: " + event.encode() + b"\ndata: " + orjson.dumps(data) + b"\n\n"
                    await response.write(line)
            except ConnectionError:
                return response
        return response


def _body(raw: bytes, door: str) -> dict[str, Any]:
    """Return the body of a request; a bare list becomes the value of the endpoint's own key."""
    try:
        body: Any = orjson.loads(raw or b"{}")
    except orjson.JSONDecodeError as error:
        raise MalformedError(f"the body is not JSON: {error}") from error
    if isinstance(body, list):
        return {door: body}
    if not isinstance(body, dict):
        raise MalformedError("the body must be an object")
    return body


def _response(body: dict[str, Any]) -> web.Response:
    return web.Response(
        body=orjson.dumps(body),
        status=400 if body.get("error") == _MALFORMED else 200,
        content_type="application/json",
        headers=SAFETY,
    )


def _refusal(error: SlackError | MalformedError) -> dict[str, Any]:
    if isinstance(error, MalformedError):
        return {"ok": False, "error": _MALFORMED, "detail": str(error)}
    return {"ok": False, "error": error.error, "detail": error.detail}
