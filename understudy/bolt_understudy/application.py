"""The local Slack as one HTTP application: Slack's API, and the local Slack's own endpoints."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import orjson
from aiohttp import web
from aiohttp.helpers import content_disposition_header

from bolt_understudy.answers import say
from bolt_understudy.clock import Clock
from bolt_understudy.errors import SlackError
from bolt_understudy.journal import Journal
from bolt_understudy.local_slack import Credentials, LocalSlack
from bolt_understudy.manifest import Manifest
from bolt_understudy.page.doors import Doors
from bolt_understudy.response_urls import ResponseUrls
from bolt_understudy.seed import new_workspace, plant
from bolt_understudy.stream import Stream
from bolt_understudy.to_bot.signed_http import SignedHttp
from bolt_understudy.to_bot.socket_mode import SocketMode
from bolt_understudy.to_bot.transport import Transport
from bolt_understudy.web_api.door import Door
from bolt_understudy.web_api.faults import Faults
from bolt_understudy.web_api.rate_limits import RateLimits
from bolt_understudy.workspace.triggers import Triggers

LARGEST_BODY = 8 * 1024 * 1024
LARGEST_UPLOAD = 64 * 1024 * 1024
"""The most bytes of an uploaded file. Slack accepts more, but here files are kept in memory."""
OWN_SITE = {"same-origin", "none"}
"""Values of `Sec-Fetch-Site` for requests by this page itself, or from the address bar."""
PAGES = ("/", "/mailbox", "/archives/")
"""Addresses that other sites may link to."""
HOSTS = {"127.0.0.1", "localhost", "[::1]"}
"""Accepted host names, so that no other site can reach the local Slack through its own name."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def build(manifest: Manifest, credentials: Credentials, *, seed: str) -> LocalSlack:
    """Return a new local Slack with one workspace."""
    clock, stream = Clock(), Stream()
    journal = Journal(clock, stream)
    workspace = new_workspace(manifest.bot_name, clock)
    plant(workspace, seed=seed)
    transport = Transport(
        socket=SocketMode(workspace.app.app_id, changed=lambda: stream.tell("state", {})),
        http=SignedHttp(credentials.signing_secret),
        journal=journal,
    )
    transport.use_socket = manifest.socket_mode
    return LocalSlack(
        manifest=manifest,
        credentials=credentials,
        clock=clock,
        stream=stream,
        journal=journal,
        transport=transport,
        limits=RateLimits(clock),
        faults=Faults(),
        workspace=workspace,
        triggers=Triggers(clock),
        response_urls=ResponseUrls(clock),
    )


def application(slack: LocalSlack) -> web.Application:
    """Return the web application with all routes of a local Slack."""
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[_own_hosts_only])
    app.add_routes(
        [
            web.route("*", "/api/{method}", Door(slack).serve),
            web.get("/link/", slack.transport.socket.serve),
            web.post("/{kind:actions|commands|app}/{team}/{number}/{secret}", _response_url(slack)),
            web.post("/upload/v1/{secret}", _upload(slack)),
            web.get("/files/{id}/{name}", _download(slack)),
            *Doors(slack).routes(),
        ]
    )

    async def stop(_: web.Application) -> None:
        slack.stream.end()
        slack.stop_background()
        await slack.transport.close()

    app.on_shutdown.append(stop)
    return app


def _response_url(slack: LocalSlack) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        body: Any = None
        try:
            body = orjson.loads(await request.read())
            url = slack.response_urls.use(request.path)
            say(slack, body, user=url.user, channel=url.channel, message_ts=url.message_ts)
            result, status = "ok", 200
        except orjson.JSONDecodeError:
            result, status = "invalid_payload", 400
        except SlackError as error:
            missing = error.error in {"invalid_url", "expired_url", "used_url"}
            result, status = error.error, 404 if missing else 400
        slack.journal.record(
            direction="from_bot",
            kind="response_url",
            title="response_url",
            payload=body,
            answer=result,
            took_ms=0,
        )
        return web.Response(text=result, status=status)

    return answer


def _upload(slack: LocalSlack) -> Handler:
    async def take(request: web.Request) -> web.StreamResponse:
        secret = request.match_info["secret"]
        file = next((one for one in slack.workspace.files.values() if one.secret == secret), None)
        if file is None:
            raise web.HTTPNotFound
        data = bytearray()
        async for part in request.content.iter_chunked(1 << 16):
            data += part
            if len(data) > min(file.length, LARGEST_UPLOAD):
                return web.Response(status=400, text="too long")
        if len(data) != file.length:
            return web.Response(status=400, text="too short")
        slack.workspace.keep_file(replace(file, data=bytes(data)))
        return web.Response(text=f"OK - {len(data)}")

    return take


def _download(slack: LocalSlack) -> Handler:
    async def give(request: web.Request) -> web.StreamResponse:
        file = slack.workspace.files.get(request.match_info["id"])
        if file is None or file.data is None:
            raise web.HTTPNotFound
        # Never displayed in the page's own origin: the file may be somebody else's web page.
        headers = {
            "Content-Disposition": content_disposition_header("attachment", filename=file.name),
            "Content-Type": file.mimetype,
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=file.data, headers=headers)

    return give


@web.middleware
async def _own_hosts_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    host = request.host
    if host.rpartition(":")[0] not in HOSTS and host not in HOSTS:
        return web.Response(status=421, text="the local Slack answers on loopback only")
    origin = request.headers.get("Origin")
    if origin and origin != f"http://{host}":
        return web.Response(status=403, text="the local Slack's doors are for its own page")
    # Requests for images, scripts and links have no `Origin` header, but browsers send this one.
    # Other programs, such as the bot, do not.
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site not in OWN_SITE and not _followed_link(request):
        return web.Response(status=403, text="the local Slack's doors are for its own page")
    return await handler(request)


def _followed_link(request: web.Request) -> bool:
    """Return whether a person followed a link to the page, in a window of its own."""
    headers = request.headers
    return (
        request.method == "GET"
        and headers.get("Sec-Fetch-Mode") == "navigate"
        and headers.get("Sec-Fetch-Dest") == "document"
        and (request.path in PAGES[:2] or request.path.startswith(PAGES[2]))
    )
