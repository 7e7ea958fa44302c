"""`undersigned doctor`: what is wrong with an installation, and what to do."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from pydantic import TypeAdapter

from bot.commands.terminal import AsJson
from bot.doctor.examination import Wanted, examined
from bot.doctor.findings import Finding, State, is_well, wrong
from bot.settings import Settings, SettingsError, read

_MARKS = {State.FINE: "ok", State.LOOK: "look", State.WRONG: "WRONG", State.SKIPPED: "-"}
_FINDINGS = TypeAdapter(list[Finding])


def doctor(
    *,
    person: Annotated[str, Parameter(name="--as")] = "",
    screens: Annotated[bool, Parameter(negative=())] = False,
    backups: Path | None = None,
    json: AsJson = False,
) -> None:
    """Look for what is wrong with this installation, and say what to do. It changes nothing.

    The exit code is 1 where something has to be mended.

    Args:
        person: Slack user id of someone who gets a message, which is deleted right away.
        screens: Have Slack check every screen, one a second.
        backups: The folder that backups go to: the newest one must not be old.
        json: Print an array of `{check, state, said, do}` for machines.
    """
    try:
        settings = read()
    except SettingsError as error:
        if not json:
            raise
        do = "Mend the environment, or the file .env beside it."
        found = [wrong("settings", str(error), do)]
    else:
        wanted = Wanted(now=datetime.now(UTC), person=person, backups=backups)
        found = asyncio.run(_look(settings, wanted, screens=screens, quiet=json))
    if json:
        sys.stdout.buffer.write(_FINDINGS.dump_json(found, indent=2) + b"\n")
    if not is_well(found):
        sys.exit(1)


async def _look(settings: Settings, wanted: Wanted, *, screens: bool, quiet: bool) -> list[Finding]:
    found: list[Finding] = []

    def take(one: Finding) -> None:
        found.append(one)
        if not quiet:
            print(f"{_MARKS[one.state]:>5}  {one.check}: {one.said}", flush=True)
            if one.do:
                print(f"       → {one.do}", flush=True)

    async for one in examined(settings, wanted):
        take(one)
    if screens:
        # Every feature is loaded for it.
        from bot.doctor.screens import screen_checks  # noqa: PLC0415

        async for one in screen_checks(settings):
            take(one)
    return found
