from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.features.lifecycle import use_cases as lifecycle
from bot.outbox import claims
from bot.outbox.claims import Method, anything_due
from bot.storage import rate_limits
from bot.storage.database import Database, Transaction
from tests.outbox.owing import owed_reminders
from tests.support.clock import Clock
from tests.support.letters import ELSEWHERE, WORKSPACE


async def _asked(database: Database) -> tuple[bool, int]:
    """Return whether anything may go, and in how many parts of the outbox it was looked for."""

    def story(tx: Transaction) -> tuple[bool, int]:
        asked: list[str] = []

        @event.listens_for(tx.connection, "before_cursor_execute")
        def note(*call: Any) -> None:
            asked.append(call[2])

        found = anything_due(tx)
        event.remove(tx.connection, "before_cursor_execute", note)
        return found, sum(one.count("FROM outbox") for one in asked)

    return await database.read(story)


@pytest.mark.parametrize("held", [[WORKSPACE], [ELSEWHERE], [WORKSPACE, ELSEWHERE]])
async def test_reminders_that_may_not_go(database: Database, clock: Clock, held: list[str]) -> None:
    """While nothing may go anywhere nobody goes through the many reminders that wait."""
    await lifecycle.know_workspace(database, workspace=ELSEWHERE, name="Elsewhere")
    await owed_reminders(database, 3)
    found, before = await _asked(database)
    assert found

    until = clock.now() + timedelta(minutes=1)
    for workspace in held:
        for method in (Method.POST, Method.UPDATE, Method.PUBLISH):
            full = claims.held(workspace, method, until)
            await database.write(lambda tx, full=full: rate_limits.keep(tx, full))
    found, after = await _asked(database)

    assert found == (WORKSPACE not in held)
    # What is in doubt is asked for all the same.
    assert after == 1 if len(held) == 2 else after >= before
