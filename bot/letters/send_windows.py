"""Hours for reminders: 9:00 to 18:00 in the reader's own zone, on weekdays.

Weekdays are Monday to Friday everywhere. Some countries rest on other days, but neither a zone nor
Slack reveals which; a reminder a day later does no harm.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.letters.deadlines import zone_of

OPENS = time(9)
CLOSES = time(18)
REMINDER_DAYS = (7, 3, 1)
"""Days of 24 hours between a reminder and the deadline."""
_FRIDAY = 4
_HOUR = timedelta(hours=1)
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNow:
    """Returned for a queued message that must wait until its reader's window opens."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One planned reminder of a letter, some days of 24 hours before its deadline."""

    days: int
    due: datetime
    """Its time in UTC."""

    @property
    def name(self) -> str:
        """Return the step's name, unique among the steps of one deadline: "d7"."""
        return f"d{self.days}"


def reminder_steps(deadline: datetime, days: Iterable[int] = REMINDER_DAYS) -> list[Step]:
    """Return the steps before an aware deadline, the earliest first."""
    return [
        Step(days=count, due=deadline.astimezone(UTC) - timedelta(days=count))
        for count in sorted(set(days), reverse=True)
    ]


def step_name(step: Step, deadline: datetime) -> str:
    """Return a step's name with its deadline, so that it changes when the deadline moves."""
    return f"{step.name}@{int(deadline.timestamp())}"


def due_for_person(
    step: Step, steps: Sequence[Step], deadline: datetime, tz: str
) -> datetime | None:
    """Return when a step is due for a person in a zone, in UTC.

    None if their window opens at or after the deadline, or on a local day on which a later step is
    due for them too: after a weekend nobody gets two reminders in one morning.
    """
    moment = next_window(step.due, tz)
    if moment >= deadline:
        return None
    later = (other for other in steps if other.due > step.due)
    following = (due_for_person(other, steps, deadline, tz) for other in later)
    first = min((other for other in following if other is not None), default=None)
    if first is not None and _day(first, tz) <= _day(moment, tz):
        return None
    return moment


def in_window(moment: datetime, tz: str) -> bool:
    """Return whether an aware time is in the window of a zone. An unknown zone counts as UTC."""
    local = moment.astimezone(zone_of(tz))
    return local.weekday() <= _FRIDAY and OPENS <= local.time() < CLOSES


def is_same_day(one: datetime, other: datetime, tz: str) -> bool:
    """Return whether two aware times are on one day in a zone. An unknown zone counts as UTC."""
    return _day(one, tz) == _day(other, tz)


def day_of(moment: datetime, tz: str) -> date:
    """Return the day of an aware time in a zone."""
    return moment.astimezone(zone_of(tz)).date()


def day_start(moment: datetime, tz: str) -> datetime:
    """Return the start of the day of an aware time in a zone, in UTC."""
    zone = zone_of(tz)
    return datetime.combine(day_of(moment, tz), time.min, zone).astimezone(UTC)


def morning(day: date, tz: str) -> datetime:
    """Return when the window of a day opens in a zone, in UTC, as if it were a weekday."""
    return datetime.combine(day, OPENS, zone_of(tz)).astimezone(UTC)


def next_window(moment: datetime, tz: str) -> datetime:
    """Return the first time in a zone's window at or after an aware one, in UTC.

    Correct across any change of a zone's offset, from a minute to a day. An unknown zone counts as
    UTC.
    """
    zone = zone_of(tz)
    at = moment.astimezone(UTC)
    while not in_window(at, tz):
        opening = at + _wait(at.astimezone(zone))
        # Local time is continuous until the offset changes; from there it is computed again.
        at = _first_change(at, opening, zone) or opening
    return at


def _wait(local: datetime) -> timedelta:
    wall = local.replace(tzinfo=None)
    opening = datetime.combine(wall, OPENS)
    while opening < wall or opening.weekday() > _FRIDAY:
        opening += timedelta(days=1)
    return opening - wall


def _first_change(after: datetime, until: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first time after `after`, at most `until`, at which the UTC offset changes."""
    offset = _offset(after, zone)
    low = after
    while low < until:
        high = min(low + _HOUR, until)
        if _offset(high, zone) != offset:
            return _bisect(low, high, zone)
        low = high
    return None


def _bisect(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    offset = _offset(low, zone)
    while high - low > _INSTANT:
        middle = low + (high - low) / 2
        if _offset(middle, zone) == offset:
            low = middle
        else:
            high = middle
    return high


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()


def _day(moment: datetime, tz: str) -> int:
    return moment.astimezone(zone_of(tz)).toordinal()
