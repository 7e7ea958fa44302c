"""An operator shows, erases and brings back with real commands; what is refused is one line."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.letter import Letter
from bot.schema import alone
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.privacy import addresses, personal
from bot.storage.privacy.addresses import Keyring
from tests.support.commands import Finished, undersigned
from tests.support.databases import sqlite_url as url_of
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    WORKSPACE,
    a_signature,
    an_open_letter,
    rows,
    signs,
)
from tests.support.machine.traces import files_with, tables_with

USER = MEMBER.person.user


@pytest.fixture(name="letter")
async def _letter(sqlite_url: str) -> Letter:
    """A letter that Zelda Quill signed, and somebody else."""
    async with Database(sqlite_url) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        letter = await an_open_letter(database, deadline=datetime.now(UTC) + timedelta(days=30))
        await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Zelda Quill"))
        await signs(database, OTHER_MEMBER, letter)
    return letter


def _open_to_others(url: str) -> None:
    Path(url.removeprefix("sqlite+aiosqlite:///")).chmod(0o644)


def _refused(done: Finished, *said: str) -> None:
    """It ended with 1 and one line on the error output, which says so."""
    assert done.code == 1
    assert all(one in done.err for one in said), done.err
    assert done.err.count("\n") == 1, done.err
    assert "Traceback" not in done.err


@pytest.mark.usefixtures("letter")
async def test_address(sqlite_url: str) -> None:
    """A person known by an address is exported and erased by it, and stays barred if they asked."""
    key = Fernet.generate_key().decode()
    keys, here = Keyring([key]), {"DATABASE_URL": sqlite_url, "SECRET_KEYS": key}
    async with Database(sqlite_url) as database:
        await database.write(lambda tx: addresses.prepare(tx, keys, WORKSPACE))
        ada, bo = [
            await database.write(lambda tx, one=one: addresses.keep(tx, keys, WORKSPACE, one, "fr"))
            for one in ("ada@example.org", "bo@example.org")
        ]
        await database.write(lambda tx: addresses.bar(tx, WORKSPACE, bo))
        # So that they are also erased again after a restore.
        assert {(WORKSPACE, ada), (WORKSPACE, bo)} <= await database.read(personal.known)

    shown = await undersigned("people", "export", "Ada@example.org", **here)
    (kept,) = json.loads(shown.out)["kept"]["addresses"]
    assert (kept["user"], kept["language"], "sealed" in kept) == (ada.user, "fr", False)
    for address in ("ada@example.org", "bo@example.org"):
        assert (await undersigned("people", "erase", address, "--yes", **here)).code == 0
    gone = await undersigned("people", "export", "ada@example.org", **here)
    _refused(gone, "Nothing is kept about ada@example.org.")
    _refused(
        await undersigned("people", "export", "ada@example.org", DATABASE_URL=sqlite_url),
        "SECRET_KEYS isn't set",
    )
    async with Database(sqlite_url) as database:
        # Only the digest of who asked for no more mails stays.
        (barred,) = await rows(database, "addresses")
        assert (barred["user"], barred["sealed"]) == (bo.user, None)


@pytest.mark.usefixtures("letter")
async def test_show_and_erase(sqlite_url: str, tmp_path: Path) -> None:
    """A person is exported, and erased for good; a backup made before comes back without them."""
    here = {"DATABASE_URL": sqlite_url}
    shown = await undersigned("people", "export", USER, **here)
    assert (shown.code, shown.err) == (0, "")
    assert json.loads(shown.out)["kept"]["endorsements"][0]["name"] == "Zelda Quill"
    for nobody in ("NOBODY", "U0TYPO"):
        wrong = await undersigned("people", "export", nobody, **here)
        _refused(wrong, f"Nothing is kept about {WORKSPACE}:{nobody}. Check the member ID")
        assert not wrong.out
    page = await undersigned("people", "export", USER, "--page", **here)
    assert "Zelda Quill" in page.out
    assert "An open web" in page.out

    copy = tmp_path / "copies" / "copy.db"
    copy.parent.mkdir()
    assert (await undersigned("backup", str(copy), **here)).code == 0
    _refused(await undersigned("people", "erase", "U0TYPO", "--yes", **here), f"{WORKSPACE}:U0TYPO")
    _refused(
        await undersigned("people", "erase", ORGANISER.person.user, "--yes", **here), "organiser"
    )
    _refused(await undersigned("people", "erase", USER, **here), "nothing was erased")
    _refused(
        await undersigned("people", "erase", USER, "--workspace=T0", "--yes", **here), WORKSPACE
    )
    assert files_with(tmp_path, "Zelda")

    # Somebody who reads is in the way; nothing is said to be gone that is not.
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite+aiosqlite:///"))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM letters").fetchone()
        _refused(await undersigned("people", "erase", USER, "--yes", **here), "write-ahead log")
        # Running it again, as it says, finishes it, even while a bot has the file open.
        reader.rollback()
        _refused(await undersigned("people", "erase", USER, "--yes", **here), "Nothing is kept")
        assert files_with(tmp_path, "Zelda", USER) == set()
    done = await undersigned("people", "erase", OTHER_MEMBER.person.user, "--yes", "--json", **here)
    assert json.loads(done.out) == {"signatures": 1, "gaps": 0}
    assert files_with(tmp_path, "Zelda", "A Member", USER) == set()
    _refused(await undersigned("people", "export", USER, **here), "Nothing is kept about")

    back = tmp_path / "back" / "letters.db"
    back.parent.mkdir()
    there = {"DATABASE_URL": url_of(back)}
    _refused(await undersigned("restore", str(copy), **there), "newest list with --erasures")
    _refused(await undersigned("restore", str(tmp_path / "no.db"), **there), "no backup")
    _refused(await undersigned("restore", str(copy), **here), "already")
    log = back.with_name("letters.db-wal")
    log.touch()
    _refused(await undersigned("restore", str(copy), **there), f"{log} already exists")
    log.unlink()
    with alone(Settings(database_url=url_of(back))):
        own = tmp_path / "undersigned.erasures"
        _refused(
            await undersigned("restore", str(copy), f"--erasures={own}", **there), "Another process"
        )
    done = await undersigned("restore", str(copy), f"--erasures={own}", **there)
    assert done.code == 0, done.err
    assert "carried out again: 2." in done.out
    assert files_with(back.parent, "Zelda", "A Member", USER) == set()


@pytest.mark.usefixtures("letter")
async def test_beside_a_long_act(sqlite_url: str) -> None:
    """A command that waits too long for another one says so, and changes nothing."""
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite+aiosqlite:///"))) as other:
        other.execute("BEGIN IMMEDIATE")
        done = await undersigned("people", "erase", USER, "--yes", DATABASE_URL=sqlite_url)

    _refused(done, "another program holds the database's lock")
    assert "database is locked" not in done.err
    assert "Zelda" in (await undersigned("people", "export", USER, DATABASE_URL=sqlite_url)).out


async def test_letter_and_workspace(sqlite_url: str, letter: Letter) -> None:
    """A letter is erased, and a workspace; not by a wrong number or id, nor without a yes."""
    here = {"DATABASE_URL": sqlite_url}
    _refused(await undersigned("letters", "erase", "77", "--yes", **here), "letter")
    _refused(await undersigned("letters", "erase", str(letter.id), **here), "nothing was erased")
    nobody = await undersigned(
        "letters", "erase", str(letter.id), "--entry", "Nobody", "--yes", **here
    )
    _refused(nobody, "I can’t find “\u2068Nobody\u2069”")
    done = await undersigned("letters", "erase", str(letter.id), "--yes", **here)
    assert done.code == 0, done.err
    assert letter.title in done.out
    _refused(await undersigned("workspace", "erase", "T0WRONG", "--yes", **here), WORKSPACE)
    _refused(await undersigned("workspace", "erase", **here), "nothing was erased")
    with alone(Settings(database_url=sqlite_url)):
        _refused(await undersigned("workspace", "erase", "--yes", **here), "Another process")
    _open_to_others(sqlite_url)
    done = await undersigned("workspace", "erase", "--yes", **here)
    assert done.code == 0, done.err
    assert done.out == f"The workspace, with all its letters.\nErased: {WORKSPACE}\n"
    assert "readable_by_others" in done.err
    async with Database(sqlite_url) as database:
        assert await tables_with(database, WORKSPACE, "Zelda") == set()


async def test_without_a_list(postgres_url: str) -> None:
    """On PostgreSQL nothing is erased that no list would keep out of a restored dump."""
    done = await undersigned("people", "erase", USER, "--yes", DATABASE_URL=postgres_url)
    _refused(done, "ERASURES")


async def test_an_empty_backup(tmp_path: Path) -> None:
    """A backup from before the first start has no workspace that could be marked."""
    here = {"DATABASE_URL": f"sqlite:///{tmp_path}/undersigned.db"}
    await undersigned("migrate", **here)
    await undersigned("backup", f"{tmp_path}/first.db", **here)
    (tmp_path / "undersigned.db").unlink()

    done = await undersigned("restore", f"{tmp_path}/first.db", **here)

    assert "It is empty or isn't marked as a backup" in done.out, done.err
