"""Written before it is said: no answer leaves the server before its signature is on the disk.

Run: `python -m tests.torture.syncs`.
"""

import asyncio
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.support.databases import copied, migrated_file, sqlite_url
from tests.torture.crash import Stage, ready, staged
from tests.torture.processes.replicas import Main
from tests.torture.processes.servers import serve_alone, serve_unsynced
from tests.torture.report import Report, command
from tests.torture.strace import calls, missing, traced

COMMITS = 1_000
CONTROL = 50
LOOKED_AT = "trace=pwrite64,pwritev,fdatasync,fsync,sendto,sendmsg,write,writev"
SAYING = {"sendto", "sendmsg", "write", "writev"}


@dataclass(slots=True)
class Watched:
    """The figures from a log of calls."""

    answers: int = 0
    early: int = 0
    """Answers that left before what was written for them was synced."""
    unwritten: int = 0
    """Answers before which nothing was written."""


def syncs(*, commits: int, seed: int) -> Report:
    """Sign one after the other, and look at the order in which the server writes, syncs and answers."""
    began = time.monotonic()
    reason = missing()
    assert not reason, reason
    stood, fell = asyncio.run(_watch_both(commits, seed))
    return Report(
        name="written before it is said",
        done=f"{stood.answers:,} signatures, each a commit, under strace",
        zeros={
            "answered before the sync": stood.early,
            "answered without a write": stood.unwritten,
            "not answered": commits - stood.answers,
        },
        control="synchronous=NORMAL",
        caught={"answered before the sync": fell.early},
        seconds=time.monotonic() - began,
        seed=seed,
    )


async def _watch_both(commits: int, seed: int) -> tuple[Watched, Watched]:
    people, dice = commits + CONTROL, random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = copied(await asyncio.to_thread(migrated_file, folder), folder)
        async with staged(
            sqlite_url(file), folder, people=people, replicas=1, dice=dice
        ) as stage:  # fmt: skip
            stood = await _watch(stage, range(commits), folder / "stood", serve_alone)
            control = range(commits, people)
            return stood, await _watch(stage, control, folder / "fell", serve_unsynced)


async def _watch(stage: Stage, numbers: range, log: Path, main: Main) -> Watched:
    """Let these sign, one after the other, while the server's calls are watched."""
    replica = stage.replicas[0]
    replica.stop()
    replica.main = main
    replica.start()
    await ready(stage)
    # The first writer opens the file: that is not what is looked at.
    with traced(replica.pid, log, options=["-e", LOOKED_AT]):
        await stage.crowd.sign(numbers, 1)
    return watched(log)


def watched(log: Path) -> Watched:
    """Go through a log: write to the log file, sync of it, answer."""
    seen = Watched()
    unsynced, written, syncing = False, False, False
    for call in calls(log):
        if "-wal>" in call.told and call.begins and call.name.startswith("pwrite"):
            unsynced, written, syncing = True, True, False
        elif call.name in {"fdatasync", "fsync"}:
            if call.begins:
                syncing = "-wal>" in call.told
            if call.ends and syncing and call.told.rstrip().endswith("= 0"):
                unsynced, syncing = False, False
        elif call.begins and call.name in SAYING and "HTTP/1.1 200" in call.told:
            seen.answers += 1
            seen.early += unsynced
            seen.unwritten += not written
            written = False
    return seen


if __name__ == "__main__":
    command(syncs, commits=COMMITS)
