"""Checks of the machine: settings, files, disk space and backups."""

import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.database_url import sqlite_file
from bot.doctor.findings import Finding, fine, look, skipped, wrong
from bot.settings import DEFAULT_API_URL, ENV_FILE, Settings
from bot.storage.sqlite_files import readable_by_others

LEAST_FREE = 200_000_000
"""Bytes that must be free on the disk, for a backup and an upgrade beside the database."""
BACKUP_LASTS = timedelta(hours=26)
"""The greatest age of the newest backup: a day, and two hours to make the next."""
_HEXADECIMAL = re.compile("[0-9a-f]{32}")


def settings_checks(settings: Settings) -> Iterator[Finding]:
    """Check the settings themselves, without network or database."""
    if settings.slack_bot_token is None:
        yield wrong(
            "bot_token",
            "SLACK_BOT_TOKEN isn't set.",
            "Copy it from your app's settings at api.slack.com/apps, “OAuth & Permissions”.",
        )
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
        yield look(
            "slack_address",
            f"SLACK_API_URL leads to {settings.slack_api_url}, which isn't Slack.",
            "Leave SLACK_API_URL out, unless this is a trial.",
        )
    env = Path(ENV_FILE)
    if env.is_file() and readable_by_others(env):
        yield look(
            "secrets",
            f"Other users of this machine can read {env.absolute()}, which may hold tokens.",
            f"chmod 600 {env.absolute()}",
        )


def disk_checks(settings: Settings, least_free: int = LEAST_FREE) -> Iterator[Finding]:
    """Check the files of a SQLite database, and the free space on their disk.

    Args:
        settings: The settings.
        least_free: Bytes that must be free.
    """
    if not settings.is_sqlite:
        return
    file = sqlite_file(settings.database_url)
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


def backup_checks(folder: Path | None, now: datetime) -> Iterator[Finding]:
    """Check that the newest backup in a folder is not old.

    Args:
        folder: The folder of the backups, if it was given.
        now: The current time.
    """
    if folder is None:
        yield skipped("backup", "Give the folder with --backups FOLDER to have its age checked.")
        return
    # A missing folder counts as empty.
    made = [one.stat().st_mtime for one in folder.glob("*") if one.is_file()]
    if not made:
        yield wrong(
            "backup",
            f"There's no backup in {folder}.",
            "Make one, and let cron make one every day.",
        )
        return
    age = now - datetime.fromtimestamp(max(made), now.tzinfo)
    said = f"The newest backup in {folder} is {age.total_seconds() / 3600:,.0f} hours old."
    if age > BACKUP_LASTS:
        yield wrong("backup", said, "Look why cron makes none any more, and make one now.")
    else:
        yield fine("backup", said)
