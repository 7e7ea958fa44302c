"""Crash, SQLite: the process is killed again and again while people sign.

Run: `python -m tests.torture.crash_sqlite`.
"""

import asyncio
import random
import tempfile
import time
from pathlib import Path

from tests.support.databases import copied, migrated_file, sqlite_url
from tests.torture.crash import Storm, staged, storm
from tests.torture.processes.servers import serve_hastily
from tests.torture.report import Report, command

SIGNATURES, KILLS = 10_000, 100
CONTROL = 100


def crash_sqlite(*, signatures: int, kills: int, seed: int) -> Report:
    """Sign against one process that is killed at random moments, and judge what is kept."""
    began = time.monotonic()
    stood, fell = asyncio.run(_storms(signatures, kills, seed))
    return Report(
        name="crash, SQLite",
        done=stood.done,
        zeros=stood.zeros,
        control="thanks before the commit",
        caught={"lost": fell.verdict.faults["lost"]},
        seconds=time.monotonic() - began,
        seed=seed,
        findings=stood.findings,
    )


async def _storms(signatures: int, kills: int, seed: int) -> tuple[Storm, Storm]:
    """The storm itself, and the control after it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = sqlite_url(copied(await asyncio.to_thread(migrated_file, folder), folder))
        people, dice = signatures + CONTROL, random.Random(seed)
        async with staged(url, folder, people=people, replicas=1, dice=dice) as stage:
            stood = await storm(stage, range(signatures), kills=kills)
            control = range(signatures, people)
            return stood, await storm(stage, control, kills=4, main=serve_hastily)


if __name__ == "__main__":
    command(crash_sqlite, signatures=SIGNATURES, kills=KILLS)
