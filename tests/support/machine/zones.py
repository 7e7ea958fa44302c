"""Every zone with its changes of offset in two years, looked for once a run."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    """Return how far a zone's clocks are ahead of UTC at an aware instant."""
    ahead = moment.astimezone(zone).utcoffset()
    assert ahead is not None
    return ahead


@cache
def zones_and_changes() -> dict[str, tuple[datetime, ...]]:
    """Each zone's name, with the first whole second of every new offset from START to END."""
    return {name: tuple(_changes(ZoneInfo(name))) for name in sorted(available_timezones())}


def _changes(zone: ZoneInfo) -> Iterator[datetime]:
    day = START
    while day < END:
        if offset(day, zone) != offset(day + DAY, zone):
            low, high = 0, 86_400
            while high - low > 1:
                middle = (low + high) // 2
                same = offset(day + middle * SECOND, zone) == offset(day, zone)
                low, high = (middle, high) if same else (low, middle)
            yield day + high * SECOND
        day += DAY
