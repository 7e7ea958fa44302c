"""strace: what a process asks of the kernel, written down, and answered falsely on demand."""

import re
import subprocess
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.machine.programs import STRACE, have

_CALL = re.compile(
    r"^(?P<thread>\d+) +(?:<\.\.\. )?(?P<name>\w+)(?P<opened>\(| resumed>)(?P<rest>.*)$"
)


@dataclass(frozen=True, slots=True)
class Call:
    """One system call, or a half of it where another thread's came in between."""

    thread: int
    name: str
    told: str
    """Its arguments and its result, as far as they are on this line."""
    begins: bool
    ends: bool


def missing() -> str:
    """Return why strace cannot be used here; empty where it can."""
    if not have(STRACE):
        return f"needs strace: {STRACE.line}"
    tried = subprocess.run(
        ["strace", "-f", "-e", "trace=none", "true"], capture_output=True, text=True, check=False
    )
    return "" if tried.returncode == 0 else f"strace may not trace here: {tried.stderr[:200]}"


@contextmanager
def traced(
    process: int, log: Path, *, paths: Iterable[Path] = (), options: Sequence[str] = ()
) -> Generator[None]:
    """Watches a process, all its threads, from the beginning of the block.

    Args:
        process: Its number.
        log: Where its calls are written.
        paths: Only calls that concern these files, if any are given.
        options: More of strace's own.
    """
    only = [word for path in paths for word in ("-P", str(path))]
    command = ["strace", "-f", "-y", "-s", "24", "-o", str(log), *only, *options]
    with subprocess.Popen(
        [*command, "-p", str(process)], stderr=subprocess.PIPE, text=True
    ) as strace:
        assert strace.stderr is not None
        said = ""
        while "attached" not in said:
            line = strace.stderr.readline()
            assert line, f"strace does not trace: {said}"
            said += line
        try:
            yield
        finally:
            strace.terminate()
            strace.stderr.read()


def calls(log: Path) -> Iterator[Call]:
    """The calls of a log, in order."""
    with log.open(errors="replace") as lines:
        for line in lines:
            found = _CALL.match(line)
            if found is not None:
                begins = found["opened"] == "("
                ends = not line.rstrip().endswith("<unfinished ...>")
                yield Call(int(found["thread"]), found["name"], found["rest"], begins, ends)
