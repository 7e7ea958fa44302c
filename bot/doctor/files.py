"""Checks of the settings, of what is installed, and of files: their users, disk, and backups."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from bot.access import barrier
from bot.database_url import sqlite_file
from bot.doctor.data import damage
from bot.doctor.findings import Finding, State, fine, look, wrong
from bot.documents.making import available
from bot.documents.paper import Format
from bot.settings import DEFAULT_API_URL, ENV_FILE, Settings, misspelt
from bot.storage.engines.sqlite_files import lock_file, readable_by_others
from bot.storage.privacy.erasure_list import ErasureList, ListError, erasures_beside

_HEXADECIMAL = re.compile("[0-9a-f]{32}")


def settings_checks(settings: Settings) -> Iterator[Finding]:
    """Check the settings themselves, without network or database."""
    if settings.slack_bot_token is None:
        do = "Copy it from your app's settings at api.slack.com/apps, “OAuth & Permissions”."
        env = Path(ENV_FILE).absolute()
        where = "" if env.exists() else f", and there's no file {env.name} in {env.parent}"
        yield wrong("bot_token", f"SLACK_BOT_TOKEN isn't set{where}.", do)
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        yield wrong(
            "transport",
            "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set, so Slack can't reach the app.",
            "Set SLACK_APP_TOKEN for `undersigned run`, or SLACK_SIGNING_SECRET for `undersigned serve`.",
        )
    secret = settings.slack_signing_secret
    real = settings.slack_api_url == DEFAULT_API_URL
    if secret is not None and real and not _HEXADECIMAL.fullmatch(secret.get_secret_value()):
        yield wrong(
            "signing_secret",
            "SLACK_SIGNING_SECRET isn't one of Slack's: those are 32 digits and letters from a to f.",
            "Copy it from “Basic Information”, “App Credentials”.",
        )
    if not real:
        said = f"SLACK_API_URL leads to {settings.slack_api_url}, which isn't Slack."
        yield look("slack_address", said, "Leave SLACK_API_URL out, unless this is a trial.")
    elif settings.undersigned_clock is not None:
        said = "UNDERSIGNED_CLOCK is set, so this installation goes by the time of a demonstration."
        yield wrong("clock", said, "Leave it out.")
    yield from _page_checks(settings)
    yield from _file_checks(Path(ENV_FILE))
    for name, nearest in misspelt():
        yield wrong(
            "unknown", f"{name} isn't a setting, and {nearest} isn't set.", f"Call it {nearest}."
        )
    # Without a signing secret or public pages, no process listens at PORT.
    listens = secret is not None or settings.public_url
    ports = {"PORT": settings.port if listens else None}
    ports |= {"HEALTH_PORT": settings.health_port, "METRICS_PORT": settings.metrics_port}
    for number in sorted({one for one in ports.values() if one is not None}):
        same = [name for name, port in ports.items() if port == number]
        if len(same) > 1:
            said = f"{' and '.join(same)} are the same port, {number}."
            yield wrong("ports", said, "Give each a port of its own.")


def _page_checks(settings: Settings) -> Iterator[Finding]:
    if settings.public_url and not settings.contact.strip():
        said = "CONTACT isn't set. Public pages have to say who runs them, in several countries by law."
        yield wrong("contact", said, "Set CONTACT to a name and a way to write to you.")
    if settings.public_url.startswith("http:"):
        said = f"PUBLIC_URL is {settings.public_url}, so pages are sent unencrypted."
        yield look("public_url", said, "Serve them under https, unless this is a trial.")


def _file_checks(env: Path) -> Iterator[Finding]:
    if env.is_file() and readable_by_others(env):
        said = f"Other users of this machine can read {env.absolute()}, which may hold tokens."
        yield look("secrets", said, f"chmod 600 {env.absolute()}")


def document_checks() -> Iterator[Finding]:
    """Check that documents can be made: their libraries, and a folder for temporary files."""
    if not all(map(available, (Format.PDF, Format.XLSX))):
        yield look(
            "documents",
            "Letters can't be made as PDF or spreadsheet: the extra “documents” isn't installed.",
            "pip install --require-hashes -r requirements-documents.txt",
        )
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        yield wrong(
            "documents",
            "There's no folder for temporary files, so no document can be made.",
            "Make /tmp writable, such as with a tmpfs, or name a folder in TMPDIR.",
        )


LEAST_FREE = 200_000_000
"""Bytes that must be free on the disk, for a backup and an upgrade beside the database."""
BACKUP_LASTS = timedelta(hours=26)
"""The greatest age of the newest backup: a day, and two hours to make the next."""
_ONE_USER = (
    "Run every command as the user of the bot, and give that user its files with chown and chmod."
)


def _advice(barred: str) -> str:
    if barred.endswith("which isn't there"):
        return "Fix the link, or mount the disk that it points to."
    if barred.endswith("is on a read-only disk"):
        return "Mount it so that it can be written to. A disk that fails is made read-only: see the kernel's log."
    return _ONE_USER


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
            yield wrong("access", f"{said}.", _advice(said))
            return
        if one.is_dir():
            do = "Set DATABASE_URL to a file in it." if one == file else "Move it away."
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
        said = "ERASURES isn't set: erased people would come back when a backup is restored."
        yield wrong("erasures", said, do)
        return
    if file is None:
        said = "ERASURES isn't set, so the list of erasures would be lost with the database."
        yield look("erasures", said, do)
    place = file or erasures_beside(sqlite_file(settings.database_url))
    if said := barrier(place, writes=True):
        yield wrong("erasures", f"The list of erasures can't be written: {said}.", _advice(said))
    elif not place.parent.is_dir() and file is not None:
        said = f"ERASURES names a file in {place.parent}, and there's no such folder."
        yield wrong("erasures", said, "Make the folder, or mount the disk with your backups.")
    elif place.exists():
        with suppress(FileNotFoundError):
            try:
                _, listed = ErasureList(place).read()
            except (ListError, IsADirectoryError):
                said = f"{place} isn't a list of erasures, or it's damaged."
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
            "We don't know where your backups are.",
            "Give their folder with --backups, or set ERASURES to a file in it.",
        )
        return
    if said := barrier(folder):
        yield wrong("backup", f"The backups can't be read: {said}.", _ONE_USER)
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
    if newest.suffix == ".db" and not barrier(newest):
        found = damage(newest) or wrong("backup", f"{newest} isn't a SQLite database.", "")
        if found.state is State.WRONG:
            yield wrong("backup", found.said, "Make one now, and keep the older ones.")
    if readable_by_others(folder) and readable_by_others(newest):
        said = f"Other users of this machine can read the backups in {folder}."
        yield look("files", said, f"chmod go-rwx {folder}")
