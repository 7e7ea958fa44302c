"""Soak: a copy of a SQLite database every half minute while people sign; each is gone back to.

Run: `python -m tests.torture.soak`.
"""

import asyncio
import random
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bot.storage.migrate import Schema, look
from tests.support.commands import undersigned
from tests.support.databases import copied, migrated_file, sqlite_url
from tests.torture.crash import Stage, staged
from tests.torture.judge import judge
from tests.torture.report import Report, command

SECONDS, EVERY_S = 600, 30
PER_S = 40
"""Signatures a second, so that the machine has time for the copies."""
CHECKS = ("not made", "not whole", "lost", "half applied", "tally off", "invented", "duplicated", "corrupt")  # fmt: skip


@dataclass(slots=True)
class Soaked:
    """Outcome of a soak."""

    copies: int = 0
    faults: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(CHECKS, 0)))
    findings: list[str] = field(default_factory=list[str])
    torn: int = 0
    """Copies of the file alone, by hand, that lack something."""


def soak(*, seconds: float, every_s: float, seed: int) -> Report:
    """Copy a database that is being served, and go back to each copy.

    Args:
        seconds: How long people sign.
        every_s: Seconds between two copies.
        seed: Of the dice.
    """
    began = time.monotonic()
    soaked, thanked = asyncio.run(_soak(seconds, every_s, seed))
    return Report(
        name="soak, copies under load",
        done=f"{soaked.copies} copies in {seconds:.0f} s, {thanked:,} signatures thanked for, each copy restored",
        zeros=dict(soaked.faults),
        control="the file copied by hand, without what stands in the log beside it",
        caught={"lost": soaked.torn},
        seconds=time.monotonic() - began,
        seed=seed,
        findings=soaked.findings,
    )


async def _soak(seconds: float, every_s: float, seed: int) -> tuple[Soaked, int]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = copied(await asyncio.to_thread(migrated_file, folder), folder)
        people = int(seconds * PER_S) + PER_S
        async with staged(
            sqlite_url(file), folder, people=people, replicas=1, dice=random.Random(seed)
        ) as stage:
            soaked, until = Soaked(), time.monotonic() + seconds
            copying = asyncio.create_task(_copy_on(stage, file, folder, soaked, every_s, until))
            await _sign_on(stage, people, until)
            await copying
            return soaked, len(stage.crowd.thanked)


async def _sign_on(stage: Stage, people: int, until: float) -> None:
    """Let people sign at an even pace until the time is up."""
    numbers = iter(range(people))
    while time.monotonic() < until:
        second = time.monotonic() + 1
        some = [number for number, _ in zip(numbers, range(PER_S), strict=False)]
        if not some:
            return
        await stage.crowd.sign(some, 8)
        await asyncio.sleep(max(0.0, second - time.monotonic()))


async def _copy_on(
    stage: Stage, file: Path, folder: Path, soaked: Soaked, every_s: float, until: float
) -> None:
    while time.monotonic() < until:
        following = time.monotonic() + every_s
        thanked = dict(stage.crowd.thanked)
        by_hand = folder / f"by-hand-{soaked.copies}.db"
        await asyncio.to_thread(shutil.copyfile, file, by_hand)
        copy = folder / f"copy-{soaked.copies}.db"
        made = await undersigned("backup", str(copy), DATABASE_URL=sqlite_url(file))
        soaked.copies += 1
        if made.code:
            soaked.faults["not made"] += 1
            soaked.findings.append(made.err.strip())
        else:
            await _go_back(stage, copy, thanked, soaked)
        soaked.torn += await asyncio.to_thread(_lacks, by_hand, len(thanked))
        await asyncio.sleep(max(0.0, min(following, until) - time.monotonic()))


async def _go_back(stage: Stage, copy: Path, thanked: dict[str, str], soaked: Soaked) -> None:
    """Restore a copy as docs/operating.md says, and judge what is in it."""
    restored = copy.with_name(f"restored-{copy.name}")
    await asyncio.to_thread(shutil.copyfile, copy, restored)
    url = sqlite_url(restored)
    if not await asyncio.to_thread(_is_whole, restored) or await look(url) is not Schema.CURRENT:
        soaked.faults["not whole"] += 1
    verdict = await judge(url, asked=stage.asked, acknowledged=thanked)
    soaked.faults.update(verdict.faults)
    soaked.findings += verdict.findings[:3]
    for one in (copy, restored, Path(f"{restored}-wal"), Path(f"{restored}-shm")):
        one.unlink(missing_ok=True)


def _is_whole(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as opened:
        return opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _lacks(file: Path, least: int) -> int:
    """Return 1 where a copy of the file alone has fewer signatures than there were, or is torn."""
    try:
        with closing(sqlite3.connect(file)) as opened:
            (kept,) = opened.execute("SELECT count(*) FROM endorsements").fetchone()
    except sqlite3.DatabaseError:
        return 1
    finally:
        file.unlink(missing_ok=True)
    return int(kept < least)


if __name__ == "__main__":
    command(soak, seconds=SECONDS, every_s=EVERY_S)
