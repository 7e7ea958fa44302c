"""A bad answer to "where do I connect?" makes Socket Mode pause, and nothing else."""

import asyncio
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.socket import CONNECTIONS, Socket
from tests.slack.odd_slack import BUSY, odd_slack


@pytest.mark.parametrize(
    "answer",
    [
        BUSY,
        {"text": '{"ok": true}', "content_type": "application/json"},
        {"text": '{"ok": true, "url": "nonsense"}', "content_type": "application/json"},
        {"text": "[]", "content_type": "application/json"},
        {"text": "", "content_type": "text/plain", "status": 200},
    ],
)
async def test_odd_answer(answer: dict[str, Any]) -> None:
    """Both connections are up in the end, however odd Slack's first answers are."""
    asked = 0

    async def where_to(request: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        if asked <= CONNECTIONS:
            return web.Response(**answer)
        return web.json_response({"ok": True, "url": f"ws://{request.host}/api/connection"})

    async def connection(request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.send_str('{"type": "hello"}')
        async for _ in line:
            pass
        return line

    async with odd_slack(apps_connections_open=where_to, connection=connection) as address:
        socket = Socket(AsyncApp(token="xoxb-1"), "xapp-1", AsyncWebClient(base_url=address))
        try:
            async with asyncio.timeout(8):
                await socket.open()
        finally:
            await socket.close()
    assert asked == 2 * CONNECTIONS
