import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger()


class UnderWay:
    """Background tasks that must finish before the process ends."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin something; it is kept until it is done."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self, seconds: float) -> bool:
        """Wait until nothing is under way, also of what begins meanwhile; say whether that came."""
        try:
            async with asyncio.timeout(seconds):
                while self._tasks:
                    await asyncio.wait(self._tasks)
        except TimeoutError:
            return False
        return True

    async def cancel(self) -> None:
        """End what is still under way: it has had its time."""
        late = set(self._tasks)
        for task in late:
            task.cancel()
        if late:
            log.warning("under_way.cancelled", how_many=len(late))
            await asyncio.wait(late)
