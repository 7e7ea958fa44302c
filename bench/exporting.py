"""Sign beside an export of 100,000 entries, which a process of its own writes on the same database.

Run: `make bench-exporting`.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from statistics import median

from bench.load import SECRET, Timing, fire, request
from bench.sign import free_port, prepare, started, submission
from bench.targets import target
from bot.storage.database import Database
from tests.support.scenes.long_letters import fill

MANY, AT_ONCE, SIGNS, ROUNDS = 100_000, 4, 250, 5
MOST = 2.0


def measure(many: int) -> tuple[list[Timing], list[Timing], int]:
    """Let people sign without and beside an export, in turn; return both, and the exports begun."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        letter = asyncio.run(prepare(url))

        async def fill_up() -> None:
            async with Database(url) as database:
                await fill(database, letter.letter, 1, many)

        asyncio.run(fill_up())
        slack = free_port()
        env = os.environ | {
            "SLACK_BOT_TOKEN": "xoxb-bench",
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"http://127.0.0.1:{slack}/api/",
            "DATABASE_URL": url,
        }
        command = [sys.executable, "-m", "bot", "letters", "export", str(letter.letter.id),
                   "--format", "csv"]  # fmt: skip
        exports = 0

        def export(done: threading.Event) -> None:
            nonlocal exports
            while not done.is_set():
                exports += 1
                subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)

        alone: list[Timing] = []
        beside: list[Timing] = []
        with (
            started("bench.slack_that_agrees", port=slack, env=env),
            started("bench.servers", "bot_working", port=free_port(), env=env) as address,
        ):
            for turn in range(ROUNDS + 1):
                for found in (alone, beside):
                    name = f"{turn}.{len(alone)}"
                    users = [f"U{name}.{number}" for number in range(SIGNS)]
                    signs = [request(address, submission(letter, one, one)) for one in users]
                    done = threading.Event()
                    other = threading.Thread(target=export, args=(done,))
                    if found is beside:
                        other.start()
                    timing = asyncio.run(fire(address, signs, AT_ONCE))
                    done.set()
                    if found is beside:
                        other.join()
                    # The first round only warms up.
                    if turn:
                        found.append(timing)
        return alone, beside, exports


def main() -> None:
    """Measure and print; end with 1 where an export slows people down too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=MANY)
    many = parser.parse_args().many
    alone, beside, exports = measure(many)
    slow, usual = (median(one.percentile(99) for one in found) for found in (beside, alone))
    print(f"{exports} exports of {many:,}; Sign's p99 {usual:.1f} ms alone, {slow:.1f} ms beside")
    target("Sign's p99 beside an export, of without", slow / usual, at_most=MOST)
    sys.exit(slow > MOST * usual)


if __name__ == "__main__":
    main()
