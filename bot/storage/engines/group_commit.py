import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from typing import Any

Commit = Callable[[list[Any]], Awaitable[list[Any]]]
"""Decides and commits some items in one transaction; an answer may be an exception."""


class Batches:
    """Group commit: one batch in flight, everything that arrives meanwhile in the next."""

    MOST = 256
    """Greatest size of a batch, so that nobody waits too long for one commit."""
    TURNS, QUIET = 16, 3
    """Turns of the event loop that a batch waits at most while more is arriving, and how many in a
    row without any end the wait: what came in needs some to get here."""

    def __init__(self, commit: Commit, concerns_one: Callable[[Exception], bool]) -> None:
        """Take what commits, and what says whether an error of it may be one item's alone."""
        self._together = commit
        self._concerns_one = concerns_one
        self._waiting: list[tuple[Any, asyncio.Future[Any]]] = []
        self._task: asyncio.Task[None] | None = None

    async def add(self, item: Any) -> Any:
        """Wait until the item's batch is committed and return its answer, or raise it."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._task is None or self._task.done():
            # What is said meanwhile is about all of them, not about the one that came first.
            self._task = asyncio.create_task(self._run(), context=contextvars.Context())
        # A caller that goes away takes back its own wait only: the batch is another task's.
        return await future

    async def drain(self) -> None:
        """Wait until nothing is under way."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        while self._waiting:
            await self._gather()
            batch, self._waiting = self._waiting[: self.MOST], self._waiting[self.MOST :]
            try:
                answers = await self._commit([item for item, _ in batch])
            except asyncio.CancelledError:
                # The database closes and waits no longer: nor does anybody here.
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
        """Let what has reached the process already join: it would wait for the next commit."""
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
                # A lock that is not to be had would be waited for once for each.
                return [error] * len(items)
        # One bad item must not fail its neighbours: each is tried again alone.
        return [(await self._commit([item]))[0] for item in items]
