"""The background loop: runs the jobs from `wiring`, each at its own interval."""

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
"""Seconds that a stop waits for running jobs."""
REST = 3
LULL_S, LULL_MOST_S = 0.01, 0.25
"""Bounds of the pause after a run, which is `REST` times as long as the run. Commits during the
pause are handled in one run, which leaves most of the process's time for clicks."""
AFTER_FAILURE_S = 1.0


@dataclass(frozen=True, slots=True)
class Job:
    """A repeated task.

    It runs at least once per interval of real time, and decides by the database's clock what is
    due. Runs of the same job never overlap.
    """

    name: str
    every: timedelta
    run: Callable[[], Awaitable[object]]
    woken: bool = False
    """True if it also runs after each commit of this process."""


@dataclass(slots=True)
class Runs:
    """Counts of one job's runs since the process started."""

    done: int = 0
    failed: int = 0
    last: float = field(default_factory=monotonic)
    """Time of the last successful run, or of the start, on a monotonic clock in seconds."""


class Worker:
    """Runs jobs until it is stopped."""

    def __init__(
        self, database: Database, jobs: Sequence[Job], stopping: asyncio.Event | None = None
    ) -> None:
        """Start no job yet; `database` wakes the jobs with `woken` set.

        A job that has `stopping` too, which `stop` sets, can end a long run early.
        """
        self._stopping = stopping or asyncio.Event()
        self._jobs = [(job, asyncio.Event()) for job in jobs]
        self._tasks: list[asyncio.Task[None]] = []
        self.runs = {job.name: Runs() for job in jobs}
        for job, waker in self._jobs:
            if job.woken:
                database.on_write(waker)

    async def run(self) -> None:
        """Run the jobs; return when the worker was stopped and no job is running."""
        async with asyncio.TaskGroup() as group:
            self._tasks = [
                group.create_task(self._repeat(job, waker), name=f"job {job.name}")
                for job, waker in self._jobs
            ]

    async def stop(self) -> None:
        """Start no more runs; cancel running jobs that do not end within 8 s."""
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
        trouble = Trouble("job.failed", "job.works_again", logging.ERROR, about={"job": job.name})
        while not self._stopping.is_set():
            waker.clear()
            began = monotonic()
            try:
                await job.run()
            except Exception as error:  # noqa: BLE001 - whatever fails is tried again
                runs.failed += 1
                trouble.came(name_of(error), where=where(error))
                await set_within(self._stopping, max(pause, AFTER_FAILURE_S))
            else:
                runs.done += 1
                runs.last = monotonic()
                trouble.ended()
                took = monotonic() - began
                await set_within(self._stopping, min(max(REST * took, LULL_S), LULL_MOST_S))
                if not self._stopping.is_set():
                    await set_within(waker, pause)


async def set_within(event: asyncio.Event, seconds: float) -> bool:
    """Wait until an event is set, so many seconds at most; return whether it is."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()
