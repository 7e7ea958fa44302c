"""`undersigned migrate`, `backup` and `restore`: the database, and copies of it."""

import asyncio
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot import backing_up
from bot.commands.terminal import AsJson, with_offset, write_json
from bot.database_url import sqlite_file
from bot.schema import migrated
from bot.settings import read


class MadeBackup(BaseModel):
    """A backup that was made and checked."""

    model_config = ConfigDict(frozen=True)

    file: str
    letters: int
    signatures: int


class Restored(BaseModel):
    """Outcome of going back to a backup."""

    model_config = ConfigDict(frozen=True)

    file: str
    """The database."""
    erasures: int | None
    """Carried out because they came after the backup; null where it doesn't know its age."""


class ErasedAgain(BaseModel):
    """Count of erasures that were carried out again."""

    model_config = ConfigDict(frozen=True)

    erasures: int


def migrate() -> None:
    """Bring the database to the schema of this version. Safe to run again."""
    asyncio.run(migrated(read()))
    print("The database is up to date.")


def backup(file: Path, *, json: AsJson = False) -> None:
    """Copy the SQLite database to a new file while it is being served, and check the copy.

    Args:
        file: Where to; it must not be there yet.
        json: Print `{file, letters, signatures}` for machines.
    """
    made = backing_up.back_up(read(), file)
    if json:
        held = MadeBackup(file=str(file), letters=made.letters, signatures=made.signatures)
        write_json(held)
        return
    print(f"{file}: {made.letters} letters, {made.signatures} signatures; checked.")


def restore(file: Path, *, erasures: Path | None = None, json: AsJson = False) -> None:
    """Go back to a backup of a SQLite database: check it, and erase what was erased since.

    Args:
        file: The backup. DATABASE_URL names where to; nothing may be there yet.
        erasures: The list of erasures, the newest that you have. Without it, the one that ERASURES
            names, else the one beside the database.
        json: Print `{file, erasures}` for machines.
    """
    settings = read()
    done = backing_up.restore(settings, file, erasures)
    place = sqlite_file(settings.database_url).absolute()
    if json:
        write_json(Restored(file=str(place), erasures=done))
    elif done is None:
        print(f"{place}: restored. It is no backup by its own account: nothing was erased.")
    else:
        print(f"{place}: restored, and {done} erasures carried out that came after the backup.")


def erase_again(*, since: datetime, erasures: Path | None = None, json: AsJson = False) -> None:
    """Carry out the list of erasures after `pg_restore`, before the bot serves.

    Args:
        since: When the dump was made, such as 2027-03-01T17:00+01:00; UTC without an offset.
        erasures: The list of erasures. Without it, the one that ERASURES names.
        json: Print `{erasures}` for machines.
    """
    done = asyncio.run(backing_up.erase_again_since(read(), with_offset(since), erasures))
    if json:
        write_json(ErasedAgain(erasures=done))
        return
    print(f"Erasures carried out: {done}.")
