"""The app is removed from a workspace: nothing is sent any more, and all is erased after 14 days."""

from datetime import timedelta

import pytest

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.privacy.use_cases.expiry import (
    KEPT_AFTER,
    erase_departed,
    note_departure,
)
from bot.storage import outbox
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import MEMBER, WORKSPACE, an_open_letter, rows, signs
from tests.support.machine.traces import tables_with

pytestmark = pytest.mark.on_both

MOMENT = timedelta(microseconds=1)


async def _due(database: Database) -> int:
    found = await database.write(
        lambda tx: outbox.due(tx, limit=50, full=outbox.Full(lanes={}, looks={}))
    )
    return len(found)


async def test_gone_and_back(database: Database, clock: Clock) -> None:
    """Nothing is sent from that moment on; the workspace that comes back in time has all it had."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    assert await _due(database)

    until = await note_departure(database, workspace=WORKSPACE)
    assert await _due(database) == 0
    clock.advance(timedelta(days=1))
    assert await note_departure(database, workspace=WORKSPACE) == until
    clock.set(until - MOMENT)
    assert await erase_departed(database) == []

    await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Back again")
    clock.advance(KEPT_AFTER)
    assert await erase_departed(database) == []
    assert len(await rows(database, "endorsements")) == 1
    assert await _due(database)


async def test_gone_for_good(database: Database, clock: Clock) -> None:
    """After 14 days nothing is left of a workspace that did not come back."""
    await signs(database, MEMBER, await an_open_letter(database))
    until = await note_departure(database, workspace=WORKSPACE)
    assert until == clock.now() + timedelta(days=14)

    clock.set(until)
    assert await erase_departed(database) == [WORKSPACE]

    assert await tables_with(database, WORKSPACE) == set()
