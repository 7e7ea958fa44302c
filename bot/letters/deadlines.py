"""Deadlines: which one a new letter is offered, what a typed one means, when it truly ends.

The *soft* deadline is what the card says. At the *hard* one the letter closes. Both are instants
in UTC, so that no change of a zone's offset moves them once they are set.
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
    """Extra time after the soft deadline; empty for none."""

    minutes: int = 0
    """Minutes more, from 0."""
    anywhere: bool = False
    """Whether the minutes count from the end of that day anywhere on Earth."""


@lru_cache(maxsize=1024)
def zone_of(tz: str) -> ZoneInfo:
    """The zone of an IANA name such as "Europe/Berlin". An unknown one counts as UTC."""
    try:
        return ZoneInfo(tz)
    except (KeyError, ValueError, OSError):  # unknown; no name at all; a folder of names
        return ZoneInfo("UTC")


def suggested_deadline(now: datetime, tz: str) -> datetime:
    """Two weeks from an aware instant, at 17:00 of a zone; in UTC.

    An unknown zone counts as UTC.
    """
    day = now.astimezone(zone_of(tz)).date() + AHEAD
    return at_wall_clock(datetime.combine(day, HOUR), tz)


def at_wall_clock(wall: datetime, tz: str) -> datetime:
    """The one instant, in UTC, that a date and time typed in a zone means.

    A time that comes twice, as when clocks are set back, is the first of the two. One that is
    left out, as when clocks are set forward, is as far behind the change as it was typed: 02:30
    is 03:30 where 02:00 became 03:00. An unknown zone counts as UTC.

    Args:
        wall: Naive: what the clock on the wall shows. Its `fold` is not looked at.
        tz: The zone of the wall.
    """
    return wall.replace(tzinfo=zone_of(tz), fold=0).astimezone(UTC)


def hard_deadline(deadline: datetime, tz: str, grace: Grace) -> datetime:
    """Return when a letter with an aware soft deadline truly closes, in UTC; never before that.

    With `grace.anywhere` the minutes count from the end of the deadline's day anywhere on Earth.
    The calendar of `tz` says which day that is; an unknown zone counts as UTC.
    """
    ended = deadline.astimezone(UTC)
    if grace.anywhere:
        day = deadline.astimezone(zone_of(tz)).date()
        ended = datetime.combine(day + _DAY, time(), _LAST_PLACE).astimezone(UTC)
    return max(deadline.astimezone(UTC), ended + timedelta(minutes=grace.minutes))
