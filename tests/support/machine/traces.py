"""Places where words about people are found: rows of a database, and bytes of its files."""

from pathlib import Path

from bot.storage.database import Database
from tests.support.letters import everything


async def tables_with(database: Database, *words: str) -> set[str]:
    """Return the tables that have a row with one of these words."""
    found = await everything(database)
    return {
        table
        for table, rows in found.items()
        if any(word in repr(value) for word in words for row in rows for value in row)
    }


def files_with(folder: Path, *words: str) -> set[str]:
    """Return the files of a folder whose bytes hold one of these words."""
    return {
        path.name
        for path in folder.iterdir()
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    }
