"""A copy of a SQLite database, made while it is served."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.database_url import sqlite_file
from bot.letters.notices import TRAITS, Way

LOOKED_UP = tuple(kind for kind, traits in TRAITS.items() if traits.way is not Way.HOME)
"""Kinds that may have been sent between a copy and its restore. They are looked up before they
are sent; a card that is up is updated again, and a first one is reported to its organisers."""


class DamagedError(Exception):
    """The copy is not whole; it was thrown away. The message says what SQLite found."""


@dataclass(frozen=True, slots=True)
class Copied:
    """Facts of a backup."""

    letters: int
    signatures: int
    """Endorsements that were not taken back."""


def copy(url: str, file: Path, now: datetime) -> Copied:
    """Copy a database to a file that is not there yet, as of one instant.

    Writers wait for nothing. The copy is one file; it is checked before it gets
    its name, so that under that name there is a whole one or none.

    Args:
        url: `sqlite+aiosqlite:///path`.
        file: Where to; its folder is there.
        now: When that is; a return to the copy has to know.

    Raises:
        FileExistsError: something is there.
        FileNotFoundError: there is no database.
        DamagedError: the copy is not what it should be.
    """
    source = sqlite_file(url)
    if not source.is_file():
        raise FileNotFoundError(source)
    if file.exists():
        raise FileExistsError(file)
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.unfinished")
    # Names stand in it: it is its owner's alone.
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as served,
            closing(sqlite3.connect(unfinished, isolation_level=None)) as kept,
        ):
            # All in one step: what is written meanwhile would make it begin again.
            served.backup(kept, pages=-1)
            kept.execute("PRAGMA journal_mode=DELETE")
            kept.execute("PRAGMA synchronous=FULL")
            # Whoever goes back to this copy must not send again what it owes.
            kept.execute(
                "UPDATE outbox SET state = 'unknown', holder = NULL, lease_until = NULL "  # noqa: S608 - question marks only
                f"WHERE settled_at IS NULL AND kind IN ({', '.join('?' for _ in LOOKED_UP)})",
                [kind.value for kind in LOOKED_UP],
            )
            _note(kept, now)
            found = _checked(kept, served)
        _sync(unfinished)
        # A link never takes the place of a file that somebody made meanwhile.
        file.hardlink_to(unfinished)
    finally:
        unfinished.unlink(missing_ok=True)
    _sync(file.parent)
    return found


def _note(kept: sqlite3.Connection, now: datetime) -> None:
    """Note in the copy when it was made: see `storage/restores`."""
    columns = {row[1] for row in kept.execute("PRAGMA table_info(workspaces)")}
    # A database that was not brought up to date yet has no place for it.
    if "copied_at" in columns:
        made_at = now.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
        kept.execute("UPDATE workspaces SET copied_at = ?, returned_at = NULL", [made_at])


def _checked(kept: sqlite3.Connection, served: sqlite3.Connection) -> Copied:
    said = [row[0] for row in kept.execute("PRAGMA integrity_check")]
    said += [str(row) for row in kept.execute("PRAGMA foreign_key_check")]
    if said != ["ok"]:
        raise DamagedError("; ".join(said[:3]))
    revision = "SELECT version_num FROM alembic_version"
    if kept.execute(revision).fetchall() != served.execute(revision).fetchall():
        raise DamagedError("its schema is another one")
    (letters,) = kept.execute("SELECT count(*) FROM letters").fetchone()
    (signatures,) = kept.execute(
        "SELECT count(*) FROM endorsements WHERE withdrawn_at IS NULL"
    ).fetchone()
    return Copied(letters, signatures)


def check(file: Path) -> None:
    """Check that a file is a whole database.

    Raises:
        sqlite3.DatabaseError: it is not.
    """
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as opened:
        said = [row[0] for row in opened.execute("PRAGMA integrity_check")]
    if said != ["ok"]:
        raise sqlite3.DatabaseError("it is damaged")


def _sync(path: Path) -> None:
    """Have a file, or the names in a folder, written to the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
