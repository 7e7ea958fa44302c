"""The time `undersigned run` takes from its start to its first answer, and what it holds when idle.

Against the local Slack over Socket Mode, on SQLite, with a letter whose card is up. Run:
`make bench-idle`.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from tests.support.commands import environment, undersigned, undersigned_started
from tests.support.shared import ROOT
from tests.support.simulator import Simulator, running_simulator

STARTS = 5
IDLE_S = 5.0
MOST_MB, MOST_S = 120.0, 2.0
MANIFEST = ROOT / "manifests" / "socket-mode.json"


def held_mb(pid: int) -> float:
    """The memory that a process holds (RSS), in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def used_s(pid: int) -> float:
    """The processor's time that a process has used, in seconds: what it takes on a free machine."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _start(simulator: Simulator, settings: dict[str, str]) -> tuple[float, ...]:
    """Seconds to the first answered click, those of the processor, MB idle, and MB after the click."""
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment(**settings),
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await simulator.connected(within=60)
        member = simulator.person("U0MEMBER1")
        await member.click("Sign", channel="open-internet")
        await member.sees_modal("Sign the letter", within=30)
        took = time.monotonic() - began
        used = used_s(process.pid)
        clicked = held_mb(process.pid)
    finally:
        process.terminate()
        await process.wait()
    async with undersigned_started("run", ready="run.ready", **settings) as process:
        await asyncio.sleep(IDLE_S)
        idle = held_mb(process.pid)
    return took, used, idle, clicked


async def measure(folder: str) -> list[tuple[float, ...]]:
    """Start it again and again."""
    async with running_simulator(manifest=MANIFEST) as simulator:
        settings = {
            "SLACK_BOT_TOKEN": simulator.bot_token,
            "SLACK_APP_TOKEN": simulator.app_token,
            "SLACK_API_URL": simulator.api_url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bench.db",
        }
        letter = await undersigned(
            "letters",
            "import",
            str(ROOT / "bot" / "demo" / "letter.md"),
            "--organiser",
            "U0ORGANISER",
            **settings,
        )
        number = letter.out.split()[-1]
        await undersigned("letters", "post", number, "--channel", "C0OPENINTERNET", **settings)
        async with undersigned_started("run", ready="run.ready", **settings):
            await simulator.person("U0MEMBER1").sees("Sign", channel="open-internet", within=20)
        return [await _start(simulator, settings) for _ in range(STARTS)]


def bare() -> tuple[float, float]:
    """Seconds and MB of a process that only loads Bolt and SQLAlchemy, as any such bot does."""
    code = "import slack_bolt.async_app, sqlalchemy, os; print(open('/proc/self/statm').read())"
    began = time.monotonic()
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    return time.monotonic() - began, int(said.stdout.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Measure and print; end with 1 where a figure is over."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(folder))
    took = min(one[0] for one in found)
    _, used, idle, clicked = (median(column) for column in zip(*found, strict=True))
    bare_s, bare_mb = bare()
    table = Table(title="`undersigned run`: the quickest of five starts, the median memory")
    for column in ("what", "measured", "of bare Bolt and SQLAlchemy", "at most"):
        table.add_column(column, justify="left" if column == "what" else "right")
    table.add_row("start to the first answered click", f"{took:.2f} s", f"{took / bare_s:.2f}",
                  f"{MOST_S} s")  # fmt: skip
    table.add_row("… of which the processor was at work", f"{used:.2f} s", "", "")
    table.add_row("memory idle", f"{idle:.0f} MB", f"{idle / bare_mb:.2f}", f"{MOST_MB:.0f} MB")
    table.add_row("memory after a click", f"{clicked:.0f} MB", f"{clicked / bare_mb:.2f}", "")
    Console(width=110).print(table)
    sys.exit(idle > MOST_MB or took > MOST_S)


if __name__ == "__main__":
    main()
