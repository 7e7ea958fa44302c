import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from tests.support.people import Refused
from tests.support.simulator import Simulator

from .bolt import a_simulator, app_of, socket_mode


@asynccontextmanager
async def connected(
    simulator: Simulator, session: ClientSession
) -> AsyncGenerator[ClientWebSocketResponse]:
    """A bare WebSocket to the local Slack, after its hello."""
    headers = {"Authorization": f"Bearer {simulator.app_token}"}
    url = f"{simulator.api_url}apps.connections.open"
    async with session.post(url, headers=headers) as response:
        answer = await response.json()
    async with session.ws_connect(answer["url"]) as socket:
        hello = await socket.receive_json(timeout=3)
        assert hello["type"] == "hello"
        yield socket


async def acknowledge(
    socket: ClientWebSocketResponse, payload: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Answer the next envelope; gives it."""
    envelope = await socket.receive_json(timeout=3)
    ack: dict[str, Any] = {"envelope_id": envelope["envelope_id"]}
    if payload is not None:
        ack["payload"] = payload
    await socket.send_str(json.dumps(ack))
    return envelope


async def test_envelopes(simulator: Simulator, session: ClientSession):
    """A command may be answered in its ack, an event may not and carries its attempt."""
    person = simulator.person("U0MEMBER1")
    async with connected(simulator, session) as socket:
        command, _ = await asyncio.gather(
            acknowledge(socket, {"text": "Hello"}),
            person.command("open-internet", "/letter help"),
        )
        assert command["type"] == "slash_commands"
        assert command["accepts_response_payload"] is True
        assert await person.text("open-internet") == "Hello"
        event, _ = await asyncio.gather(acknowledge(socket), person.open_home())
        assert event["type"] == "events_api"
        assert event["accepts_response_payload"] is False
        assert (event["retry_attempt"], event["retry_reason"]) == (0, "")
        assert event["payload"]["event"]["type"] == "app_home_opened"


async def test_round_robin(simulator: Simulator, session: ClientSession):
    """With several connections each takes its turn."""
    async with connected(simulator, session) as one, connected(simulator, session) as other:
        for _ in range(2):
            person = simulator.person("U0MEMBER1")
            await asyncio.gather(
                acknowledge(one), acknowledge(other), person.open_home(), person.open_home()
            )


async def test_nobody_there(simulator: Simulator):
    """Without a connection a command fails right away."""
    with pytest.raises(Refused, match="dispatch_failed"):
        await simulator.person("U0MEMBER1").command("open-internet", "/letter help")


async def test_retry_after_silence(simulator: Simulator, session: ClientSession):
    """An event without an ack comes again, with attempt 1 and the reason `timeout`."""
    async with connected(simulator, session) as socket:
        task = asyncio.create_task(simulator.person("U0MEMBER1").open_home())
        first = await socket.receive_json(timeout=3)
        second = await socket.receive_json(timeout=5)
        await socket.send_str(json.dumps({"envelope_id": second["envelope_id"]}))
        with pytest.raises(Refused, match="operation_timeout"):
            await task
        assert first["payload"] == second["payload"]
        assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")


async def test_tickets_work_once(simulator: Simulator, session: ClientSession):
    """A ticket opens one connection; at most ten are open at the same time."""
    address = simulator.address.replace("http", "ws", 1)
    async with session.get(f"{simulator.address}/link/?ticket=x") as response:
        assert response.status == 403
    assert address.startswith("ws://127.0.0.1")
    await simulator.limits(enabled=False)
    async with AsyncExitStack() as stack:
        for _ in range(10):
            await stack.enter_async_context(connected(simulator, session))
        headers = {"Authorization": f"Bearer {simulator.app_token}"}
        url = f"{simulator.api_url}apps.connections.open"
        async with session.post(url, headers=headers) as response:
            answer = await response.json()
        async with session.ws_connect(answer["url"]) as eleventh:
            assert (await eleventh.receive_json(timeout=3))["reason"] == "too_many_websockets"


@pytest.mark.parametrize("how", ["refresh_requested", "link_disabled"])
async def test_disconnects_say_why(simulator: Simulator, session: ClientSession, how: str):
    """Slack says why it closes a connection."""
    async with connected(simulator, session) as socket:
        await simulator.disconnect(how)
        message = await socket.receive_json(timeout=3)
        assert (message["type"], message["reason"]) == ("disconnect", how)
        assert (await socket.receive(timeout=3)).type is WSMsgType.CLOSE


async def test_warning_comes_ahead(simulator: Simulator, session: ClientSession):
    """A warned connection goes on until there is a new one, which then takes over."""
    async with connected(simulator, session) as socket:
        await simulator.disconnect("warning")
        assert (await socket.receive_json(timeout=3))["reason"] == "warning"
        person = simulator.person("U0MEMBER1")
        await asyncio.gather(acknowledge(socket), person.open_home())
        async with connected(simulator, session) as fresh:
            for _ in range(3):
                await asyncio.gather(acknowledge(fresh), person.open_home())


@pytest.mark.parametrize("how", ["warning", "drop"])
async def test_the_sdk_comes_back(how: str):
    """The real SDK connects again after a warning and after a broken connection."""
    async with a_simulator() as (simulator, session):
        app = app_of(simulator, session)

        @app.command("/letter")
        async def letter(ack: Any):
            await ack("Still here")

        async with socket_mode(simulator, app):
            await simulator.disconnect(how)
            await simulator.connected(within=20)
            person = simulator.person("U0MEMBER1")
            await person.command("open-internet", "/letter")
            assert await person.text("open-internet") == "Still here"
