"""Connections to the web server: how long one may say nothing, and which one makes room."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, ClassVar

import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

log = structlog.get_logger()

HEADER_BYTES = 64 * 1024
"""The most of a request's line and headers: Slack's are below 1 kB."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of one server, and the connections that wait there, the longest first."""

    most: int
    """Connections at once."""
    header_s: float
    """Seconds for the line and headers of a request to come whole."""
    waiting: dict["Connection", asyncio.TimerHandle] = field(default_factory=dict)


class Connection(HttpToolsProtocol):
    """A connection that waits until a header has come whole, and again after each answer.

    While it waits it's closed if it takes too long, or if others need its place.
    """

    bounds: ClassVar[Bounds]

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._come = 0
        """Bytes since it began to wait."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Make room if there are too many, and begin to wait."""
        super().connection_made(transport)
        if len(self.connections) > self.bounds.most and self.bounds.waiting:
            next(iter(self.bounds.waiting)).end("crowded")
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read on, up to a bound while there's no whole header."""
        super().data_received(data)
        self._come += len(data)
        if self in self.bounds.waiting and self._come > HEADER_BYTES:
            self.end("long")

    def on_headers_complete(self) -> None:
        """Wait no more: from here on the app decides how long it takes."""
        self._wait_no_more()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request, if none has come already."""
        super().on_response_complete()
        if not self.pipeline and not self.transport.is_closing():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._wait_no_more()
        super().connection_lost(exc)

    def end(self, reason: str) -> None:
        """Close the connection now, and not after what the other side may never read."""
        log.info("web.closed", reason=reason)
        self._wait_no_more()
        self.connections.discard(self)
        self.transport.abort()

    def _wait(self) -> None:
        self._wait_no_more()
        self._come = 0
        timer = self.loop.call_later(self.bounds.header_s, self.end, "slow")
        self.bounds.waiting[self] = timer

    def _wait_no_more(self) -> None:
        timer = self.bounds.waiting.pop(self, None)
        if timer is not None:
            timer.cancel()


def bounded(most: int, header_s: float) -> type[Connection]:
    """Return the protocol of one server.

    A connection without a whole header is closed after a time, at its start as after an answer.
    Where there are too many, the one that has waited longest is closed. Those under way stay.

    Args:
        most: Connections at once.
        header_s: Seconds for the line and headers of a request to come whole.
    """

    class Here(Connection):
        bounds = Bounds(most, header_s)

    return Here
