"""Deadlines: the one offered to a new letter, the meaning of a typed one, and its end."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.deadlines import (
    Grace,
    at_wall_clock,
    hard_deadline,
    suggested_deadline,
)
from tests.support.machine.zones import DAY, END, SECOND, START, offset, zones_and_changes

ZONES = ["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Auckland", "Asia/Kathmandu"]
AROUND = [
    timedelta(hours=-3), timedelta(hours=-1, seconds=-1), timedelta(hours=-1),
    timedelta(minutes=-30), -SECOND, timedelta(0), SECOND, timedelta(minutes=29, seconds=59),
    timedelta(minutes=30), timedelta(minutes=59, seconds=59), timedelta(hours=1),
    timedelta(hours=1, seconds=1), timedelta(hours=3),
]  # fmt: skip

moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(  # noqa: DTZ001 - made UTC here
    lambda naive: naive.replace(tzinfo=UTC)
)
zones = st.deferred(lambda: st.sampled_from(sorted(zones_and_changes())))
graces = st.builds(Grace, minutes=st.integers(0, 10_000), anywhere=st.booleans())


@cache
def _different_zones() -> dict[str, tuple[datetime, ...]]:
    """One name for all zones whose clocks show the same in 2026 and 2027, with its changes."""
    found: dict[tuple[object, ...], str] = {}
    for name, changes in zones_and_changes().items():
        offsets = tuple(offset(moment, ZoneInfo(name)) for moment in (START, *changes))
        found.setdefault((changes, offsets), name)
    return {name: zones_and_changes()[name] for name in found.values()}


def _changes() -> Iterator[tuple[str, datetime, timedelta, timedelta]]:
    """Every change: the zone, the first second of the new offset, the offsets before and after."""
    for name, changes in zones_and_changes().items():
        zone = ZoneInfo(name)
        for change in changes:
            yield name, change, offset(change - SECOND, zone), offset(change, zone)


def _shown(moment: datetime, name: str) -> datetime:
    """Return what the clock on the wall shows at an instant."""
    return moment.astimezone(ZoneInfo(name)).replace(tzinfo=None, fold=0)


@given(moments, st.sampled_from(ZONES))
def test_two_weeks(now: datetime, tz: str) -> None:
    """It is at 17:00 of the organiser's own day two weeks ahead, through every change of clocks."""
    local = suggested_deadline(now, tz).astimezone(ZoneInfo(tz))

    assert (local.hour, local.minute) == (17, 0)
    assert local.date() == now.astimezone(ZoneInfo(tz)).date() + timedelta(days=14)


def test_two_weeks_around_every_change() -> None:
    """A change of clocks on the day itself or on the suggested one: ahead, and at 17:00 there."""
    for name, change, _, _ in _changes():
        for around in AROUND:
            for now in (change + around, change + around - 14 * DAY):
                suggested = suggested_deadline(now, name)
                assert suggested > now + 13 * DAY
                assert _shown(suggested, name).time() == time(17), f"{name}, {now}"


@pytest.mark.parametrize("tz", ["", "Nowhere/Land", "../etc", "UTC\0", "America"])
def test_unknown_zone(tz: str) -> None:
    """A zone that nobody knows counts as UTC."""
    suggested = suggested_deadline(datetime(2026, 3, 3, 10, tzinfo=UTC), tz)
    assert suggested == datetime(2026, 3, 17, 17, tzinfo=UTC)


def test_typed_around_every_change() -> None:
    """In every zone, around each change in 2026 and 2027, a typed time is one instant, and first.

    Where the wall shows it twice it is the first time; where never, as far behind the change.
    """
    twice = never = 0
    for name, change, before, after in _changes():
        for wall in {(change + before + around).replace(tzinfo=None) for around in AROUND}:
            as_utc = wall.replace(tzinfo=UTC)
            when_shown = [
                as_utc - ahead
                for ahead in (before, after)
                if offset(as_utc - ahead, ZoneInfo(name)) == ahead
            ]
            twice += len(when_shown) == 2
            never += not when_shown

            meant = at_wall_clock(wall, name)

            assert meant == min(when_shown, default=as_utc - before), f"{name}, {wall}"
            assert meant.tzinfo is UTC
            assert _shown(meant, name) == wall + (timedelta(0) if when_shown else after - before)
    assert twice > 100
    assert never > 100


def test_closes_to_the_second() -> None:
    """Around every change, a letter without grace closes in the second in which the wall shows it.

    A second earlier the wall shows another time, and it is still open.
    """
    for name, change, _, _ in _changes():
        for around in AROUND:
            wall = _shown(change + around, name)
            closes = hard_deadline(at_wall_clock(wall, name), name, Grace())
            assert closes <= change + around
            assert _shown(closes, name) == wall
            assert _shown(closes - SECOND, name) != wall
            assert closes - timedelta(microseconds=1) < closes.replace(microsecond=0) == closes


def test_known_walls() -> None:
    """Both changes of a year, a change by half an hour, and a midnight that a zone leaves out."""
    typed = {
        ("Europe/Berlin", "2026-03-29T02:30"): "2026-03-29T01:30",
        ("Europe/Berlin", "2026-10-25T02:30"): "2026-10-25T00:30",
        ("Australia/Lord_Howe", "2026-10-04T02:15"): "2026-10-03T15:45",
        ("Australia/Lord_Howe", "2026-04-05T01:45"): "2026-04-04T14:45",
        ("Asia/Beirut", "2026-03-29T00:00"): "2026-03-28T22:00",
    }
    for (name, wall), meant in typed.items():
        assert at_wall_clock(datetime.fromisoformat(wall), name) == datetime.fromisoformat(
            f"{meant}+00:00"
        )


def test_day_ends_everywhere() -> None:
    """On every day of 2026 and 2027 the last midnight on Earth is its end, and no zone's is later."""
    day = START.date()
    while day < END.date():
        midnight = datetime.combine(day + DAY, time())
        last = max(at_wall_clock(midnight, name) for name in _different_zones())
        noon = datetime.combine(day, time(12))
        for name in ZONES:
            assert hard_deadline(at_wall_clock(noon, name), name, Grace(anywhere=True)) == last
        day += DAY


def test_day_ends_around_every_change() -> None:
    """Around every change the end of the day anywhere is behind the end of the zone's own day."""
    for name, change, _, _ in _changes():
        for around in AROUND:
            deadline = change + around
            ended = hard_deadline(deadline, name, Grace(anywhere=True))
            midnight = datetime.combine(_shown(deadline, name).date() + DAY, time())
            assert deadline < at_wall_clock(midnight, name) <= ended
            assert _shown(ended, "Etc/GMT+12") == midnight


def test_known_end_of_a_day() -> None:
    """31 March in Kathmandu has ended everywhere at noon UTC of 1 April."""
    deadline = at_wall_clock(datetime(2026, 3, 31, 17), "Asia/Kathmandu")  # noqa: DTZ001 - a wall has no zone
    noon = datetime(2026, 4, 1, 12, tzinfo=UTC)

    assert hard_deadline(deadline, "Asia/Kathmandu", Grace(anywhere=True)) == noon
    assert hard_deadline(
        deadline, "Asia/Kathmandu", Grace(anywhere=True, minutes=5)
    ) == noon + timedelta(minutes=5)
    assert hard_deadline(deadline, "Nowhere/Land", Grace(anywhere=True)) == noon


def test_a_day_that_ended_late() -> None:
    """In a zone once further behind than any is today, it is still not before the deadline."""
    deadline = at_wall_clock(datetime.combine(date(1844, 12, 30), time(23)), "Asia/Manila")
    assert hard_deadline(deadline, "Asia/Manila", Grace(anywhere=True)) == deadline


@given(moments, zones, graces)
def test_never_before_the_soft_deadline(deadline: datetime, tz: str, grace: Grace) -> None:
    """The hard deadline is the soft one or later, and more minutes make it later by just these."""
    hard = hard_deadline(deadline, tz, grace)
    more = Grace(minutes=grace.minutes + 7, anywhere=grace.anywhere)

    assert hard >= deadline
    assert hard_deadline(deadline, tz, more) - hard == timedelta(minutes=7)


def test_each_grace() -> None:
    """Nothing, minutes after, the end of the day anywhere, and minutes after that."""
    deadline = datetime(2026, 3, 31, 15, tzinfo=UTC)
    hard = [
        hard_deadline(deadline, "Europe/Berlin", grace)
        for grace in (
            Grace(),
            Grace(minutes=30),
            Grace(anywhere=True),
            Grace(anywhere=True, minutes=30),
        )
    ]
    assert [one.isoformat() for one in hard] == [
        "2026-03-31T15:00:00+00:00",
        "2026-03-31T15:30:00+00:00",
        "2026-04-01T12:00:00+00:00",
        "2026-04-01T12:30:00+00:00",
    ]


def test_no_grace_below_nothing() -> None:
    """There is no grace that closes a letter before it said."""
    said = datetime(2026, 3, 31, 15, tzinfo=UTC)
    assert hard_deadline(said, "UTC", Grace(minutes=-1)) == said
