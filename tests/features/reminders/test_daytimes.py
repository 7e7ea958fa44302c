"""Each step is planned for each person's own daytime, as the clock of their zone has it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.features.reminders.use_cases import reminders
from bot.storage.database import Database
from bot.use_cases import membership
from tests.support.clock import Clock
from tests.support.letters import (
    CHANNEL,
    DEADLINE,
    WORKSPACE,
    an_actor,
    an_open_letter,
    are_met,
    rows,
)


async def are_there(database: Database, zones: dict[str, str]) -> None:
    """Members of the letter's channel, each in a zone of their own; by user id."""
    for user, tz in zones.items():
        await are_met(database, [an_actor(user)], tz=tz)
    await membership.gathered(database, workspace=WORKSPACE, channel=CHANNEL, users=list(zones))


async def due(database: Database) -> dict[str, datetime]:
    """Return the times of people's reminders, equal to those of the notices that carry them."""
    planned = {row["user"]: row["due_at"] for row in await rows(database, "reminders")}
    owed = [row for row in await rows(database, "outbox") if row["kind"] == "reminder"]
    assert {row["target"]: row["due_at"] for row in owed} == planned
    return planned


@pytest.mark.on_both
async def test_own_daytime(database: Database, clock: Clock) -> None:
    """A step goes out right away where it is day, and in the next morning where it is night."""
    await an_open_letter(database)
    step = DEADLINE - timedelta(days=7)
    clock.set(step)
    zones = {"U1": "Europe/Berlin", "U2": "America/Los_Angeles", "U3": "Pacific/Auckland"}
    await are_there(database, zones)

    assert await reminders.plan_due(database) == 3

    assert await due(database) == {
        "U1": step,
        "U2": datetime(2026, 3, 26, 16, tzinfo=UTC),
        "U3": datetime(2026, 3, 26, 20, tzinfo=UTC),
    }


async def test_no_morning_left(database: Database, clock: Clock) -> None:
    """A reminder whose next working hour comes only at the deadline or later is not planned."""
    monday = datetime(2026, 3, 30, 6, tzinfo=UTC)
    await an_open_letter(database, deadline=monday)
    clock.set(monday - timedelta(days=1))
    zones = {"U1": "Europe/Berlin", "U2": "Africa/Nairobi", "U3": "Asia/Kolkata"}
    await are_there(database, zones)

    assert await reminders.plan_due(database) == 1

    assert await due(database) == {"U3": datetime(2026, 3, 30, 3, 30, tzinfo=UTC)}
