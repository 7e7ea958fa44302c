"""Hours for reminders: 9:00 to 18:00 in the reader's own zone, on weekdays.

Weekdays are Monday to Friday everywhere. Some countries rest on other days, but neither a zone nor
Slack reveals which; a reminder a day later does no harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.letters.deadlines import at_wall_clock, zone_of

OPENS = time(9)
CLOSES = time(18)
REMINDER_DAYS = (7, 3, 1)
"""Days of 24 hours between a reminder and the deadline, the earliest first."""
_FRIDAY = 4


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


def reminder_steps(deadline: datetime) -> list[Step]:
    """Return the steps before an aware deadline, the earliest first."""
    ends = deadline.astimezone(UTC)
    return [Step(days=count, due=ends - timedelta(days=count)) for count in REMINDER_DAYS]


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
    if first is not None and day_of(first, tz) <= day_of(moment, tz):
        return None
    return moment


def in_window(moment: datetime, tz: str) -> bool:
    """Return whether an aware time is in the window of a zone. An unknown zone counts as UTC."""
    local = moment.astimezone(zone_of(tz))
    return local.weekday() <= _FRIDAY and OPENS <= local.time() < CLOSES


def day_of(moment: datetime, tz: str) -> date:
    """Return the day of an aware time in a zone."""
    return moment.astimezone(zone_of(tz)).date()


def day_start(moment: datetime, tz: str) -> datetime:
    """Return the start of the day of an aware time in a zone, in UTC."""
    return datetime.combine(day_of(moment, tz), time.min, zone_of(tz)).astimezone(UTC)


def morning(day: date, tz: str) -> datetime:
    """Return when the window of a day opens in a zone, in UTC, as if it were a weekday."""
    return datetime.combine(day, OPENS, zone_of(tz)).astimezone(UTC)


def next_window(moment: datetime, tz: str) -> datetime:
    """Return the first time in a zone's window at or after an aware one, in UTC.

    Correct across any change of a zone's offset. An unknown zone counts as UTC.
    """
    zone = zone_of(tz)
    at = moment.astimezone(UTC)
    while not in_window(at, tz):
        wall = at.astimezone(zone).replace(tzinfo=None)
        opening = datetime.combine(wall, OPENS)
        while opening < wall or opening.weekday() > _FRIDAY:
            opening += timedelta(days=1)
        opens = at_wall_clock(opening, tz)
        # When clocks are set back, an hour comes twice: the window can then open in the second.
        at = opens if opens > at else at + (opening - wall)
    return at
