from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.send_windows import Step, due_for_person, in_window, next_window, reminder_steps
from tests.support.machine.zones import DAY, SECOND, START, offset, zones_and_changes

QUARTER = timedelta(minutes=15)
AROUND = [
    timedelta(days=-3), timedelta(days=-1), timedelta(hours=-10), timedelta(hours=-1), -SECOND,
    timedelta(0), SECOND, timedelta(minutes=31), timedelta(hours=7), timedelta(days=2),
]  # fmt: skip

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001 - made UTC here
    lambda naive: naive.replace(tzinfo=UTC)
)


def _open(moment: datetime, zone: ZoneInfo) -> bool:
    """Return whether it is daytime on a weekday there, said a second time and more plainly."""
    local = moment.astimezone(zone)
    return local.isoweekday() in {1, 2, 3, 4, 5} and 9 <= local.hour < 18


zones = st.deferred(lambda: st.sampled_from(sorted(zones_and_changes())))


def _check(moment: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    opens = next_window(moment, name)
    assert opens >= moment
    assert _open(opens, zone)
    assert in_window(opens, name)
    assert next_window(opens, name) == opens
    probe = moment
    while probe < opens:
        assert not _open(probe, zone), f"{name}: open at {probe}, said {opens}"
        probe += QUARTER
    assert opens == moment or not _open(opens - timedelta(microseconds=1), zone)


def test_the_window_holds_around_every_change_of_offset() -> None:
    """In every zone, around each change in 2026 and 2027: in the window, and the first such."""
    checked: set[tuple[object, ...]] = set()
    for name, changes in zones_and_changes().items():
        zone = ZoneInfo(name)
        offsets = tuple(offset(moment, zone) for moment in (START, *changes))
        if (changes, offsets) in checked:
            continue
        checked.add((changes, offsets))
        for change in changes or (START,):
            for around in AROUND:
                _check(change + around, name)
    assert len(checked) > 50


def test_the_window_holds_in_every_zone() -> None:
    """In every zone the window opens on a weekday at nine, also under an alias."""
    for number, name in enumerate(zones_and_changes()):
        moment = START + number * timedelta(hours=31, minutes=7)
        opens = next_window(moment, name)
        assert _open(opens, ZoneInfo(name))
        assert opens - moment <= 3 * DAY


@given(moments, zones)
def test_the_window_holds_at_any_time(moment: datetime, name: str) -> None:
    """At any instant in any zone: in the window, not before, and the first such."""
    _check(moment, name)


@pytest.mark.parametrize(
    ("moment", "name", "opens"),
    [
        ("2026-11-27T17:00", "Europe/Berlin", "2026-11-30T08:00"),
        ("2026-11-27T16:59:59.999999", "Europe/Berlin", "2026-11-27T16:59:59.999999"),
        ("2026-11-30T07:59:59", "Europe/Berlin", "2026-11-30T08:00"),
        ("2026-03-28T12:00", "Europe/Berlin", "2026-03-30T07:00"),
        ("2026-10-24T12:00", "Europe/Berlin", "2026-10-26T08:00"),
        ("2026-06-01T00:00", "Asia/Kathmandu", "2026-06-01T03:15"),
        ("2011-12-30T05:00", "Pacific/Apia", "2012-01-01T19:00"),
        ("2011-12-29T20:00", "Pacific/Apia", "2011-12-29T20:00"),
    ],
)
def test_known_windows(moment: str, name: str, opens: str) -> None:
    """Evenings, weekends, both changes of a year, and the Friday that Samoa left out."""
    given_moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert next_window(given_moment, name) == datetime.fromisoformat(opens).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["", "Nowhere/City", "America", "../UTC", "/etc/localtime", "x\0y"]
)
def test_an_unknown_zone_counts_as_utc(name: str) -> None:
    """A name that is no zone keeps the hours of UTC."""
    evening = datetime(2026, 11, 27, 18, tzinfo=UTC)
    assert next_window(evening, name) == datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert not in_window(evening, name)


def test_steps_count_back_from_the_deadline() -> None:
    """Seven, three and one days of 24 hours before the deadline, the first due first."""
    deadline = datetime(2026, 12, 9, 17, tzinfo=UTC)
    steps = reminder_steps(deadline.astimezone(ZoneInfo("Asia/Tokyo")))
    assert [(step.name, deadline - step.due) for step in steps] == [
        ("d7", 7 * DAY),
        ("d3", 3 * DAY),
        ("d1", DAY),
    ]


def _due(deadline: datetime, name: str) -> dict[str, datetime]:
    steps = reminder_steps(deadline)
    due = {step.name: due_for_person(step, steps, deadline, name) for step in steps}
    return {step: moment for step, moment in due.items() if moment is not None}


def test_a_weekend_makes_one_reminder() -> None:
    """Two steps that would reach somebody on one Monday are one, and it is the later one."""
    tuesday = datetime(2026, 12, 8, 12, tzinfo=UTC)
    assert _due(tuesday, "UTC") == {
        "d7": datetime(2026, 12, 1, 12, tzinfo=UTC),
        "d1": datetime(2026, 12, 7, 12, tzinfo=UTC),
    }


def test_nobody_is_reminded_after_the_deadline() -> None:
    """A step whose window opens at the deadline or later is left out, and the one before stays."""
    monday_at_nine = datetime(2026, 12, 7, 9, tzinfo=UTC)
    assert list(_due(monday_at_nine, "UTC")) == ["d7", "d3"]
    monday_later = datetime(2026, 12, 7, 9, 30, tzinfo=UTC)
    assert list(_due(monday_later, "UTC")) == ["d7", "d3", "d1"]


def test_a_step_that_nobody_follows_is_kept() -> None:
    """A step is dropped for one that comes, not for one that would come too late."""
    deadline = datetime(2026, 12, 7, 9, 10, tzinfo=UTC)
    early = Step(days=2, due=datetime(2026, 12, 5, 9, tzinfo=UTC))
    late = Step(days=0, due=datetime(2026, 12, 7, 9, 10, tzinfo=UTC))
    assert due_for_person(late, [early, late], deadline, "UTC") is None
    assert due_for_person(early, [early, late], deadline, "UTC") == deadline.replace(minute=0)


@given(moments, zones)
def test_nobody_is_reminded_twice_a_day(deadline: datetime, name: str) -> None:
    """Reminders come in their order, in the window, before the deadline, and on days of their own."""
    due = list(_due(deadline, name).values())
    assert due == sorted(due)
    assert all(moment < deadline and _open(moment, ZoneInfo(name)) for moment in due)
    days = [moment.astimezone(ZoneInfo(name)).date() for moment in due]
    assert len(set(days)) == len(days)
