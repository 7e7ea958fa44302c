"""Backups for an operator: a copy of the database, and going back to one."""

import asyncio
import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.database_url import sqlite_file
from bot.features.privacy.use_cases.erasure import erase_again, erase_from_copy
from bot.schema import alone, no_database, opened_database, reason
from bot.settings import Settings, SettingsError
from bot.storage import backup
from bot.storage.backup import Copied, DamagedError
from bot.storage.database import Database
from bot.storage.migrate import Schema, look, upgrade
from bot.storage.privacy.erasure_list import ErasureList, ListError, erasures_beside
from bot.storage.sqlite_files import OWNER_ONLY_FILE


def back_up(settings: Settings, file: Path) -> Copied:
    """Copy the database to a file while it is served, and return what the copy holds.

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
    _copy_list(settings, file)
    return copied


def _copy_list(settings: Settings, file: Path) -> None:
    """Put the list of erasures beside a copy: going back to it needs one."""
    own = erasures_of(settings)
    own.begin()
    beside = erasures_beside(file)
    if not beside.exists() or not beside.samefile(own.file):
        unfinished = beside.with_name(f".{beside.name}.{os.getpid()}")
        unfinished.touch(OWNER_ONLY_FILE)
        unfinished.write_bytes(own.file.read_bytes())
        unfinished.replace(beside)


def erasures_of(settings: Settings) -> ErasureList:
    """Return the list of erasures of a SQLite database."""
    file = sqlite_file(settings.database_url)
    return ErasureList(settings.erasures or erasures_beside(file))


def restore(settings: Settings, file: Path, erasures: Path | None) -> int | None:
    """Go back to a copy; what was erased since it was made is erased from it first.

    Args:
        settings: The settings; DATABASE_URL names a SQLite file that is not there.
        file: The copy.
        erasures: The list of erasures; without it the one of the settings.

    Returns:
        How many erasures were carried out; None where it is no backup by its own account.

    Raises:
        SettingsError: it is no copy, there is a database already, or no list of erasures.
    """
    if not settings.is_sqlite:
        raise SettingsError(
            "DATABASE_URL names a PostgreSQL database: restore it with `pg_restore`, then run "
            "`undersigned erase-again --since MOMENT` before the bot serves."
        )
    place = sqlite_file(settings.database_url).absolute()
    if place.exists():
        raise SettingsError(f"There is a database in {place} already: move it away first.")
    if not file.is_file():
        raise SettingsError(f"There's no copy in {file}.")
    listed = _list_for(settings, file, erasures)
    unfinished = place.with_name(f"{place.name}.{os.getpid()}.restoring")
    with alone(settings):
        try:
            done = _restored(file, unfinished, listed)
            unfinished.rename(place)
            # A process that starts on it looks for the list there.
            erasures_of(settings).take_over(listed)
        except (sqlite3.Error, DBAPIError) as error:
            raise SettingsError(f"{file} is no copy that can be used: {reason(error)}.") from error
        finally:
            for left in unfinished.parent.glob(f"{unfinished.name}*"):
                left.unlink()
    return done


def _restored(file: Path, unfinished: Path, listed: ErasureList) -> int | None:
    """Make a whole database of a copy, without what was erased; return how many erasures applied."""
    unfinished.touch(OWNER_ONLY_FILE)
    shutil.copyfile(file, unfinished)
    backup.check(unfinished)
    return asyncio.run(_erased(unfinished, listed))


async def _erased(file: Path, listed: ErasureList) -> int | None:
    url = f"sqlite+aiosqlite:///{file}"
    if await look(url) is Schema.OLDER:
        await upgrade(url)
    try:
        async with Database(url, erasures=listed.file) as database:
            return await erase_from_copy(database)
    except ListError as error:
        raise SettingsError(f"Nothing was restored: {error}.") from error


def _list_for(settings: Settings, file: Path, named: Path | None) -> ErasureList:
    """Return the list of erasures to go by.

    Raises:
        SettingsError: there is none.
    """
    place = named or erasures_of(settings).file
    if place.is_file():
        return ErasureList(place)
    beside = erasures_beside(file)
    # It was copied with the backup: it may know of no erasure since.
    hint = f" Only if you have no newer one: {beside}." if beside.is_file() else ""
    raise SettingsError(
        f"Nothing was restored: there's no list of erasures in {place}. Without it, people would "
        f"come back who were erased. Name the newest one with --erasures.{hint}"
    )


async def erase_again_since(settings: Settings, since: datetime, erasures: Path | None) -> int:
    """Carry out the list of erasures on a database that was restored; return how many applied.

    Raises:
        SettingsError: there is no list, or no database.
    """
    file = erasures or settings.erasures
    if file is None:
        raise SettingsError("Name the list with --erasures, or set ERASURES.")
    async with opened_database(settings, erasures=file) as database:
        try:
            done = await erase_again(database, erasures=ErasureList(file), since=since)
        except (OSError, ListError) as error:
            raise SettingsError(f"The list of erasures can't be read: {error}.") from error
        await database.scrub()
        return done
