"""Waiting for something that happens elsewhere, on a machine that may be busy."""

import asyncio
from collections.abc import Callable


async def until(done: Callable[[], bool]) -> None:
    """Wait for something that happens elsewhere."""
    async with asyncio.timeout(30):
        while not done():  # noqa: ASYNC110 - what is awaited is in another process
            await asyncio.sleep(0.02)
