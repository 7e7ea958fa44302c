"""Memberships proved by first clicks are kept, for many at once."""

import asyncio

from sqlalchemy import Connection, Engine, event

from bot.storage.database import Database
from bot.use_cases import membership
from tests.support.letters import CHANNEL, members, rows


async def test_many_at_once(database: Database) -> None:
    """Two hundred who press a new card together wait for a few commits, not for two hundred."""
    commits: list[Connection] = []
    note = commits.append
    event.listen(Engine, "commit", note)
    try:
        await asyncio.gather(
            *(membership.remember(database, actor=one, channel=CHANNEL) for one in members(200))
        )
    finally:
        event.remove(Engine, "commit", note)

    assert len(await rows(database, "members")) == 200
    assert len(commits) < 20
