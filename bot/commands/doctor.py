"""`undersigned doctor`: checks of an installation, with advice for each problem."""

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from bot.commands.terminal import AsJson, write_json
from bot.doctor.examination import examined
from bot.doctor.findings import Finding, State, is_well, wrong
from bot.settings import SettingsError, read

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
        person: Slack user id of someone who gets a message, which is deleted right away.
        screens: Have Slack check every screen, one a second.
        mail: An address that gets a test mail.
        backups: The folder of the backups; the newest backup must not be old.
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
