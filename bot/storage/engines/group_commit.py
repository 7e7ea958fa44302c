import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from typing import Any

Commit = Callable[[list[Any]], Awaitable[list[Any]]]
"""Handles items in one transaction and returns their answers, of which some may be exceptions."""


class Batches:
    """Group commit: one batch runs at a time, and items that arrive meanwhile form the next."""

    MOST = 256
    """The largest batch, which bounds the wait for a commit."""
    TURNS, QUIET = 16, 3
    """The most event-loop turns that a batch waits for more items, and how many turns in a row
    without a new item end the wait: an item needs a few turns to arrive here."""

    def __init__(self, commit: Commit, concerns_one: Callable[[Exception], bool]) -> None:
        """Store the function that commits, and the test whether an error may concern one item."""
        self._together = commit
        self._concerns_one = concerns_one
        self._waiting: list[tuple[Any, asyncio.Future[Any]]] = []
        self._task: asyncio.Task[None] | None = None

    async def add(self, item: Any) -> Any:
        """Add an item, wait until its batch is committed, and return or raise its answer."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._task is None or self._task.done():
            # Without the first caller's context, because log lines concern the whole batch.
            self._task = asyncio.create_task(self._run(), context=contextvars.Context())
        # Cancelling a caller does not cancel the batch, which has its own task.
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
                # The database is closing, so callers stop waiting too.
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
                # Retrying each item would wait for the same lock again and again.
                return [error] * len(items)
        # One bad item must not fail the others, so each is tried alone.
        return [(await self._commit([item]))[0] for item in items]
