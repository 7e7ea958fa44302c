import asyncio
from collections.abc import AsyncIterator
from contextlib import contextmanager
from typing import Any

QUEUE_LENGTH = 10_000


class Listener:
    """An open page: its user, its window, and the events not sent to it yet."""

    def __init__(self, user: str, window: str) -> None:
        self.user = user
        self.window = window
        self._queue: asyncio.Queue[tuple[str, Any] | None] = asyncio.Queue(QUEUE_LENGTH)

    def tell(self, event: str, data: Any) -> None:
        """Queue an event; a listener that is too far behind is told to fetch the state instead."""
        if self._queue.full():
            while not self._queue.empty():
                self._queue.get_nowait()
            self._queue.put_nowait(("state", {}))
        self._queue.put_nowait((event, data))

    def end(self) -> None:
        """Close the stream after the queued events."""
        if not self._queue.full():
            self._queue.put_nowait(None)

    async def events(self) -> AsyncIterator[tuple[str, Any]]:
        """Yield the events as they are queued."""
        while (event := await self._queue.get()) is not None:
            yield event


class Stream:
    """Sends changes to open pages; without any it costs nothing."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()

    @contextmanager
    def listening(self, user: str, window: str):
        """Yield a listener for as long as the page is open."""
        listener = Listener(user, window)
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def watchers(self) -> set[str]:
        """Return the people with an open page."""
        return {listener.user for listener in self._listeners}

    def tell(self, event: str, data: Any, *, to: str = "", window: str | None = None) -> None:
        """Send an event to everybody, to one person, or to one window of one person."""
        for listener in self._listeners:
            if to and listener.user != to:
                continue
            if window is not None and listener.window != window:
                continue
            listener.tell(event, data)

    def end(self) -> None:
        """Close every stream, when the local Slack stops."""
        for listener in self._listeners:
            listener.end()
