"""The dearest files of tests: `pytest -p tests.support.machine.costs`.

Seconds of processor time, user's and system's, of this process and of all that it started, the
session's databases included. What a fixture of the session takes counts for the file that asked for
it first, and imports count for "collection".
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from xdist.workermanage import WorkerController

from tests.support.machine.processor import adopt_orphans

SHOWN = 20
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class _Costs:
    """Ticks that each file has cost, and those spent when the last of them ended."""

    file: str = "collection"
    spent: int = 0
    counts: bool = True
    """Whether tests run in this process, and not in workers that it started."""
    files: Counter[str] = field(default_factory=Counter[str])

    def next(self, file: str) -> None:
        """Another file begins: what was spent since is the last one's."""
        if self.counts and file != self.file:
            now = _spent()
            self.files[self.file] += now - self.spent
            self.file, self.spent = file, now


_costs = _Costs()


def pytest_configure(config: pytest.Config) -> None:
    """Keep in sight what goes to the background."""
    _costs.counts = not config.getoption("numprocesses", None) or hasattr(config, "workerinput")
    adopt_orphans()


def pytest_runtest_logstart(location: tuple[str, int | None, str]) -> None:
    """Begin to count for the test's file."""
    _costs.next(location[0])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand a worker's costs to who adds them up."""
    _costs.next("")
    output: dict[str, Any] = getattr(session.config, "workeroutput", {})
    output["costs"] = dict(_costs.files)


def pytest_testnodedown(node: WorkerController) -> None:
    """Add the costs of a worker that has ended."""
    _costs.files.update(getattr(node, "workeroutput", {}).get("costs", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the dearest files."""
    terminalreporter.write_sep("=", f"{_spent() / _TICKS:,.0f} s of processor time")
    for file, ticks in _costs.files.most_common(SHOWN):
        terminalreporter.write_line(f"{ticks / _TICKS:8.1f} s  {file}")


def _spent() -> int:
    """Return the ticks of this process and its descendants, and of those that they waited for."""
    ticks: dict[int, int] = {}
    children: dict[int, list[int]] = defaultdict(list)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks[int(folder.name)] = sum(map(int, stat[11:15]))
        children[int(stat[1])].append(int(folder.name))

    def family(process: int) -> Iterator[int]:
        yield ticks[process]
        for child in children[process]:
            yield from family(child)

    return sum(family(os.getpid()))
