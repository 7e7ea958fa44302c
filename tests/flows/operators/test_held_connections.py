"""The real server among hundreds of connections that are held for nothing."""

import asyncio
import resource
from contextlib import suppress

import aiohttp

from tests.flows.conftest import RunningBot
from tests.flows.operators.test_processes import HTTP_MANIFEST, settings_for
from tests.support.commands import free_port, undersigned_running
from tests.support.simulator import running_simulator

HELD = 900


async def test_held_connections(stopped_bot: RunningBot) -> None:
    """With 900 connections held that sent half a header, or nothing, the server still answers."""
    most, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(most, 4 * HELD)), hard))
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
