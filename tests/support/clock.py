from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 3, 10, tzinfo=UTC)
"""A Tuesday morning."""


class Clock:
    """A clock that keeps its time until a test moves it."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start

    def now(self) -> datetime:
        """The present instant."""
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """Move on, and return the new instant."""
        return self.set(self._now + by)

    def set(self, moment: datetime) -> datetime:
        """Move to an instant."""
        self._now = moment
        return moment
