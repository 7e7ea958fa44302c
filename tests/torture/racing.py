"""The local Slack's clock, which the bot follows, runs faster than the machine's."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from tests.support.simulator import Simulator

TICK_S = 0.1


@asynccontextmanager
async def racing(simulator: Simulator, faster: float) -> AsyncGenerator[Callable[[], float]]:
    """Let the clock run so many times as fast; yield what tells its time."""
    ahead = 0.0

    async def race() -> None:
        nonlocal ahead
        while True:
            await asyncio.sleep(TICK_S)
            now = await simulator.clock(advance=TICK_S * (faster - 1))
            ahead = now.timestamp() - time.time()

    task = asyncio.create_task(race())
    try:
        yield lambda: time.time() + ahead
    finally:
        task.cancel()
