"""Health of a process: whether its work makes progress, and the figures for that."""

import asyncio
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from bot import __version__
from bot.logs import name_of
from bot.slack.bot import Calls
from bot.slack.receiver import Receiver
from bot.slack.socket import Socket
from bot.use_cases import Database
from bot.use_cases.upkeep import Backlog, census, probe
from bot.web.figures import Figure, counter, gauge
from bot.worker import Worker

PROBE_EVERY_S = 10.0
"""Seconds between two test writes to the database."""
ANSWER_S = 3.0
"""Seconds within which the database has to answer."""
STILL_S = 60.0
"""Seconds without any successful job after which a worker counts as stuck."""
LAG_EVERY_S = 0.5


@dataclass(slots=True)
class Health:
    """The health of one process, available before its database and Slack are."""

    process: str
    """The command that started the process."""
    file: Path | None = None
    """The SQLite file, if the database is one."""
    database: Database | None = None
    worker: Worker | None = None
    socket: Socket | None = None
    receiver: Receiver | None = None
    calls: Calls | None = None
    probe_s: float = 0.0
    """Duration of the last test write, in seconds."""
    lag_s: float = 0.0
    """The longest time, in seconds, that the event loop was blocked in the last minute."""
    _probed_at: float = field(default=-PROBE_EVERY_S)
    _trouble: str = ""
    _backlog: Backlog | None = None
    """Notices waiting at the last test write."""
    _lags: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])

    def check(self, database: Database, calls: Calls, worker: Worker | None) -> None:
        """Check these parts from now on; with a database the process can be ready."""
        self.worker, self.calls, self.database = worker, calls, database

    async def ready(self) -> tuple[bool, dict[str, Any]]:
        """Return whether database and worker make progress, and the figures for that."""
        if self.database is None:
            return False, {"slack": "not reached yet"}
        facts: dict[str, Any] = {"database": "ok"}
        trouble = await self._database_trouble(self.database)
        if trouble:
            facts["database"] = trouble
        elif self._backlog is not None:
            facts["notices_due"] = self._backlog.due
            facts["oldest_due_seconds"] = round(_waits(self._backlog).total_seconds())
        # A single job may send reminders for many minutes while the others run.
        ages = [monotonic() - one.last for one in self.worker.runs.values()] if self.worker else []
        still = min(ages, default=0.0)
        if self.worker is not None:
            facts["worker_seconds"] = round(still, 1)
        if self.socket is not None:
            facts["connections"] = self.socket.connections
        if self.receiver is not None and self.receiver.refused:
            facts["refused"] = dict(self.receiver.refused)
        deaf = self.socket is not None and self.socket.connections == 0
        return not trouble and still < STILL_S and not deaf, facts

    async def _database_trouble(self, database: Database) -> str:
        """Return why the database accepts no writes, else ""; test it every ten seconds at most."""
        if monotonic() - self._probed_at >= PROBE_EVERY_S:
            self._probed_at = began = monotonic()
            try:
                async with asyncio.timeout(ANSWER_S):
                    self._backlog = await probe(database)
            except Exception as error:  # noqa: BLE001 - after any error no work gets done
                self._trouble = name_of(error)
            else:
                self._trouble = ""
            self.probe_s = monotonic() - began
        return self._trouble

    async def watch_loop(self) -> None:
        """Measure how long the event loop is blocked, until cancelled."""
        while True:
            began = monotonic()
            await asyncio.sleep(LAG_EVERY_S)
            now = monotonic()
            self._lags.append((now, max(0.0, now - began - LAG_EVERY_S)))
            self._lags = [one for one in self._lags if now - one[0] < 60]
            self.lag_s = max(lag for _, lag in self._lags)

    async def figures(self) -> list[Figure]:
        """Return the figures of this process and of its database."""
        is_ready, _ = await self.ready()
        found = [
            gauge("build_info", "Always 1", 1, version=__version__, process=self.process),
            gauge("ready", "1 if this process can work", is_ready),
            gauge("loop_lag_seconds", "The longest the event loop was held in a minute", self.lag_s),
            gauge("database_probe_seconds", "How long the last write took", self.probe_s),
            gauge("database_up", "1 if the database saves writes", self.database is not None and not self._trouble),
        ]  # fmt: skip
        found += _of_file(self.file)
        if self.database is not None and not self._trouble:
            if self._backlog is not None:
                found += _of_backlog(self._backlog)
            with suppress(Exception):
                async with asyncio.timeout(ANSWER_S):
                    found += _of_letters(await census(self.database))
        found += [*self._of_slack(), *self._of_worker()]
        return found

    def _of_slack(self) -> Iterator[Figure]:
        if self.calls is not None:
            for (name, status), count in sorted(self.calls.ended.items()):
                yield counter("slack_calls_total", "Calls", count, method=name, status=status)
            for name, seconds in sorted(self.calls.seconds.items()):
                yield counter("slack_call_seconds_total", "Seconds in calls", seconds, method=name)
            for status, count in sorted(self.calls.mails.items()):
                yield counter("mails_total", "Mails given to the server", count, status=status)
            if seconds := self.calls.mail_seconds:
                yield counter("mail_seconds_total", "Seconds spent sending mail", seconds)
        if self.receiver is not None:
            for status, count in sorted(self.receiver.answered.items()):
                yield counter("requests_total", "Slack's requests", count, status=str(status))
            for why, count in sorted(self.receiver.refused.items()):
                yield gauge("requests_refused", "Since the last valid one", count, reason=why)
        if self.socket is not None:
            yield gauge("socket_connections", "Open connections to Slack", self.socket.connections)

    def _of_worker(self) -> Iterator[Figure]:
        for job, runs in (self.worker.runs if self.worker else {}).items():
            yield counter("job_runs_total", "Runs of a job that ended well", runs.done, job=job)
            yield counter("job_failures_total", "Runs of a job that failed", runs.failed, job=job)
            age = monotonic() - runs.last
            yield gauge("job_age_seconds", "Seconds since it last ended well", age, job=job)


def _waits(found: Backlog) -> timedelta:
    return found.now - found.oldest_due if found.oldest_due else timedelta(0)


def _of_file(file: Path | None) -> Iterator[Figure]:
    if file is None:
        return
    with suppress(OSError):
        yield gauge("database_bytes", "Size of the SQLite file", file.stat().st_size)
        yield gauge("disk_free_bytes", "Free on its disk", shutil.disk_usage(file.parent).free)


def _of_backlog(found: Backlog) -> Iterator[Figure]:
    yield gauge("notices_due", "Messages that could go now", found.due)
    yield gauge("notices_later", "Messages whose time is still to come", found.later)
    yield gauge("notices_in_doubt", "Messages that may have been sent", found.in_doubt)
    yield gauge("oldest_notice_seconds", "How long the oldest waits", _waits(found).total_seconds())
    yield gauge("notices_given_up", "Given up in the last day", sum(found.given_up.values()))


def _of_letters(found: Mapping[str, tuple[int, int]]) -> Iterator[Figure]:
    for phase, (count, _) in sorted(found.items()):
        yield gauge("letters", "Letters", count, phase=phase)
    listed = sum(listed for _, listed in found.values())
    yield gauge("signatories", "Organisations and people on the lists", listed)
