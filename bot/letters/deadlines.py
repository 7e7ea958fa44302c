"""Deadlines: the default for a new letter, the meaning of a typed one, and the real end.

The *soft* deadline is shown on the card. At the *hard* one the letter closes. Both are stored in
UTC, so that later changes of a zone's offset do not move them.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

AHEAD = timedelta(days=14)
HOUR = time(17)
_DAY = timedelta(days=1)
_LAST_PLACE = timezone(timedelta(hours=-12))
"""The time zone in which each day ends last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grace:
    """Extra time after the soft deadline; none by default."""

    minutes: int = 0
    """Extra minutes, at least 0."""
    anywhere: bool = False
    """True if the minutes count from the end of the deadline's day anywhere on Earth."""


@lru_cache(maxsize=1024)
def zone_of(tz: str) -> ZoneInfo:
    """Return the zone of an IANA name such as "Europe/Berlin"; UTC for an unknown name."""
    try:
        return ZoneInfo(tz)
    except (KeyError, ValueError, OSError):  # unknown; empty; a folder of names
        return ZoneInfo("UTC")


def suggested_deadline(now: datetime, tz: str) -> datetime:
    """Return 17:00 of the day two weeks after an aware instant, in a zone; the result is in UTC.

    An unknown zone counts as UTC.
    """
    day = now.astimezone(zone_of(tz)).date() + AHEAD
    return at_wall_clock(datetime.combine(day, HOUR), tz)


def at_wall_clock(wall: datetime, tz: str) -> datetime:
    """Return the time, in UTC, of a date and time typed in a zone.

    A time that occurs twice, when clocks are set back, is the first of the two. A skipped time,
    when clocks are set forward, moves on by the length of the gap: 02:30 becomes 03:30 if 02:00
    became 03:00. An unknown zone counts as UTC.

    `wall`: the time on a wall clock, naive. Its `fold` is ignored.
    """
    return wall.replace(tzinfo=zone_of(tz), fold=0).astimezone(UTC)


def hard_deadline(deadline: datetime, tz: str, grace: Grace) -> datetime:
    """Return when a letter with an aware soft deadline closes, in UTC; never before that deadline.

    With `grace.anywhere` the minutes count from the end of the deadline's day anywhere on Earth,
    where that day is the deadline's date in `tz`. An unknown zone counts as UTC.
    """
    ended = deadline.astimezone(UTC)
    if grace.anywhere:
        day = deadline.astimezone(zone_of(tz)).date()
        ended = datetime.combine(day + _DAY, time(), _LAST_PLACE).astimezone(UTC)
    return max(deadline.astimezone(UTC), ended + timedelta(minutes=grace.minutes))
