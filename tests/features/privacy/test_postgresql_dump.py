"""On PostgreSQL an erased name is in no row, in no statistics and in no later dump."""

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.features.delivery.use_cases import handover
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.privacy.use_cases import erasure
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    WORKSPACE,
    a_signature,
    an_open_letter,
    are_in_channel,
    signs,
)
from tests.support.machine.postgresql import libpq, program, run
from tests.support.machine.traces import files_with

pytestmark = pytest.mark.on_both

WORDS = ("Zelda", "Quill", "zelda", "quill", MEMBER.person.user)


async def test_dump(postgres_url: str, tmp_path: Path, clock: Clock) -> None:
    """`pg_dump` after an erasure has no byte of the name, also of a letter that was delivered."""
    async with Database(postgres_url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        await are_in_channel(database, [MEMBER, OTHER_MEMBER])
        letter = await an_open_letter(database)
        named = a_signature(MEMBER, letter, name="Zelda Quill", affiliation="Quillers")
        await signs(database, MEMBER, letter, named)
        await signs(database, OTHER_MEMBER, letter)
        await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
        await handover.deliver(database, letter=letter.id, actor=ORGANISER)
        await database.write(lambda tx: tx.connection.execute(text("ANALYZE")))
        await _dump(postgres_url, tmp_path / "before.sql")
        assert files_with(tmp_path, *WORDS) == {"before.sql"}
        assert await _sampled(database)

        await erasure.erase_person(database, workspace=WORKSPACE, person=MEMBER.person)

        await _dump(postgres_url, tmp_path / "after.sql")
        assert files_with(tmp_path, *WORDS) == {"before.sql"}
        assert files_with(tmp_path, "A Member") == {"before.sql", "after.sql"}
        assert not await _sampled(database)


async def _dump(url: str, file: Path) -> None:
    await run(program("pg_dump"), f"--file={file}", libpq(url))


async def _sampled(database: Database) -> bool:
    """Return whether the planner's samples of rows have the name."""
    rows = await database.read(
        lambda tx: tx.connection.execute(
            text("SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats")
        ).all()
    )
    return any(word in repr(row) for word in ("Zelda", "Quill") for row in rows)
