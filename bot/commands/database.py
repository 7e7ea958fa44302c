"""`undersigned migrate`, `backup` and `restore`: the database, and copies of it."""

import asyncio
from datetime import datetime
from pathlib import Path

from bot import backing_up
from bot.backing_up import back_up
from bot.commands.terminal import with_offset
from bot.schema import migrated
from bot.settings import read


def migrate() -> None:
    """Bring the database to the schema of this version. Safe to run again."""
    asyncio.run(migrated(read()))
    print("The database is up to date.")


def backup(file: Path) -> None:
    """Copy the SQLite database to a new file while it is being served, and check the copy.

    Args:
        file: Where to; it must not be there yet.
    """
    print(back_up(read(), file))


def restore(file: Path, *, erasures: Path | None = None) -> None:
    """Go back to a backup of a SQLite database: check it, and erase what was erased since.

    Args:
        file: The backup. DATABASE_URL names where to; nothing may be there yet.
        erasures: The list of erasures. Without it, the one that ERASURES names, else the one beside
            the database or the backup.
    """
    print(backing_up.restore(read(), file, erasures))


def erase_again(*, since: datetime, erasures: Path | None = None) -> None:
    """Carry out the list of erasures after `pg_restore`, before the bot serves.

    Args:
        since: When the dump was made, such as 2027-03-01T17:00+01:00; UTC without an offset.
        erasures: The list of erasures. Without it, the one that ERASURES names.
    """
    done = asyncio.run(backing_up.erase_again_since(read(), with_offset(since), erasures))
    print(f"Erasures carried out: {done}.")
