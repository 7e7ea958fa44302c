"""A copy of a SQLite database, made while the app is running."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.database_url import sqlite_file
from bot.letters.notices import TRAITS, Way

LOOKED_UP = tuple(kind for kind, traits in TRAITS.items() if traits.way is not Way.HOME)
"""Kinds of notice that may have been sent between a copy and its restore, so that they are looked
up before they are sent. A posted card is updated again, and a first card is reported to
organisers."""


class DamagedError(Exception):
    """Raised if a copy is damaged, and was deleted. The message contains SQLite's findings."""


@dataclass(frozen=True, slots=True)
class Copied:
    """Counts of a backup."""

    letters: int
    signatures: int
    """Endorsements that were not withdrawn."""


def copy(url: str, file: Path, now: datetime) -> Copied:
    """Copy a database to a new file, as of one moment.

    Writers are not blocked. The copy is one file, and is checked before it gets its name, so that
    no incomplete file ever has that name.

    `url`: `sqlite+aiosqlite:///path`. `now`: the time of the copy, stored for a later restore.

    Raises:
        FileExistsError: the target exists.
        FileNotFoundError: there is no database.
        DamagedError: the copy is damaged.
    """
    source = sqlite_file(url)
    if not source.is_file():
        raise FileNotFoundError(source)
    if file.exists():
        raise FileExistsError(file)
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.unfinished")
    # It contains names, so only its owner may read it.
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as served,
            closing(sqlite3.connect(unfinished, isolation_level=None)) as kept,
        ):
            # In one step: a write in between would restart a copy by pages.
            served.backup(kept, pages=-1)
            kept.execute("PRAGMA journal_mode=DELETE")
            kept.execute("PRAGMA synchronous=FULL")
            # After a restore of this copy, its queued notices must not be sent twice.
            kept.execute(
                "UPDATE outbox SET state = 'unknown', holder = NULL, lease_until = NULL "  # noqa: S608 - question marks only
                f"WHERE settled_at IS NULL AND kind IN ({', '.join('?' for _ in LOOKED_UP)})",
                [kind.value for kind in LOOKED_UP],
            )
            _note(kept, now)
            found = _checked(kept, served)
        _sync(unfinished)
        # A hard link never overwrites a file that was made in the meantime.
        file.hardlink_to(unfinished)
    finally:
        unfinished.unlink(missing_ok=True)
    _sync(file.parent)
    return found


def _note(kept: sqlite3.Connection, now: datetime) -> None:
    """Store in the copy when it was made: see `storage/restores`."""
    columns = {row[1] for row in kept.execute("PRAGMA table_info(workspaces)")}
    # A database that was not upgraded yet has no column for it.
    if "copied_at" in columns:
        made_at = now.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
        kept.execute("UPDATE workspaces SET copied_at = ?, returned_at = NULL", [made_at])


def _checked(kept: sqlite3.Connection, served: sqlite3.Connection) -> Copied:
    said = [row[0] for row in kept.execute("PRAGMA integrity_check") if row != ("ok",)]
    said += [str(row) for row in kept.execute("PRAGMA foreign_key_check")]
    if said:
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
    """Check that a file is an undamaged database.

    Raises:
        sqlite3.DatabaseError: it is damaged, or no database.
    """
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as opened:
        said = [row[0] for row in opened.execute("PRAGMA integrity_check")]
    if said != ["ok"]:
        raise sqlite3.DatabaseError("it is damaged")


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
