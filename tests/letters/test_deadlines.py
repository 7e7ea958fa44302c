"""The deadline that a new letter is offered."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.deadlines import suggested_deadline

ZONES = ["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Auckland", "Asia/Kathmandu"]


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.sampled_from(ZONES))  # noqa: DTZ001 - hypothesis takes bounds without a zone
def test_two_weeks(now: datetime, tz: str) -> None:
    """It is at 17:00 of the organiser's own day two weeks ahead, through every change of clocks."""
    now = now.replace(tzinfo=UTC)
    local = suggested_deadline(now, tz).astimezone(ZoneInfo(tz))

    assert (local.hour, local.minute) == (17, 0)
    assert local.date() == now.astimezone(ZoneInfo(tz)).date() + timedelta(days=14)


@pytest.mark.parametrize("tz", ["", "Nowhere/Land", "../etc", "UTC\0"])
def test_unknown_zone(tz: str) -> None:
    """A zone that nobody knows counts as UTC."""
    suggested = suggested_deadline(datetime(2026, 3, 3, 10, tzinfo=UTC), tz)
    assert suggested == datetime(2026, 3, 17, 17, tzinfo=UTC)
