"""One clock decides: replicas whose own clocks are five minutes wrong close a letter together."""

import asyncio
import json
import sys
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.storage.database import Database
from tests.support.letters import WORKSPACE, an_open_letter, rows, the_letter
from tests.support.shared import ROOT

SKEW_S = 300
OPEN_FOR = timedelta(seconds=3)
NEAR = timedelta(seconds=1.5)
"""The last stretch before the deadline in which each replica must have signed, on a busy machine."""


async def _replica(url: str, seconds: int, which: str) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.machine.skewed", url, str(seconds), which,
        cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert (await process.stdout.readline()).strip() == b"ready"
    return process


async def _played(
    url: str, skews: list[int], which: str = "database", *, start: timedelta = timedelta(0)
) -> tuple[Letter, datetime, list[dict[str, int]], list[dict[str, Any]]]:
    """Return replicas' acts around a deadline, the deadline, and the endorsements that were kept.

    `start` is how far the clock that decides is from this process's.
    """
    replicas = [await _replica(url, seconds, which) for seconds in skews]
    async with Database(url) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Open Web Coalition")
        now = await database.read(lambda tx: tx.now)
        deadline = now + start + OPEN_FOR
        letter = await an_open_letter(database, deadline=deadline)
        outs = await asyncio.gather(
            *(one.communicate(f"{letter.id}\n".encode()) for one in replicas)
        )
        did = [json.loads(out) for out, _ in outs]
        return (
            await the_letter(database, letter.id),
            deadline,
            did,
            await rows(database, "endorsements"),
        )


def _last(kept: list[dict[str, Any]], name: str) -> datetime:
    return max(row["signed_at"] for row in kept if row["user"].startswith(f"U{name}"))


async def test_two_replicas(postgres_url: str) -> None:
    """With clocks 5 minutes ahead and behind, both replicas sign until the deadline and not after it."""
    letter, deadline, did, kept = await _played(postgres_url, [SKEW_S, -SKEW_S])

    assert all(row["signed_at"] < deadline for row in kept)
    assert {row["clock"] for row in kept} == {"postgresql"}
    for name in ("AHEAD", "BEHIND"):
        assert deadline - _last(kept, name) < NEAR
    for one in did:
        assert one["accepted"] > 0
        assert one["refused"] > 0
        assert one["accepted_after_refused"] == 0
    assert len(kept) == sum(one["accepted"] for one in did)
    assert (letter.phase, letter.closed_at) == (Phase.CLOSED, deadline)


async def test_control(postgres_url: str) -> None:
    """Were each replica to go by its own clock, the one that is behind would sign on."""
    _, deadline, did, kept = await _played(postgres_url, [-SKEW_S], "own")

    assert {row["clock"] for row in kept} == {"given"}
    assert did[0]["refused"] == 0
    # By its own clock it never signed after the deadline, and by the true one it did.
    assert all(row["signed_at"] < deadline for row in kept)
    assert _last(kept, "BEHIND") + timedelta(seconds=SKEW_S) > deadline


async def test_one_process_on_sqlite(sqlite_url: str) -> None:
    """On SQLite the one process's clock decides, however wrong it is, and the record says so."""
    ahead = timedelta(seconds=SKEW_S)
    _, deadline, did, kept = await _played(sqlite_url, [SKEW_S], start=ahead)

    assert all(row["signed_at"] < deadline for row in kept)
    assert deadline - _last(kept, "AHEAD") < NEAR
    assert did[0]["accepted_after_refused"] == 0
    assert Counter(row["clock"] for row in kept) == {"process": did[0]["accepted"]}
