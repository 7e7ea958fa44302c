"""Somebody wants to start a letter."""

from datetime import UTC, datetime

import pytest

from bot.features.drafts.use_cases import drafts
from bot.letters.people import Actor
from bot.letters.refusals import Reason, Refused
from bot.storage.database import Database
from tests.support.letters import GUEST, MEMBER, OUTSIDER


async def test_member(database: Database) -> None:
    """A member is offered a deadline in two weeks, at 17:00 of their own zone."""
    offered = await drafts.start(database, actor=MEMBER, tz="Asia/Kathmandu")

    assert offered == datetime(2026, 3, 17, 11, 15, tzinfo=UTC)


@pytest.mark.parametrize("actor", [GUEST, OUTSIDER])
async def test_others(database: Database, actor: Actor) -> None:
    """Guests and people of other organisations start no letter."""
    with pytest.raises(Refused) as refused:
        await drafts.start(database, actor=actor, tz="UTC")

    assert refused.value.refusal.reason is Reason.GUESTS_CANNOT_START
