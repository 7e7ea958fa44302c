"""All checks, one after the other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.doctor.data import database_checks
from bot.doctor.findings import Finding
from bot.doctor.machine import LEAST_FREE, backup_checks, disk_checks, settings_checks
from bot.doctor.running import process_checks
from bot.doctor.slack import Known, message_checks, slack_checks
from bot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Choices of an examination."""

    now: datetime
    """The present instant by this machine's clock."""
    person: str = ""
    """The Slack id of someone who gets a message for a moment; empty for nobody."""
    backups: Path | None = None
    least_free: int = LEAST_FREE
    """Bytes that must be free on the disk."""


async def examined(settings: Settings, wanted: Wanted) -> AsyncIterator[Finding]:
    """Make every check, and give what each one found."""
    known = Known()
    for finding in settings_checks(settings):
        yield finding
    async for finding in slack_checks(settings, known, wanted.now):
        yield finding
    for finding in disk_checks(settings, wanted.least_free):
        yield finding
    async for finding in database_checks(settings, known.workspace):
        yield finding
    for finding in backup_checks(wanted.backups, wanted.now):
        yield finding
    async for finding in process_checks(settings):
        yield finding
    if wanted.person:
        async for finding in message_checks(settings, wanted.person):
            yield finding
