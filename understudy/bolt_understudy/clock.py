import asyncio
import contextlib
import time
from datetime import UTC, datetime


class Clock:
    """The local Slack's time: the machine's, shifted by an adjustable offset."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._moved = asyncio.Event()

    @property
    def offset(self) -> float:
        """The seconds by which this clock is ahead of the machine's."""
        return self._offset

    def now(self) -> float:
        """Return the time in Unix seconds."""
        return time.time() + self._offset

    def moment(self) -> datetime:
        """Return the time as an aware datetime in UTC."""
        return datetime.fromtimestamp(self.now(), UTC)

    def iso(self) -> str:
        """Return the time in ISO 8601, as in the local Slack's own endpoints."""
        return self.moment().isoformat(timespec="microseconds")

    def advance(self, seconds: float) -> None:
        """Move the clock forwards, or backwards by a negative number of seconds."""
        self._shift(self._offset + seconds)

    def set(self, moment: datetime) -> None:
        """Set the time; a time without a zone is taken as UTC."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        self._shift(aware.timestamp() - time.time())

    def follow_machine(self) -> None:
        """Reset the offset to 0."""
        self._shift(0.0)

    async def sleep_until(self, unix: float) -> None:
        """Return when this clock reaches the given Unix seconds, by waiting or by being moved."""
        while (left := unix - self.now()) > 0:
            moved = self._moved
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await moved.wait()

    def _shift(self, offset: float) -> None:
        self._offset = offset
        self._moved.set()
        self._moved = asyncio.Event()
