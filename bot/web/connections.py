"""Connections to the web server, with limits on idle time, header size and number."""

import asyncio
import logging
from collections import defaultdict
from functools import partial
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.logs import Trouble

HEADER_BYTES = 64 * 1024
"""The most bytes of a request's line and headers; Slack's are below 1 kB."""


class Connection(HttpToolsProtocol):
    """A connection that is waiting until a request is complete.

    It is closed if the headers take too long, or if a new connection needs its place. The app
    limits the time of a body. `bounded` makes a subclass for each server.
    """

    most: ClassVar[int]
    header_s: ClassVar[float]
    waiting: ClassVar[dict["Connection", asyncio.TimerHandle]]
    """The server's waiting connections, the longest waiting first, with their time for headers."""
    closed: ClassVar[defaultdict[str, Trouble]]
    """The log of connections that were closed, by reason."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._come = 0
        """Bytes received since the connection began to wait."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """If there are too many, close the longest waiting connection, or answer this one 503."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            if self.waiting:
                next(iter(self.waiting)).end("crowded")
            else:
                # Not a limit for all: uvicorn also counts requests whose connection was closed.
                self.limit_concurrency = 0
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Handle received data; close the connection if the headers are too long."""
        super().data_received(data)
        self._come += len(data)
        timer = self.waiting.get(self)
        if timer is not None and not timer.cancelled() and self._come > HEADER_BYTES:
            self.end("long")

    def on_headers_complete(self) -> None:
        """Stop the time for headers. Until its body is complete, the request may make room."""
        timer = self.waiting.get(self)
        if timer is not None:
            timer.cancel()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Stop waiting: a whole request never makes room."""
        self._wait_no_more()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request, unless it has been received already."""
        super().on_response_complete()
        if not self.pipeline and not self.transport.is_closing():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._wait_no_more()
        super().connection_lost(exc)

    def end(self, reason: str) -> None:
        """Close the connection immediately, without sending remaining data."""
        self.closed[reason].came(reason)
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
    """Return the protocol class of one server.

    A connection without complete headers is closed after `header_s` seconds, when new and after
    each response. If there are more than `most` connections, the one that has waited longest for a
    request's end is closed; those with a whole request stay.
    """
    closed = partial(Trouble, "web.closed", "web.open", level=logging.INFO)
    parts: dict[str, Any] = {"waiting": {}, "closed": defaultdict[str, Trouble](closed)}
    return type("Bounded", (Connection,), {"most": most, "header_s": header_s, **parts})
