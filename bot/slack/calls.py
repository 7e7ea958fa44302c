"""Calls to Slack, counted by method and by how they ended."""

from collections import Counter
from time import monotonic
from types import SimpleNamespace
from typing import Any

import aiohttp

NO_ANSWER = "none"
"""The status of a call that Slack did not answer."""


class Calls:
    """Figures of all calls of one process."""

    def __init__(self) -> None:
        """Begin with none."""
        self.ended: Counter[tuple[str, str]] = Counter()
        """By method and status of HTTP."""
        self.seconds: Counter[str] = Counter()
        """All seconds together, by method."""

    def trace(self) -> aiohttp.TraceConfig:
        """Return what counts the calls of a session."""
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._begin)
        trace.on_request_end.append(self._answered)
        trace.on_request_exception.append(self._unanswered)
        return trace

    async def _begin(self, _: Any, about: SimpleNamespace, __: Any) -> None:
        about.began = monotonic()

    async def _answered(
        self, _: Any, about: SimpleNamespace, end: aiohttp.TraceRequestEndParams
    ) -> None:
        self._count(about, end.url.path, str(end.response.status))

    async def _unanswered(
        self, _: Any, about: SimpleNamespace, end: aiohttp.TraceRequestExceptionParams
    ) -> None:
        self._count(about, end.url.path, NO_ANSWER)

    def _count(self, about: SimpleNamespace, path: str, status: str) -> None:
        _, called, method = path.rpartition("/api/")
        # The address of an answer to a click is another for each.
        name = method if called else "response_url"
        self.ended[name, status] += 1
        self.seconds[name] += monotonic() - about.began
