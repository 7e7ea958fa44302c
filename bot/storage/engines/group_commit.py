import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from typing import Any

Commit = Callable[[list[Any]], Awaitable[list[Any]]]
"""Handles some items in one transaction and returns their answers; one may be an exception."""


class Batches:
    """Group commit: one batch runs at a time, and items that arrive meanwhile form the next."""

    MOST = 256
    """Greatest size of a batch, so that nobody waits too long for one commit."""
    TURNS, QUIET = 16, 3
    """The most turns of the event loop that a batch waits for more items, and the number of turns
    in a row without a new item that ends the wait: an item needs a few turns to arrive here."""

    def __init__(self, commit: Commit, concerns_one: Callable[[Exception], bool]) -> None:
        """Take the function that commits, and the one that tells if an error may be of one item."""
        self._together = commit
        self._concerns_one = concerns_one
        self._waiting: list[tuple[Any, asyncio.Future[Any]]] = []
        self._task: asyncio.Task[None] | None = None

    async def add(self, item: Any) -> Any:
        """Wait until the item's batch is committed and return its answer, or raise it."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._task is None or self._task.done():
            # Without the first caller's context: log lines are about the whole batch.
            self._task = asyncio.create_task(self._run(), context=contextvars.Context())
        # A caller that is cancelled stops only its own wait: the batch is another task's.
        return await future

    async def drain(self) -> None:
        """Wait until no batch is running."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        while self._waiting:
            await self._gather()
            batch, self._waiting = self._waiting[: self.MOST], self._waiting[self.MOST :]
            try:
                answers = await self._commit([item for item, _ in batch])
            except asyncio.CancelledError:
                # The database is closing and waits no longer, so no caller does either.
                for _, future in (*batch, *self._waiting):
                    future.cancel()
                raise
            for (_, future), answer in zip(batch, answers, strict=True):
                if future.done():
                    continue
                if isinstance(answer, BaseException):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)

    async def _gather(self) -> None:
        """Give items that have already reached the process a chance to join this batch."""
        quiet = 0
        for _ in range(self.TURNS):
            before = len(self._waiting)
            if before >= self.MOST or quiet == self.QUIET:
                return
            await asyncio.sleep(0)
            quiet = quiet + 1 if len(self._waiting) == before else 0

    async def _commit(self, items: list[Any]) -> list[Any]:
        try:
            return await self._together(items)
        except Exception as error:  # noqa: BLE001 - it becomes the answer of the item it concerns
            if len(items) == 1 or not self._concerns_one(error):
                # A lock that cannot be had would be waited for once per item.
                return [error] * len(items)
        # One bad item must not fail its neighbours: each is tried again alone.
        return [(await self._commit([item]))[0] for item in items]
