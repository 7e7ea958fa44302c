"""Crash, PostgreSQL: replicas are killed and the database is stopped abruptly, while people sign.

Run: `python -m tests.torture.crash_postgresql`.
"""

import asyncio
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.support.databases import PostgresServer, postgres_server
from tests.torture.crash import Stage, Storm, staged, storm
from tests.torture.processes.servers import serve_hastily
from tests.torture.report import Report, command

SIGNATURES, KILLS, STOPS = 10_000, 100, 20
REPLICAS = 3
CONTROL = 100
CONTROL_STOPS = 3
"""Stops of the careless database: by chance it may just have written all, but hardly each time."""
AWAY_S = 0.5
"""The longest that the database is away, besides what its own start takes."""
LATE_S = 10
"""The delay with which the careless database of the control writes what it has promised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Storms:
    """The storm, and the two controls after it: the bot's promise broken, and the database's."""

    stood: Storm
    hasty: Storm
    careless: Storm


def crash_postgresql(
    *, signatures: int, kills: int, stops: int, seed: int, replicas: int = REPLICAS
) -> Report:
    """Sign against replicas of which any may die, as may the database, and judge all."""
    began = time.monotonic()
    with postgres_server() as server:
        storms = asyncio.run(_storms(server, signatures, kills, stops, seed, replicas))
    return Report(
        name="crash, PostgreSQL",
        done=f"{storms.stood.done}, {replicas} replicas, {stops} immediate stops of the database",
        zeros=storms.stood.zeros,
        control="thanks before the commit; a database with synchronous_commit=off",
        caught={
            "lost by the hasty bot": storms.hasty.verdict.faults["lost"],
            "lost by the careless database": storms.careless.verdict.faults["lost"]
            - storms.hasty.verdict.faults["lost"],
        },
        seconds=time.monotonic() - began,
        seed=seed,
        findings=storms.stood.findings,
    )


async def _storms(
    server: PostgresServer, signatures: int, kills: int, stops: int, seed: int, replicas: int
) -> Storms:
    people, dice = signatures + 2 * CONTROL, random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        async with (
            server.fresh() as url,
            staged(
                url, Path(folder), people=people, replicas=replicas, dice=dice, mortal=True
            ) as stage,
        ):
            stood = await storm(
                stage,
                range(signatures),
                kills=kills,
                meanwhile=lambda: _stop_now_and_then(stage, server, signatures, stops),
            )
            hasty = range(signatures, signatures + CONTROL)
            fell = await storm(stage, hasty, kills=4, main=serve_hastily)
            await _be_careless(server)
            careless = await storm(
                stage,
                range(hasty.stop, people),
                kills=0,
                meanwhile=lambda: _stop_now_and_then(stage, server, CONTROL, CONTROL_STOPS),
            )
            return Storms(stood=stood, hasty=fell, careless=careless)


async def _stop_now_and_then(
    stage: Stage, server: PostgresServer, signatures: int, stops: int
) -> None:
    """Stop the database after some signature or other, as a power cut would, and start it."""
    crowd, dice = stage.crowd, stage.dice
    already = len(crowd.thanked)
    for moment in sorted(dice.sample(range(signatures // 4, signatures), stops)):
        await crowd.have_answered(already + moment)
        await asyncio.to_thread(server.stop_at_once)
        await asyncio.sleep(dice.uniform(0, AWAY_S))
        await asyncio.to_thread(server.start_again)


async def _be_careless(server: PostgresServer) -> None:
    """Make the database say yes before it has written, from now on."""
    await server.run("ALTER SYSTEM SET synchronous_commit = off")
    await server.run(f"ALTER SYSTEM SET wal_writer_delay = '{LATE_S}s'")
    await server.run("ALTER SYSTEM SET wal_writer_flush_after = '1GB'")
    await server.run("SELECT pg_reload_conf()")


if __name__ == "__main__":
    command(crash_postgresql, signatures=SIGNATURES, kills=KILLS, stops=STOPS)
