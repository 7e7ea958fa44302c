"""A copy of a SQLite database while people sign, and the way back to it."""

import asyncio
import json
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.engine import make_url

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reminders.use_cases import reminders
from bot.letters.notices import NoticeKind
from bot.outbox import claims
from bot.outbox.claims import Method
from bot.outbox.dispatch import send_due
from bot.storage import rate_limits
from bot.storage.database import Database
from bot.storage.engines import backup
from bot.storage.engines.backup import DamagedError
from bot.storage.migrate import Schema, look
from bot.storage.tables import workspaces
from tests.outbox.mailbox import Mailbox
from tests.outbox.owing import owe_words, owed_reminders, send_for, states
from tests.support.clock import START, Clock
from tests.support.commands import undersigned
from tests.support.databases import sqlite_url as url_of
from tests.support.letters import (
    DEADLINE,
    ORGANISER,
    WORKSPACE,
    an_open_letter,
    are_in_channel,
    are_met,
    members,
    rows,
    signs,
    the_letter,
    the_list,
)


def _names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def _restore(copy: Path, database: Path) -> None:
    """Restore as docs/operating.md says: all old files go, and the copy takes their place."""
    for name in (database, *(Path(f"{database}{end}") for end in ("-wal", "-shm"))):
        name.unlink(missing_ok=True)
    shutil.copyfile(copy, database)


async def test_storm(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    """All that was acknowledged before a backup began is in it, whole, while people go on signing."""
    path, people = Path(str(make_url(sqlite_url).database)), members(600)
    acknowledged: set[str] = set()
    copies: list[tuple[Path, set[str]]] = []
    async with Database(sqlite_url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        letter = await an_open_letter(database)

        async def storm(some: int) -> None:
            for actor in people[some::6]:
                acknowledged.add((await signs(database, actor, letter)).endorsement)

        async def copy() -> None:
            while len(acknowledged) < 400:
                before, file = set(acknowledged), tmp_path / f"copy-{len(copies)}.db"
                await asyncio.to_thread(backup.copy, sqlite_url, file, START)
                copies.append((file, before))

        await asyncio.gather(copy(), *(storm(some) for some in range(6)))
    assert len(acknowledged) == 600
    assert len(copies) >= 2
    assert any(before for _, before in copies)
    for file, before in copies:
        _restore(file, path)
        assert await look(sqlite_url) is Schema.CURRENT
        async with Database(sqlite_url, clock=clock.now) as restored:
            kept = {row["id"] for row in await rows(restored, "endorsements")}
            assert before <= kept
            tally = (await the_letter(restored, letter.id)).tally
            assert tally.people == len(kept) == len(await the_list(restored, letter))
            # It goes on from there.
            signed = {row["user"] for row in await rows(restored, "endorsements")}
            left = [one for one in people if one.person.user not in signed]
            await signs(restored, left[0], letter)


async def test_sent_since(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    """A message sent between the backup and the return to it is not sent again."""
    path, copy = Path(str(make_url(sqlite_url).database)), tmp_path / "copy.db"
    async with Database(sqlite_url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        await owed_reminders(database, 20)
        backup.copy(sqlite_url, copy, START)
        mailbox = Mailbox(database, clock.now)
        await send_due(database, mailbox)
        sent = len(mailbox.of(NoticeKind.REMINDER))
        assert 0 < sent < 20
    _restore(copy, path)
    async with Database(sqlite_url, clock=clock.now) as database:
        mailbox.database = database
        await send_for(database, mailbox, clock, timedelta(minutes=2), timedelta(seconds=1))
        assert len(mailbox.of(NoticeKind.REMINDER)) == 20
        assert await states(database, "reminder") == {"sent": 20}


async def test_planned_since(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    """A person whom a step reached after the backup is not reached again; the others are, once."""
    path, copy = Path(str(make_url(sqlite_url).database)), tmp_path / "copy.db"
    here, west = members(2)
    step = DEADLINE - timedelta(days=7)

    async def serve(mailbox: Mailbox | None, how_long: timedelta) -> Mailbox:
        async with Database(sqlite_url, clock=clock.now) as database:
            await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
            mailbox = mailbox or Mailbox(database, clock.now)
            mailbox.database = database
            assert await reminders.plan_due(database) == 2
            await send_for(database, mailbox, clock, how_long, timedelta(minutes=1))
        return mailbox

    async with Database(sqlite_url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        await an_open_letter(database)
        clock.set(step - timedelta(hours=1))
        await are_in_channel(database, [here, west])
        await are_met(database, [west], tz="America/Los_Angeles")
        backup.copy(sqlite_url, copy, clock.now())
    clock.set(step)
    mailbox = await serve(None, timedelta(minutes=30))
    assert [one.target for one in mailbox.of(NoticeKind.REMINDER)] == [here.person.user]
    _restore(copy, path)
    await serve(mailbox, timedelta(hours=6))

    reached = [one.target for one in mailbox.of(NoticeKind.REMINDER)]
    assert reached == [here.person.user, west.person.user]
    # Only whose time had come is looked up.
    assert mailbox.looks == 1
    async with Database(sqlite_url, clock=clock.now) as database:
        assert {row["state"] for row in await rows(database, "reminders")} == {"sent"}


async def test_told_since(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    """Organisers who were told of what happened by itself after the backup are not told again."""
    path, copy = Path(str(make_url(sqlite_url).database)), tmp_path / "copy.db"
    mailbox: Mailbox | None = None
    async with Database(sqlite_url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        await an_open_letter(database)
        backup.copy(sqlite_url, copy, clock.now())
    clock.set(DEADLINE)
    for _ in range(2):
        async with Database(sqlite_url, clock=clock.now) as database:
            await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
            mailbox = mailbox or Mailbox(database, clock.now)
            mailbox.database = database
            await lifecycle.close_due(database)
            await send_for(database, mailbox, clock, timedelta(minutes=5), timedelta(minutes=1))
            assert len(mailbox.of(NoticeKind.WORD)) == 1
            assert await states(database, "word") == {"sent": 1}
        _restore(copy, path)


async def test_no_look_at_the_moment(database: Database, clock: Clock) -> None:
    """After a return nothing is taken up that must be looked up while nothing may be looked up."""
    await an_open_letter(database)
    await send_due(database, Mailbox(database, clock.now))
    await owe_words(database, [ORGANISER.person])
    limit = clock.now() + timedelta(minutes=1)
    full = claims.held(WORKSPACE, Method.LOOK, limit)
    await database.write(lambda tx: rate_limits.keep(tx, full))
    assert await database.read(claims.anything_due)
    copied = update(workspaces).values(copied_at=clock.now())
    await database.write(lambda tx: tx.connection.execute(copied).rowcount)
    await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
    assert not await database.read(claims.anything_due)
    clock.set(limit)
    assert await database.read(claims.anything_due)


async def test_never_over_a_file(sqlite_url: str, tmp_path: Path) -> None:
    """A file that is there stays as it is, and nothing unfinished is left beside it."""
    there = tmp_path / "there.db"
    there.write_text("precious")
    with pytest.raises(FileExistsError):
        backup.copy(sqlite_url, there, START)
    assert there.read_text() == "precious"
    assert not [name for name in _names(tmp_path) if name.endswith("unfinished")]


async def test_damaged(sqlite_url: str, tmp_path: Path) -> None:
    """A copy of a database that is not whole is thrown away."""
    path, copy = str(make_url(sqlite_url).database), tmp_path / "copy.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as broken:
        broken.execute("PRAGMA foreign_keys=OFF")
        broken.execute("INSERT INTO channels VALUES ('T9', 'C9', '2026-03-03 10:00:00', '')")
    with pytest.raises(DamagedError):
        backup.copy(sqlite_url, copy, START)
    assert not copy.exists()
    assert not [name for name in _names(tmp_path) if name.endswith("unfinished")]


async def test_command(sqlite_url: str, tmp_path: Path) -> None:
    """`undersigned backup FILE` says what the copy holds; beside it is the list of erasures."""
    file = tmp_path / "copies" / "today.db"
    file.parent.mkdir()

    done = await undersigned("backup", str(file), DATABASE_URL=sqlite_url)
    again = await undersigned("backup", str(file), DATABASE_URL=sqlite_url)

    assert (done.code, again.code) == (0, 1)
    assert "checked. Letters: 0, signatures: 0." in done.out
    other = file.with_name("other.db")
    machine = await undersigned("backup", str(other), "--json", DATABASE_URL=sqlite_url)
    assert json.loads(machine.out) == {"file": str(other), "letters": 0, "signatures": 0}
    other.unlink()
    assert "already exists" in again.err
    assert _names(file.parent) == ["today.db", "undersigned.erasures"]
    assert {stat.S_IMODE(one.stat().st_mode) for one in file.parent.iterdir()} == {0o600}
    assert await look(url_of(file)) is Schema.CURRENT


async def test_no_database(tmp_path: Path) -> None:
    """One line says what to do when there is nothing to copy, or PostgreSQL is used."""
    nothing = await undersigned(
        "backup", str(tmp_path / "copy.db"), DATABASE_URL=url_of(tmp_path / "none.db")
    )
    server = await undersigned(
        "backup", str(tmp_path / "copy.db"), DATABASE_URL="postgresql+asyncpg://u@localhost/x"
    )
    assert nothing.code == server.code == 1
    assert "There's no database in" in nothing.err
    assert "pg_dump" in server.err
    assert "Traceback" not in nothing.err + server.err
    assert _names(tmp_path) == []
