"""The real server among hundreds of connections that are held for nothing."""

import asyncio
import resource
import sys
import time
from contextlib import suppress

import aiohttp
import pytest

from bench.idle import held_mb
from tests.flows.conftest import RunningBot
from tests.flows.operators.test_processes import HTTP_MANIFEST, settings_for
from tests.support.commands import free_port, undersigned_running
from tests.support.simulator import running_simulator

HELD = 900
BODY = 900_000
GROWN_MB = 40.0
"""The most that a process may hold after a flood of unfinished bodies beyond what it held before."""


@pytest.fixture(autouse=True)
def _files() -> None:
    most, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(most, 4 * HELD)), hard))


async def test_held_connections(stopped_bot: RunningBot) -> None:
    """With 900 connections held that sent half a header, or nothing, the server still answers."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/slack/events"
    async with running_simulator(manifest=HTTP_MANIFEST, request_url=address) as simulator:
        settings = settings_for(simulator, stopped_bot.settings.database_url, port)
        async with (
            undersigned_running("serve", "--with-worker", ready="serve.ready", **settings),
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session,
        ):
            held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(HELD)]
            for count, (_, writer) in enumerate(held):
                if count % 2:
                    writer.write(b"POST /slack/events HTTP/1.1\r\nhost: ")
            for _ in range(3):
                async with session.get(f"http://127.0.0.1:{port}/healthz") as health:
                    assert health.status == 200
                async with session.post(address, data=b"{}") as forged:
                    assert forged.status == 401
            for _, writer in held:
                writer.close()
                with suppress(ConnectionError):
                    await writer.wait_closed()


async def _unfinished(port: int) -> None:
    """Send all of a forged request but the last byte of its body, until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = (
        f"POST /slack/events HTTP/1.1\r\nhost: here\r\ncontent-length: {BODY}\r\n"
        f"x-slack-request-timestamp: {time.time():.0f}\r\nx-slack-signature: v0={'0' * 64}\r\n\r\n"
    )
    with suppress(ConnectionError):
        writer.write(head.encode() + bytes(BODY - 1))
        await writer.drain()
        await reader.read()
    writer.close()


@pytest.mark.skipif(
    sys.platform != "linux", reason="reads /proc, and other systems give back alike"
)
async def test_memory_goes_back(stopped_bot: RunningBot) -> None:
    """After a flood of forged requests with unfinished bodies, the process holds hardly more."""
    port = free_port()
    settings = settings_for(stopped_bot.simulator, stopped_bot.settings.database_url, port)
    serve = undersigned_running("serve", "--with-worker", ready="serve.ready", **settings)
    async with serve as process, aiohttp.ClientSession() as session:
        before = held_mb(process.pid)
        await asyncio.gather(*(_unfinished(port) for _ in range(300)))
        async with session.get(f"http://127.0.0.1:{port}/healthz") as health:
            assert health.status == 200
        assert held_mb(process.pid) - before < GROWN_MB
