import asyncio
from collections.abc import AsyncIterator
from contextlib import contextmanager
from typing import Any

QUEUE_LENGTH = 10_000


class Listener:
    """One open page: who looks, in which window, and what it has not been told yet."""

    def __init__(self, user: str, window: str) -> None:
        self.user = user
        self.window = window
        self._queue: asyncio.Queue[tuple[str, Any] | None] = asyncio.Queue(QUEUE_LENGTH)

    def tell(self, event: str, data: Any) -> None:
        """Queue one event; a listener that fell too far behind is told to fetch the state."""
        if self._queue.full():
            while not self._queue.empty():
                self._queue.get_nowait()
            self._queue.put_nowait(("state", {}))
        self._queue.put_nowait((event, data))

    def end(self) -> None:
        """Close the stream after what is queued."""
        if not self._queue.full():
            self._queue.put_nowait(None)

    async def events(self) -> AsyncIterator[tuple[str, Any]]:
        """The events as they come."""
        while (event := await self._queue.get()) is not None:
            yield event


class Stream:
    """Tells open pages what changed; costs nothing when nobody looks."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()

    @contextmanager
    def listening(self, user: str, window: str):
        """A listener for as long as the page is open."""
        listener = Listener(user, window)
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def watchers(self) -> set[str]:
        """The people with an open page."""
        return {listener.user for listener in self._listeners}

    def tell(self, event: str, data: Any, *, to: str = "", window: str | None = None) -> None:
        """Tell everybody, or one person, or one window of one person."""
        for listener in self._listeners:
            if to and listener.user != to:
                continue
            if window is not None and listener.window != window:
                continue
            listener.tell(event, data)

    def end(self) -> None:
        """Close every stream: the local Slack stops."""
        for listener in self._listeners:
            listener.end()
