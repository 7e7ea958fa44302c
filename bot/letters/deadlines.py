"""The deadline that a new letter is offered."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

AHEAD = timedelta(days=14)
HOUR = time(17)


def suggested_deadline(now: datetime, tz: str) -> datetime:
    """Two weeks from an aware instant, at 17:00 of a zone; in UTC.

    An unknown zone counts as UTC.
    """
    try:
        zone = ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    day = now.astimezone(zone).date() + AHEAD
    return datetime.combine(day, HOUR, zone).astimezone(UTC)
