"""The files of a SQLite database: their owner's alone, one process's at a time, and watched."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.database_url import sqlite_file
from bot.storage.database import Database, InDoubt, Transaction
from bot.storage.engines.sqlite_files import (
    InUseError,
    MovedAwayError,
    held,
    lock_file,
    make_folder,
)
from bot.storage.tables import workspaces
from tests.support import databases
from tests.support.commands import undersigned
from tests.support.databases import beside
from tests.support.shared import ROOT


def mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):o}"


def note(tx: Transaction, name: str = "one") -> int:
    """Write something, as a story does."""
    return tx.connection.execute(
        workspaces.insert().values(id=name, name=name, created_at=tx.now)
    ).rowcount


def names(tx: Transaction) -> list[str]:
    return sorted(tx.connection.execute(select(workspaces.c.id)).scalars())


async def test_owner_only(tmp_path: Path) -> None:
    """Files and folders that we make are their owner's alone, whatever the umask of the machine."""
    file, copy = tmp_path / "new" / "folder" / "letters.db", tmp_path / "copy.db"
    before = os.umask(0o000)
    try:
        made = await undersigned("migrate", DATABASE_URL=databases.sqlite_url(file))
        async with Database(databases.sqlite_url(file)) as database:
            await database.write(note)
            modes = {one.name: mode(one) for one in file.parent.iterdir()}
            await undersigned("backup", str(copy), DATABASE_URL=databases.sqlite_url(file))
        with held(file):
            pass
    finally:
        os.umask(before)

    assert made.code == 0, made.err
    assert modes == {"letters.db": "600", "letters.db-wal": "600", "letters.db-shm": "600"}
    assert (mode(copy), mode(lock_file(file))) == ("600", "600")
    assert (mode(file.parent), mode(file.parent.parent)) == ("700", "700")


def test_folder_that_is_there(tmp_path: Path) -> None:
    """A folder that is there stays as it is."""
    tmp_path.chmod(0o755)

    make_folder(tmp_path / "inner")

    assert (mode(tmp_path), mode(tmp_path / "inner")) == ("755", "700")


def test_held_once(tmp_path: Path) -> None:
    """A file is held once, also under another name; the lock ends with its block."""
    file, link = tmp_path / "letters.db", tmp_path / "link.db"
    file.touch()
    link.symlink_to(file)

    with held(file), pytest.raises(InUseError, match=str(os.getpid())), held(link):
        pass
    with held(link):
        pass


HOLDING = """
import sys, time
from pathlib import Path
from bot.storage.engines.sqlite_files import held

with held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_lock_ends_with_the_process(tmp_path: Path) -> None:
    """A process that ends, in any way, frees what it held."""
    file = tmp_path / "letters.db"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(file)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    with pytest.raises(InUseError, match=str(process.pid)), held(file):
        pass

    process.kill()
    process.wait()

    with held(file):
        pass
    process.stdout.close()


def moved(file: Path) -> None:
    file.rename(file.with_name("elsewhere.db"))


def replaced(file: Path) -> None:
    """Replace a file by another under the same name, as some ways to restore a copy do."""
    other = file.with_name("other.db")
    other.write_bytes(file.read_bytes())
    other.replace(file)


def unlogged(file: Path) -> None:
    """Only the log beside it, by somebody who tidies up."""
    Path(f"{file}-wal").unlink()


WAYS = [moved, Path.unlink, replaced, unlogged]


@pytest.mark.parametrize("away", WAYS, ids=lambda one: one.__name__)
async def test_moved_away(sqlite_url: str, away: Callable[[Path], None]) -> None:
    """Once the file is not the one that was opened, nothing is kept and nothing is read."""
    async with Database(sqlite_url) as database:
        await database.write(note)
        await database.read(names)

        away(sqlite_file(sqlite_url))

        with pytest.raises(MovedAwayError):
            await database.write(partial(note, name="two"))
        with pytest.raises(MovedAwayError):
            await database.read(names)


@pytest.mark.parametrize("away", WAYS, ids=lambda one: one.__name__)
async def test_moved_away_before_the_commit(sqlite_url: str, away: Callable[[Path], None]) -> None:
    """A commit that went into a file that is gone is in doubt, never confirmed."""

    def story(tx: Transaction) -> None:
        note(tx, "two")
        away(sqlite_file(sqlite_url))

    async with Database(sqlite_url) as database:
        await database.write(note)

        with pytest.raises(InDoubt):
            await database.write(story)


async def test_moved_back(sqlite_url: str) -> None:
    """Once the file is back under its name all goes on, and nothing was lost."""
    file = sqlite_file(sqlite_url)
    async with Database(sqlite_url) as database:
        await database.write(note)
        moved(file)
        with pytest.raises(MovedAwayError):
            await database.write(partial(note, name="two"))
        file.with_name("elsewhere.db").rename(file)

        await database.write(partial(note, name="three"))

        assert await database.read(names) == ["one", "three"]


async def test_never_made(tmp_path: Path) -> None:
    """A file that is not there is not made by being opened."""
    file = tmp_path / "letters.db"
    async with Database(databases.sqlite_url(file)) as database:
        with pytest.raises(MovedAwayError):
            await database.write(note)

    assert not file.exists()


async def test_beside(sqlite_url: str) -> None:
    """A write of another process into the same file disturbs nothing."""
    async with Database(sqlite_url) as database:
        await database.write(note)
        beside(sqlite_url, "DELETE FROM workspaces")
        await database.write(partial(note, name="two"))
