"""The words that `undersigned backup` prints for its operator."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from bot.database_url import sqlite_file
from bot.schema import no_database
from bot.settings import Settings, SettingsError
from bot.storage import backup
from bot.storage.backup import DamagedError


def back_up(settings: Settings, file: Path) -> str:
    """Copy the database to a file while it is served, and say what the copy holds.

    Raises:
        SettingsError: it is no SQLite file, the file is there already, or the copy failed.
    """
    if not settings.is_sqlite:
        raise SettingsError(
            "DATABASE_URL names a PostgreSQL database, which has its own way to copy what is being "
            "used: `pg_dump --format=custom --file=FILE DATABASE`. docs/operating.md says more."
        )
    if not sqlite_file(settings.database_url).is_file():
        raise no_database(settings)
    try:
        copied = backup.copy(settings.database_url, file, datetime.now(UTC))
    except FileExistsError as error:
        raise SettingsError(f"{file} is there already: choose another name.") from error
    except FileNotFoundError as error:
        raise SettingsError(f"{file} can't be made: there's no folder {file.parent}.") from error
    except DamagedError as error:
        raise SettingsError(
            f"The copy is not whole and was thrown away ({error}). Try again; if it stays so, the "
            "database itself may be damaged: see docs/operating.md."
        ) from error
    except (OSError, sqlite3.Error) as error:
        raise SettingsError(
            f"The copy could not be made ({type(error).__name__}): is there room, and may this user "
            "write there?"
        ) from error
    return f"{file}: {copied.letters} letters, {copied.signatures} signatures; checked."
