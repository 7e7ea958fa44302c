"""The cost of each format for a list of 10,000 entries in its own process, and of a Sign beside it.

Names come in eleven scripts, a third of the list is organisations. Run on a quiet machine:
`make bench-documents`. Where other work takes the processors, `cpu s` says more than `seconds`.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, nullcontext
from itertools import product
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from bench.load import SECRET, Timing, fire, request
from bench.sign import Open, free_port, prepare, started, submission
from bench.targets import target
from bot.documents import making
from bot.documents.commands import DocumentCommands
from bot.documents.making import Job
from bot.documents.paper import Format, Paper
from bot.storage.database import Database
from tests.support.documents.papers import a_list, a_paper
from tests.support.scenes.long_letters import fill

ENTRIES = 10_000
MOST_S, MOST_MB, MOST_P99 = 2.0, 200.0, 2.0
TURNS = 3
SIGNERS = {1: 400, 32: 1600}
"""The number that sign in a round, by how many at once."""

# The system's own figure for a process that has ended counts what its parent held when it started.
_WRITE = """
import sys, time
from pathlib import Path
from bot.documents.writing import main
code = main()
held = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(held, time.process_time(), file=sys.stderr)
sys.exit(code)
"""


def measured(form: Format, paper: Paper) -> tuple[float, float, float, int]:
    """Write a paper; return seconds, the processor's seconds, the most MB held, the file's bytes."""
    with tempfile.TemporaryDirectory() as folder:
        asked = making.request(folder, paper, [Job(what=form.value, name="x")])
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _WRITE], input=asked, capture_output=True, check=True
        )
        seconds = time.perf_counter() - began
        held, cpu = done.stderr.split()
        return seconds, float(cpu), int(held) / 1000, Path(folder, "0").stat().st_size


def formats() -> None:
    """Measure each format, all of them in turn, and print the middle of each."""
    organisations = ENTRIES // 3
    paper = a_paper(a_list(organisations - 1, ENTRIES - organisations))
    found = {form: [] for form in Format}
    for _ in range(TURNS):
        for form, taken in found.items():
            taken.append(measured(form, paper))
    table = Table(title=f"{ENTRIES:,} entries; at most {MOST_S:.0f} s and {MOST_MB:.0f} MB")
    for column in ("format", "seconds", "cpu s", "MB held", "MB of file"):
        table.add_column(column, justify="left" if column == "format" else "right")
    for form, taken in found.items():
        seconds, cpu, held, size = map(median, zip(*taken, strict=True))
        table.add_row(
            form.value, f"{seconds:.2f}", f"{cpu:.2f}", f"{held:.0f}", f"{size / 1e6:.2f}"
        )
    Console().print(table)
    for what, at, most in (("seconds", 0, MOST_S), ("MB", 2, MOST_MB)):
        form = max(found, key=lambda one: median(each[at] for each in found[one]))
        target(
            f"{what} of {form.value}, the dearest",
            median(each[at] for each in found[form]),
            at_most=most,
        )


@asynccontextmanager
async def documents_made(commands: DocumentCommands, letter: Open) -> AsyncGenerator[None]:
    """Make one document after another, as the desk has them made; the last one is waited for."""
    stopped = asyncio.Event()

    async def make() -> None:
        while not stopped.is_set():
            await commands.make(["document", str(letter.letter.id), "--format", "pdf", "--present"])

    making_on = asyncio.create_task(make())
    yield
    stopped.set()
    await making_on


async def signing(address: str, url: str, letter: Open) -> None:
    """Let people sign, in turn undisturbed and while documents are made."""
    async with Database(url) as database:
        await fill(database, letter.letter, 1, ENTRIES)
    commands = DocumentCommands(url)
    found: dict[tuple[int, bool], list[Timing]] = {}
    signer = 0
    # The first turn only warms up.
    for turn, (at_once, signers), disturbed in product(
        range(TURNS + 1), SIGNERS.items(), (False, True)
    ):
        users = [f"U{signer + number}" for number in range(signers)]
        signer += signers
        sent = [request(address, submission(letter, one, f"t.{one}")) for one in users]
        async with documents_made(commands, letter) if disturbed else nullcontext():
            timing = await fire(address, sent, at_once)
        if turn:
            found.setdefault((at_once, disturbed), []).append(timing)
    for at_once in SIGNERS:
        quiet, meanwhile = (
            median(timing.percentile(99) for timing in found[at_once, disturbed])
            for disturbed in (False, True)
        )
        print(f"Sign at {at_once} at once: p99 {quiet:.1f} ms, meanwhile {meanwhile:.1f} ms")
        target("that, of undisturbed", meanwhile / quiet, at_most=MOST_P99)


def main() -> None:
    """Measure both."""
    formats()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        letter = asyncio.run(prepare(url))
        slack = free_port()
        env = os.environ | {
            "SLACK_BOT_TOKEN": "xoxb-bench",
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"http://127.0.0.1:{slack}/api/",
            "DATABASE_URL": url,
        }
        with (
            started("bench.slack_that_agrees", port=slack, env=env),
            started("bench.servers", "bot", port=free_port(), env=env) as bot,
        ):
            asyncio.run(signing(bot, url, letter))


if __name__ == "__main__":
    main()
