"""`undersigned doctor`: checks of an installation, with advice for each problem."""

import sys
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from bot.commands.terminal import AsJson, write_json
from bot.doctor.data import database_checks
from bot.doctor.files import (
    LEAST_FREE,
    backup_checks,
    document_checks,
    erasure_checks,
    file_checks,
    settings_checks,
)
from bot.doctor.findings import Finding, State, is_well, wrong
from bot.doctor.mail import mail_checks
from bot.doctor.running import page_checks, process_checks
from bot.doctor.screens import screen_checks
from bot.doctor.slack import Known, message_checks, slack_checks
from bot.settings import Settings, SettingsError, read


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


_MARKS = {State.FINE: "ok", State.LOOK: "look", State.WRONG: "WRONG", State.SKIPPED: "-"}


async def doctor(
    *,
    person: Annotated[str, Parameter(name="--as")] = "",
    screens: Annotated[bool, Parameter(negative=())] = False,
    mail: str = "",
    backups: Path | None = None,
    json: AsJson = False,
) -> None:
    """Check this installation, and say how to fix each problem. Nothing is changed.

    The exit code is 1 if something has to be fixed.

    Args:
        person: Slack member ID of someone who gets a message, which is deleted right away.
        screens: Have Slack check every screen, one a second.
        mail: An address that gets a test email.
        backups: The folder with the backups. The newest must be less than 26 hours old.
        json: Print an array of `{check, state, said, do}` for machines.
    """
    found: list[Finding] = []

    def take(one: Finding) -> None:
        found.append(one)
        if not json:
            print(f"{_MARKS[one.state]:>5}  {one.check}: {one.said}", flush=True)
            if one.do:
                print(f"       → {one.do}", flush=True)

    try:
        settings = read()
    except SettingsError as error:
        if not json:
            raise
        take(
            wrong(
                "settings",
                str(error),
                "Fix the environment variables, or the file .env in this folder.",
            )
        )
    else:
        now = datetime.now(UTC)
        async for one in examined(
            settings, now=now, person=person, backups=backups, screens=screens, mail=mail
        ):
            take(one)
    if json:
        write_json([asdict(one) for one in found])
    if not is_well(found):
        sys.exit(1)
