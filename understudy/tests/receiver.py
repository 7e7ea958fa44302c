"""The bot's end of signed HTTP, without Bolt: keeps what Slack sends and answers as told."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web

from tests.support.simulator import Simulator


@dataclass(slots=True, kw_only=True)
class Received:
    """One request from Slack: its headers, its raw body and what it says."""

    headers: dict[str, str]
    raw: bytes
    payload: dict[str, Any]


@dataclass(slots=True)
class Receiver:
    """A server that keeps what comes, and answers a status and a JSON body or none."""

    received: list[Received] = field(default_factory=list[Received])
    answer: Callable[[dict[str, Any]], tuple[int, Any]] = lambda _payload: (200, None)
    headers: dict[str, str] = field(default_factory=dict[str, str])
    delay: float = 0.0

    async def handle(self, request: web.Request) -> web.Response:
        raw = await request.read()
        one = Received(headers=dict(request.headers), raw=raw, payload=_parsed(request, raw))
        self.received.append(one)
        if self.delay:
            await asyncio.sleep(self.delay)
        status, body = self.answer(one.payload)
        if body is None:
            return web.Response(status=status, headers=self.headers)
        return web.json_response(body, status=status, headers=self.headers)

    @property
    def last(self) -> dict[str, Any]:
        """The newest payload."""
        return self.received[-1].payload


def _parsed(request: web.Request, raw: bytes) -> dict[str, Any]:
    if request.content_type == "application/json":
        return json.loads(raw)
    fields = {name: values[0] for name, values in parse_qs(raw.decode()).items()}
    return json.loads(fields["payload"]) if "payload" in fields else fields


@asynccontextmanager
async def receiving(simulator: Simulator, **reset: Any) -> AsyncGenerator[Receiver]:
    """A receiver, and the local Slack reset so that it sends there."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/slack/events", receiver.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        await simulator.reset(transport="http", request_url=url, **reset)
        yield receiver
    finally:
        await runner.cleanup()
