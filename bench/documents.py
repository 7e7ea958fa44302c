"""What each format costs for a list of 10,000 entries, in its own process: seconds and memory.

Names come in eleven scripts, a third of the list is organisations. Run on a quiet machine:
`make bench-documents`. What a Sign costs meanwhile is not measured here yet.
"""

import os
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table

from bot.documents.making import LIMITS
from bot.documents.paper import Format, to_json
from tests.support.documents.papers import a_list, a_paper

ENTRIES = 10_000
MOST_S, MOST_MB = 2.0, 200.0


def measured(form: Format, paper: bytes) -> tuple[float, float, int]:
    """Write a paper; return seconds, the most memory held in MB, and the bytes of the file."""
    with tempfile.TemporaryDirectory() as folder:
        order = {
            "folder": folder,
            "jobs": [{"what": form.value, "name": "x"}],
            "limits": asdict(LIMITS),
        }
        request = Path(folder, "request")
        request.write_bytes(orjson.dumps(order) + b"\n" + paper)
        began = time.perf_counter()
        # Spawned, so that what this process holds is not counted as the other's.
        child = os.posix_spawn(
            sys.executable,
            [sys.executable, "-m", "bot.documents.writing"],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, str(request), os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            ],
        )
        _, status, usage = os.wait4(child, 0)
        seconds = time.perf_counter() - began
        if status:
            raise RuntimeError(f"{form}: {os.waitstatus_to_exitcode(status)}")
        return seconds, usage.ru_maxrss / 1000, Path(folder, "0").stat().st_size


def main() -> None:
    """Measure each format and print a table."""
    organisations = ENTRIES // 3
    paper = to_json(a_paper(a_list(organisations - 1, ENTRIES - organisations)))
    table = Table(title=f"{ENTRIES:,} entries; at most {MOST_S:.0f} s and {MOST_MB:.0f} MB")
    for column in ("format", "seconds", "MB held", "MB of file"):
        table.add_column(column, justify="left" if column == "format" else "right")
    for form in Format:
        seconds, held, size = measured(form, paper)
        table.add_row(form.value, f"{seconds:.2f}", f"{held:.0f}", f"{size / 1e6:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
