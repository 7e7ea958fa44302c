"""A copy of a PostgreSQL database by its own tools, while people sign, and the way back."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.features.lifecycle.use_cases import know_workspace
from bot.features.privacy.use_cases.erasure import erase_person
from bot.storage.database import Database
from bot.storage.migrate import Schema, look
from tests.support.clock import START, Clock
from tests.support.commands import undersigned, undersigned_running
from tests.support.databases import PostgresServer, another
from tests.support.letters import (
    MEMBER,
    OTHER_MEMBER,
    WORKSPACE,
    a_signature,
    an_open_letter,
    members,
    rows,
    signs,
    the_list,
)
from tests.support.machine.postgresql import libpq, program, run
from tests.support.machine.traces import tables_with
from tests.support.shared import ROOT
from tests.support.simulator import running_simulator

MANIFEST = ROOT / "manifests" / "http.json"
BESIDE = 40
"""Signatures that are given while the copy is made."""


def from_the_docs() -> list[str]:
    """Return the statements that an operator runs after the way back, as the page has them."""
    page = (ROOT / "docs" / "operating.md").read_text()
    (sql,) = re.findall(r"```sql\n(.*?)```", page, flags=re.DOTALL)
    return [one.strip() for one in sql.split(";") if one.strip()]


@asynccontextmanager
async def _restored(
    postgres: PostgresServer, file: Path, made_at: str = r"\g<0>"
) -> AsyncGenerator[str]:
    """A database from a dump, after the statements of the page; `made_at` replaces its moment."""
    async with postgres.fresh("template0") as url:
        await run(program("pg_restore"), "--exit-on-error", f"--dbname={libpq(url)}", str(file))
        async with another(url) as execute:
            for statement in from_the_docs():
                await execute(re.sub(r"copied_at = '[^']+'", made_at, statement))
        yield url


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
    async with _restored(postgres, file) as restored:
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


async def test_erased_since(postgres: PostgresServer, postgres_url: str, tmp_path: Path) -> None:
    """A restored dump is served only with the list of erasures, and without who was erased since."""
    file, listed = tmp_path / "letters.dump", tmp_path / "undersigned.erasures"
    async with Database(postgres_url, erasures=listed) as database:
        await know_workspace(database, workspace=WORKSPACE, name="")
        letter = await an_open_letter(database, deadline=datetime.now(UTC) + timedelta(days=9))
        for actor, name in ((MEMBER, "Zelda Quill"), (OTHER_MEMBER, "A Member")):
            await signs(database, actor, letter, a_signature(actor, letter, name=name))
        await run(program("pg_dump"), "--format=custom", f"--file={file}", libpq(postgres_url))
        await erase_person(database, workspace=WORKSPACE, person=MEMBER.person)
    async with (
        _restored(postgres, file, "copied_at = now()") as restored,
        running_simulator(manifest=MANIFEST) as simulator,
    ):
        settings = {
            "DATABASE_URL": restored,
            "SLACK_BOT_TOKEN": simulator.bot_token,
            "SLACK_API_URL": simulator.api_url,
        }
        # Not refused, it would serve.
        async with asyncio.timeout(60):
            refused = await undersigned("worker", **settings)
        assert refused.code == 1
        assert "Without it, people who were erased would come back" in refused.err
        settings["ERASURES"] = str(listed)
        async with undersigned_running("worker", ready="worker.ready", **settings):
            pass
        async with Database(restored) as database:
            assert await tables_with(database, "Zelda", "Quill", MEMBER.person.user) == set()
            assert await the_list(database, letter) == ["A Member"]
