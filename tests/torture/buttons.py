"""Every button in each letter, in each phase and at each depth: each press is seen, none errs.

Run: `python -m tests.torture.buttons`.
"""

import asyncio
import json
import tempfile
import time
from pathlib import Path

import pytest

from bot.demo import cast
from bot.settings import Settings
from tests.flows.conftest import MANIFEST, RunningBot, environment
from tests.flows.operators.test_statements import clicks_only
from tests.flows.test_every_button import everything, from_all_letters
from tests.support.crawl.crawler import Crawler, Found, watch
from tests.support.databases import migrated_file, sqlite_url
from tests.support.doors import Doors
from tests.support.scenes.coalition import a_coalition
from tests.support.simulator import Simulator, simulator_thread
from tests.torture.report import Report, command

PEOPLE = (cast.GUEST, cast.JUNIPER, cast.SECOND, cast.ORGANISER)


def buttons(*, seed: int) -> Report:
    """Let each kind of person press everything, wherever it looks different."""
    began = time.monotonic()
    with simulator_thread(manifest=json.loads(MANIFEST.read_text())) as doors:
        stood = asyncio.run(_crawl(doors, broken=""))
        fell = asyncio.run(_crawl(doors, broken="read"))
    return Report(
        name="every button",
        done=f"{stood.presses:,} presses in {len(stood.views)} kinds of windows",
        zeros={"dead or failing buttons": len(stood.faults)},
        control="a bot without one handler",
        caught={"dead buttons": len(fell.faults)},
        seconds=time.monotonic() - began,
        seed=seed,
        findings=stood.faults[:20],
    )


async def _crawl(doors: Doors, *, broken: str) -> Found:
    found = Found()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for name, value in environment(doors, sqlite_url(migrated_file(Path(folder)))).items():
            patch.setenv(name, value)
        bot = RunningBot(Simulator(doors), Settings())
        async with clicks_only(bot) as process:
            await a_coalition(bot, process)
            process.features.clicks.pop(broken, None)
            watch(process.features, found)
            for user in (cast.GUEST,) if broken else PEOPLE:
                one = Crawler(bot, process, user, found, whole=not broken)
                await (from_all_letters if broken else everything)(one)
    return found


if __name__ == "__main__":
    command(buttons)
