"""The sequence of all checks."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

from bot.doctor.data import database_checks
from bot.doctor.files import LEAST_FREE, backup_checks, erasure_checks, file_checks
from bot.doctor.findings import Finding
from bot.doctor.machine import document_checks, settings_checks
from bot.doctor.mail import mail_checks
from bot.doctor.running import page_checks, process_checks
from bot.doctor.screens import screen_checks
from bot.doctor.slack import Known, message_checks, slack_checks
from bot.settings import Settings


async def examined(
    settings: Settings,
    *,
    now: datetime,
    person: str = "",
    backups: Path | None = None,
    screens: bool = False,
    mail: str = "",
    least_free: int = LEAST_FREE,
) -> AsyncIterator[Finding]:
    """Run every check, and yield its findings.

    `person` gets a message for a moment, and the address `mail` a mail; with `screens`, Slack
    checks every screen too.
    """
    known = Known()
    for finding in (*settings_checks(settings), *document_checks()):
        yield finding
    async for finding in slack_checks(settings, known, now):
        yield finding
    files = list(file_checks(settings, least_free))
    for finding in (*files, *erasure_checks(settings), *backup_checks(settings, backups, now)):
        yield finding
    barred = any(one.check == "access" for one in files)
    others = (
        *([] if barred else [database_checks(settings, known.workspace)]),
        process_checks(settings),
        *([page_checks(settings)] if settings.public_url else []),
        message_checks(settings, person),
        *([mail_checks(settings, now, mail)] if settings.smtp_url or mail else []),
        *([screen_checks(settings)] if screens else []),
    )
    for findings in others:
        async for finding in findings:
            yield finding
