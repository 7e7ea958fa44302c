"""Every click's queries are answered by an index, however long the list is."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from bot.letters.endorsement import Kind
from bot.storage import endorsements, signatories
from bot.storage.database import Database, Transaction
from tests.support.letters import MEMBER, members

PEOPLE = [one.person for one in members(20)]
ASKED: dict[str, tuple[Callable[[Transaction], object], str]] = {
    "held": (
        lambda tx: endorsements.held_by(tx, {(1, one) for one in PEOPLE}),
        "uq_endorsements_held (team=? AND user=? AND letter=?)",
    ),
    "parties": (
        lambda tx: signatories.by_keys(tx, {(1, Kind.PERSON, str(one)) for one in PEOPLE}),
        "(letter=? AND kind=? AND key=?)",
    ),
    "page": (
        lambda tx: signatories.listed(tx, 1, after=(1, 0, "", "a", "A", "1"), limit=20),
        "ix_signatories_shown (letter=? AND (group_no,pinned,prefix,sort_key,entry,id)>(?,?,?,?,?,?))",
    ),
    "withdrawn after delivery": (
        lambda tx: endorsements.ended_after_delivery(tx, 1),
        "ix_endorsements_withdrawn_late (letter=?)",
    ),
    "mine": (
        lambda tx: endorsements.everything_held_by(tx, MEMBER.person),
        "uq_endorsements_held (team=? AND user=?)",
    ),
}


@pytest.mark.parametrize("question", ASKED)
async def test_by_index(sqlite_url: str, question: str) -> None:
    """SQLite searches an index for it, by all that is known."""
    ask, index = ASKED[question]

    def story(tx: Transaction) -> list[str]:
        asked: list[tuple[str, Any]] = []

        @event.listens_for(tx.connection, "before_cursor_execute")
        def note(*call: Any) -> None:
            asked.append((call[2], call[3]))

        ask(tx)
        event.remove(tx.connection, "before_cursor_execute", note)
        # What looks up whether a letter has digests at all is a search by the letters' own key.
        ((statement, values),) = [
            one for one in asked if one[0].startswith("SELECT") and "digest_key" not in one[0]
        ]
        plan = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return [row.detail for row in plan]

    async with Database(sqlite_url) as database:
        plan = await database.read(story)
    assert any(index in step for step in plan), plan
    assert not any(step.startswith("SCAN ") for step in plan), plan
