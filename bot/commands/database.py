"""`undersigned migrate` and `backup`: the database, and copies of it."""

import asyncio
from pathlib import Path

from bot.backing_up import back_up
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
