"""Connections to the web server: how long one may say nothing, and which one makes room."""

import asyncio
from typing import Any, ClassVar

import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

log = structlog.get_logger()

HEADER_BYTES = 64 * 1024
"""The most of a request's line and headers: Slack's are below 1 kB."""


class Connection(HttpToolsProtocol):
    """A connection that waits until a header has come whole, and again after each answer.

    While it waits it's closed if it takes too long, or if others need its place. `bounded` makes
    the class of one server.
    """

    most: ClassVar[int]
    header_s: ClassVar[float]
    waiting: ClassVar[dict["Connection", asyncio.TimerHandle]]
    """The server's connections that wait, the longest first."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._come = 0
        """Bytes since it began to wait."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Make room if there are too many, and begin to wait."""
        super().connection_made(transport)
        if len(self.connections) > self.most and self.waiting:
            next(iter(self.waiting)).end("crowded")
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read on, up to a bound while there's no whole header."""
        super().data_received(data)
        self._come += len(data)
        if self in self.waiting and self._come > HEADER_BYTES:
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
        self.waiting[self] = self.loop.call_later(self.header_s, self.end, "slow")

    def _wait_no_more(self) -> None:
        timer = self.waiting.pop(self, None)
        if timer is not None:
            timer.cancel()


def bounded(most: int, header_s: float) -> type[Connection]:
    """Return the protocol of one server.

    A connection without a whole header is closed after `header_s` seconds, at its start as after an
    answer. If there are more than `most` connections, the one that has waited longest is closed;
    those with a running request stay.
    """
    return type("Bounded", (Connection,), {"most": most, "header_s": header_s, "waiting": {}})
