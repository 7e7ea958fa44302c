"""Checks of files: who may use them, the room on their disk, the list of erasures, backups."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from bot.access import barrier
from bot.database_url import sqlite_file
from bot.doctor.data import damage
from bot.doctor.findings import Finding, State, fine, look, wrong
from bot.settings import Settings
from bot.storage.engines.sqlite_files import lock_file, readable_by_others
from bot.storage.privacy.erasure_list import ErasureList, ListError, erasures_beside

LEAST_FREE = 200_000_000
"""Bytes that must be free on the disk, for a backup and an upgrade beside the database."""
BACKUP_LASTS = timedelta(hours=26)
"""The greatest age of the newest backup: a day, and two hours to make the next."""
_ONE_USER = (
    "Run every command as the user of the bot, and give that user its files with chown and chmod."
)


def file_checks(settings: Settings, least_free: int = LEAST_FREE) -> Iterator[Finding]:
    """Check the files of a SQLite database: who may use and who may read them, and their disk."""
    if not settings.is_sqlite:
        return
    file = sqlite_file(settings.database_url)
    barred = list(_access(file))
    yield from barred or _disk(file, least_free)


def _access(file: Path) -> Iterator[Finding]:
    own = (
        file,
        *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm")),
        lock_file(file),
    )
    for one in own:
        if said := barrier(one, writes=True):
            yield wrong("access", f"{said}.", _ONE_USER)
            return
        if one.is_dir():
            do = "Name a file in it in DATABASE_URL." if one == file else "Move it away."
            yield wrong("access", f"{one} is a folder.", do)
            return
    there = [one for one in (*own, erasures_beside(file)) if one.exists()]
    if len({one.stat().st_uid for one in there}) > 1:
        said = f"The database and the files beside it belong to different users: {file.parent}."
        yield wrong("access", said, _ONE_USER)


def _disk(file: Path, least_free: int) -> Iterator[Finding]:
    folder = next(one for one in (file.absolute().parent, *file.absolute().parents) if one.is_dir())
    free = shutil.disk_usage(folder).free
    said = f"{free / 1e6:,.0f} MB are free in {folder}."
    if free < least_free:
        yield wrong("disk", said, "Make room: signatures can't be kept on a full disk.")
    else:
        yield fine("disk", said)
    places = (file.absolute(), file.absolute().parent)
    shared = [str(one) for one in places if one.exists() and readable_by_others(one)]
    if shared:
        yield look(
            "files",
            f"Other users of this machine can look into {' and '.join(shared)}.",
            f"chmod go-rwx {' '.join(shared)}",
        )


def erasure_checks(settings: Settings) -> Iterator[Finding]:
    """Check that erasures are listed, outside the database's own disk."""
    file, do = settings.erasures, "Set ERASURES to a file beside your backups."
    if file is None and not settings.is_sqlite:
        said = "ERASURES isn't set: people who are erased would come back with a backup."
        yield wrong("erasures", said, do)
        return
    if file is None:
        said = "ERASURES isn't set: the list of erasures is beside the database, and lost with it."
        yield look("erasures", said, do)
    place = file or erasures_beside(sqlite_file(settings.database_url))
    if said := barrier(place, writes=True):
        yield wrong("erasures", f"The list of erasures can't be written: {said}.", _ONE_USER)
    elif not place.parent.is_dir() and file is not None:
        said = f"ERASURES names a file in {place.parent}, and there's no such folder."
        yield wrong("erasures", said, "Make the folder, or mount the disk with your backups.")
    elif place.exists():
        with suppress(FileNotFoundError):
            try:
                _, listed = ErasureList(place).read()
            except (ListError, IsADirectoryError):
                said = f"{place} is no list of erasures, or damaged."
                yield wrong("erasures", said, "Put the newest copy of the list there.")
            else:
                yield fine("erasures", f"{place} lists {len(listed)} erasures.")
    elif file is not None:
        said = f"There's no list of erasures in {place} yet."
        yield look("erasures", said, "If people were erased before, put the newest list there.")


def backup_checks(settings: Settings, named: Path | None, now: datetime) -> Iterator[Finding]:
    """Check that the newest backup in a folder, or beside the list of erasures, is whole and new."""
    folder = named or (settings.erasures.parent if settings.erasures else None)
    own = sqlite_file(settings.database_url).absolute().parent if settings.is_sqlite else None
    if folder is None or (named is None and folder.absolute() == own):
        yield look(
            "backup",
            "It isn't known where backups are.",
            "Give their folder with --backups, or set ERASURES to a file in it.",
        )
        return
    if said := barrier(folder):
        yield wrong("backup", f"The backups can't be seen: {said}.", _ONE_USER)
        return
    # A missing folder counts as empty, and an empty or unfinished file is no backup.
    made = {
        one.stat().st_mtime: one
        for one in folder.glob("[!.]*")
        if one.suffix not in {".erasures", ".unfinished"} and one.is_file() and one.stat().st_size
    }
    if not made:
        yield wrong(
            "backup",
            f"There's no backup in {folder}.",
            "Make one, and let a timer or cron make one every day.",
        )
        return
    age = now - datetime.fromtimestamp(max(made), now.tzinfo)
    said = f"The newest backup in {folder} is {age.total_seconds() / 3600:,.0f} hours old."
    if age > BACKUP_LASTS:
        yield wrong("backup", said, "Find out why backups stopped, and make one now.")
    else:
        yield fine("backup", said)
    newest = made[max(made)]
    found = damage(newest) if newest.suffix == ".db" else None
    if found is not None and found.state is State.WRONG:
        yield wrong("backup", found.said, "Make one now, and keep the older ones.")
    if readable_by_others(folder) and readable_by_others(newest):
        said = f"Other users of this machine can read the backups in {folder}."
        yield look("files", said, f"chmod go-rwx {folder}")
