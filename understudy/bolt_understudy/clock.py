import asyncio
import contextlib
import time
from datetime import UTC, datetime


class Clock:
    """The local Slack's time: the machine's, shifted by an offset that anyone may move."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._moved = asyncio.Event()

    @property
    def offset(self) -> float:
        """Seconds by which this clock is ahead of the machine's."""
        return self._offset

    def now(self) -> float:
        """Unix seconds."""
        return time.time() + self._offset

    def moment(self) -> datetime:
        """The present as an aware UTC time."""
        return datetime.fromtimestamp(self.now(), UTC)

    def iso(self) -> str:
        """The present as the local Slack's own doors write it."""
        return self.moment().isoformat(timespec="microseconds")

    def advance(self, seconds: float) -> None:
        """Move the clock by so many seconds, forwards or backwards."""
        self._shift(self._offset + seconds)

    def set(self, moment: datetime) -> None:
        """Make it this moment; a moment without a zone is taken as UTC."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        self._shift(aware.timestamp() - time.time())

    def follow_machine(self) -> None:
        """Drop the offset."""
        self._shift(0.0)

    async def sleep_until(self, unix: float) -> None:
        """Return when this clock has reached the given Unix seconds, however it got there."""
        while (left := unix - self.now()) > 0:
            moved = self._moved
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await moved.wait()

    def _shift(self, offset: float) -> None:
        self._offset = offset
        self._moved.set()
        self._moved = asyncio.Event()
