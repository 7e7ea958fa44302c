"""A copy of a PostgreSQL database by its own tools, while people sign, and the way back."""

import asyncio
import re
from pathlib import Path

import asyncpg

from bot.features.lifecycle.use_cases import know_workspace
from bot.storage.database import Database
from bot.storage.migrate import Schema, look
from tests.support.clock import START, Clock
from tests.support.databases import PostgresServer
from tests.support.letters import WORKSPACE, an_open_letter, members, rows, signs, the_list
from tests.support.machine.postgresql import libpq, program, run
from tests.support.shared import ROOT

BESIDE = 40
"""Signatures that are given while the copy is made."""


def from_the_docs() -> list[str]:
    """Return the statements that an operator runs after the way back, as the page has them."""
    page = (ROOT / "docs" / "operating.md").read_text()
    (sql,) = re.findall(r"```sql\n(.*?)```", page, flags=re.DOTALL)
    return [one.strip() for one in sql.split(";") if one.strip()]


async def test_dump_and_back(
    postgres: PostgresServer, postgres_url: str, tmp_path: Path, clock: Clock
) -> None:
    """A dump has all that was thanked for before it began; what was owed then is looked up first."""
    file, people = tmp_path / "letters.dump", members(3 * BESIDE)
    async with Database(postgres_url, clock=clock.now) as database:
        await know_workspace(database, workspace=WORKSPACE, name="")
        letter = await an_open_letter(database)
        before = {(await signs(database, one, letter)).endorsement for one in people[:BESIDE]}

        async def sign_on() -> None:
            for one in people[BESIDE : 2 * BESIDE]:
                await signs(database, one, letter)

        dump = run(program("pg_dump"), "--format=custom", f"--file={file}", libpq(postgres_url))
        await asyncio.gather(dump, sign_on())
        after = {(await signs(database, one, letter)).endorsement for one in people[2 * BESIDE :]}
    async with postgres.fresh("template0") as restored:
        await run(
            program("pg_restore"), "--exit-on-error", f"--dbname={libpq(restored)}", str(file)
        )
        connection = await asyncpg.connect(libpq(restored))
        try:
            for statement in from_the_docs():
                await connection.execute(statement)
        finally:
            await connection.close()
        assert await look(restored) is Schema.CURRENT
        async with Database(restored, clock=clock.now) as database:
            kept = {row["id"] for row in await rows(database, "endorsements")}
            assert before <= kept
            assert not after & kept
            assert len(await the_list(database, letter)) == len(kept)
            owed = [row for row in await rows(database, "outbox") if row["settled_at"] is None]
            assert {row["state"] for row in owed if row["kind"] != "home"} == {"unknown"}
            (workspace,) = await rows(database, "workspaces")
            assert workspace["copied_at"] == START
            # It goes on: the next number of a letter is a new one.
            assert (await an_open_letter(database)).id != letter.id
