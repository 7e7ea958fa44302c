"""The loop behind the scenes: runs the jobs that wiring hands it, each in its own time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic

import structlog

from bot.logs import Trouble, name_of, where
from bot.use_cases import Database

log = structlog.get_logger()

GRACE_S = 8.0
"""Seconds a stop waits for work under way."""
REST = 3
LULL_S, LULL_MOST_S = 0.01, 0.25
"""A job that is woken rests so many times as long as its run took, between these bounds. What is
committed meanwhile is done in one go, and people's clicks have most of the process."""
AFTER_FAILURE_S = 1.0


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do again and again.

    It runs at least once in each interval of real time, and judges by the database's clock what is
    due. A run is never started while another one of the same job is under way.
    """

    name: str
    every: timedelta
    run: Callable[[], Awaitable[object]]
    woken: bool = False
    """It also runs after each commit of this process."""


@dataclass(slots=True)
class Runs:
    """Figures of one job since the start of the process."""

    done: int = 0
    failed: int = 0
    last: float = field(default_factory=monotonic)
    """The moment at which it last came to its end well, or began; seconds that only grow."""


class Worker:
    """Runs jobs until it is stopped."""

    def __init__(
        self, database: Database, jobs: Sequence[Job], stopping: asyncio.Event | None = None
    ) -> None:
        """Start nothing yet.

        Args:
            database: Wakes those jobs that want to be.
            jobs: What to do.
            stopping: Is set by `stop`; a job that is given it too can end a long run early.
        """
        self._stopping = stopping or asyncio.Event()
        self._jobs = [(job, asyncio.Event()) for job in jobs]
        self._tasks: list[asyncio.Task[None]] = []
        self.runs = {job.name: Runs() for job in jobs}
        for job, waker in self._jobs:
            if job.woken:
                database.on_write(waker)

    async def run(self) -> None:
        """Run the jobs; return when the worker was stopped and nothing is under way."""
        async with asyncio.TaskGroup() as group:
            self._tasks = [
                group.create_task(self._repeat(job, waker), name=f"job {job.name}")
                for job, waker in self._jobs
            ]

    async def stop(self) -> None:
        """Start no more runs, and let those under way end within 8 s; then they are cancelled."""
        self._stopping.set()
        for _, waker in self._jobs:
            waker.set()
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=GRACE_S)
        for task in late:
            log.warning("worker.cancelled", job=task.get_name())
            task.cancel()

    async def _repeat(self, job: Job, waker: asyncio.Event) -> None:
        pause, runs = job.every.total_seconds(), self.runs[job.name]
        trouble = Trouble("job.failed", "job.works_again", level=logging.ERROR, job=job.name)
        while not self._stopping.is_set():
            waker.clear()
            began = monotonic()
            try:
                await job.run()
            except Exception as error:  # noqa: BLE001 - whatever fails is tried again
                runs.failed += 1
                trouble.came(name_of(error), where=where(error))
                await _set_within(self._stopping, max(pause, AFTER_FAILURE_S))
            else:
                runs.done += 1
                runs.last = monotonic()
                trouble.ended()
                took = monotonic() - began
                await _set_within(self._stopping, min(max(REST * took, LULL_S), LULL_MOST_S))
                if not self._stopping.is_set():
                    await _set_within(waker, pause)


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
