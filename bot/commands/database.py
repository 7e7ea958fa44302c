"""`undersigned migrate`, `backup` and `restore`: the database and its backups."""

import asyncio
import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.commands.terminal import AsJson, say
from bot.database_url import sqlite_file
from bot.features.privacy.use_cases import erasure
from bot.schema import ANOTHERS, alone, migrated, no_database, reason
from bot.settings import Settings, SettingsError, read
from bot.storage.database import Database
from bot.storage.engines.backup import DamagedError, check, copy
from bot.storage.engines.sqlite_files import OWNER_ONLY_FILE
from bot.storage.migrate import Schema, look, upgrade
from bot.storage.privacy.erasure_list import ErasureList, ListError, erasures_beside


async def migrate() -> None:
    """Upgrade the database to the schema of this version. Safe to run again."""
    await migrated(read())
    print("The database is up to date.")


def backup(file: Path, *, json: AsJson = False) -> None:
    """Copy the SQLite database to a new file, even while the bot uses it, and check the copy.

    Args:
        file: The file to write; it must not exist yet.
        json: Print `{file, letters, signatures}` for machines.
    """
    settings = read()
    if not settings.is_sqlite:
        raise SettingsError(
            "DATABASE_URL names a PostgreSQL database. Back it up with `pg_dump --format=custom "
            "--file=FILE DATABASE`, also while it's in use: see docs/operating.md."
        )
    if not sqlite_file(settings.database_url).is_file():
        raise no_database(settings)
    _refuse_list_of_another(settings, file)
    try:
        made = copy(settings.database_url, file, datetime.now(UTC))
    except FileExistsError as error:
        raise SettingsError(f"{file} already exists: choose another name.") from error
    except FileNotFoundError as error:
        raise SettingsError(f"{file} can't be made: there's no folder {file.parent}.") from error
    except DamagedError as error:
        raise SettingsError(
            f"The copy was incomplete, so it was deleted ({error}). Try again. If it happens again, "
            "the "
            "database itself may be damaged: see docs/operating.md."
        ) from error
    except (OSError, sqlite3.Error) as error:
        raise SettingsError(f"The copy couldn't be made: {reason(error)}.") from error
    _copy_list(settings, file)
    text = f"{file}: checked. Letters: {made.letters}, signatures: {made.signatures}."
    facts = {"file": str(file), "letters": made.letters, "signatures": made.signatures}
    say(text, facts, json=json)


def _refuse_list_of_another(settings: Settings, file: Path) -> None:
    """Refuse a folder with the list of another installation, which each backup would replace."""
    own, beside = _own_list(settings), ErasureList(erasures_beside(file))
    if not own.file.is_file() or not beside.file.is_file():
        return
    try:
        is_same = own.read()[0] == beside.read()[0]
    except ListError as error:
        raise SettingsError(f"Nothing was copied: {error}.") from error
    if not is_same:
        raise SettingsError(
            f"{beside.file} is the list of erasures of another installation. Give each "
            "installation its own folder for backups."
        )


def _copy_list(settings: Settings, file: Path) -> None:
    """Copy the list of erasures beside a backup; restoring the backup needs a list."""
    own = _own_list(settings)
    own.begin()
    beside = erasures_beside(file)
    if not beside.exists() or not beside.samefile(own.file):
        unfinished = beside.with_name(f".{beside.name}.{os.getpid()}")
        unfinished.touch(OWNER_ONLY_FILE)
        unfinished.write_bytes(own.file.read_bytes())
        unfinished.replace(beside)


def _own_list(settings: Settings) -> ErasureList:
    file = sqlite_file(settings.database_url)
    return ErasureList(settings.erasures or erasures_beside(file))


def restore(file: Path, *, erasures: Path | None = None, json: AsJson = False) -> None:
    """Restore a SQLite backup: check it, and carry out the erasures made since.

    Args:
        file: The backup. It is restored to the path in DATABASE_URL, which must not exist yet.
        erasures: Your newest list of erasures. By default, the one that ERASURES names, or else the
            one beside the database.
        json: Print `{file, erasures}` for machines.
    """
    settings = read()
    if not settings.is_sqlite:
        raise SettingsError(
            "DATABASE_URL names a PostgreSQL database: restore it with `pg_restore`, as "
            "docs/operating.md says."
        )
    place = sqlite_file(settings.database_url).absolute()
    # SQLite would write the log of another database into this one.
    there = [one for end in ("", "-wal") if (one := place.with_name(f"{place.name}{end}")).exists()]
    if there:
        raise SettingsError(
            f"{there[0]} already exists: move the old database away, with its -wal and -shm files."
        )
    if not file.is_file():
        raise SettingsError(f"There's no backup at {file}.")
    listed = _list_for(settings, file, erasures)
    unfinished = place.with_name(f"{place.name}.restoring")
    with alone(settings):
        # A restore that was killed may have left some; its log would destroy this copy.
        _remove(unfinished)
        try:
            unfinished.touch(OWNER_ONLY_FILE)
            shutil.copyfile(file, unfinished)
            check(unfinished)
            done = asyncio.run(_erased(unfinished, listed))
            # A process that opens the database expects its list there.
            _own_list(settings).take_over(listed)
            unfinished.rename(place)
        except (sqlite3.Error, DBAPIError) as error:
            raise SettingsError(f"{file} can't be used: {reason(error)}.") from error
        finally:
            _remove(unfinished)
    text = f"{place}: restored. Erasures since the backup that were carried out again: {done}."
    if done is None:
        text = f"{place}: restored. It is empty or isn't marked as a backup, so nothing was erased."
    say(text, {"file": str(place), "erasures": done}, json=json)


def _remove(unfinished: Path) -> None:
    for left in unfinished.parent.glob(f"{unfinished.name}*"):
        left.unlink()


def _list_for(settings: Settings, file: Path, named: Path | None) -> ErasureList:
    place = named or _own_list(settings).file
    if place.is_file():
        return ErasureList(place)
    beside = erasures_beside(file)
    # Copied with the backup, so it may lack later erasures.
    hint = f" Only if you have no newer one, use {beside}." if beside.is_file() else ""
    raise SettingsError(
        f"Nothing was restored: there's no list of erasures in {place}. Without it, people who "
        f"were erased would come back. Name the newest list with --erasures.{hint}"
    )


async def _erased(file: Path, listed: ErasureList) -> int | None:
    """Carry out later erasures on a backup; return their number, or None if it isn't a backup."""
    url = f"sqlite+aiosqlite:///{file}"
    found = await look(url)
    if found is Schema.ANOTHER:
        raise SettingsError(f"Nothing was restored. {ANOTHERS}")
    if found is Schema.OLDER:
        await upgrade(url)
    try:
        async with Database(url, erasures=listed.file) as database:
            return await erasure.erase_from_copy(database)
    except ListError as error:
        raise SettingsError(f"Nothing was restored: {error}.") from error
