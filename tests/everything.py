"""`make test`: every check. The cheap ones come first, and the first that fails ends the run.

Types are looked at while the tests run. What was skipped, and why, is repeated at the end.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.support.machine.processor import adopt_orphans, spent
from tests.support.machine.programs import CHROMIUM, STRACE, have
from tests.support.shared import ROOT

BIN = Path(sys.executable).parent
PYTEST = (sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider")
FOLDERS = ("tests", "understudy/tests")
CHECKS: dict[str, tuple[str, ...]] = {
    "format": (str(BIN / "ruff"), "format", "--check", "."),
    "lint": (str(BIN / "ruff"), "check", "."),
    "dependencies": (str(BIN / "deptry"), "."),
    "dependencies of the local Slack": (
        *(str(BIN / "deptry"), "understudy", "--config", "understudy/pyproject.toml"),
    ),
    "import contracts": (str(BIN / "lint-imports"),),
    "dead code": (str(BIN / "vulture"),),
    "dead code that only tests call": (str(BIN / "vulture"), "bot"),
    "and in the local Slack": (str(BIN / "vulture"), "understudy/bolt_understudy"),
    # It also keeps the compiled tests, which each worker would compile for itself.
    "collection": (*PYTEST, "--collect-only", *FOLDERS),
}
TYPES = (str(BIN / "basedpyright"),)
WORKERS = (os.cpu_count() or 2) + 2
"""More than cores: a test that starts processes or waits for a clock leaves its core idle."""
TESTS = (
    *PYTEST,
    *("-n", str(WORKERS), "--dist", "worksteal", "--durations", "10", *FOLDERS),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a command."""

    code: int
    output: str
    seconds: float


def main() -> int:
    """Run all checks and all tests; return the exit code."""
    # Hundreds of processes are started: each would compile all sources again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if not have(CHROMIUM):
        print("`make lint types contracts units flows` checks all that needs no browser.")
        return 1
    have(STRACE)
    adopt_orphans()
    began = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        checks = {name: pool.submit(_run, command) for name, command in CHECKS.items()}
        failed = [name for name, check in checks.items() if not _passed(name, check.result())]
        if failed:
            return 1
        types = pool.submit(_run, TYPES)
        tests = _tests(types)
    if not _passed("types", types.result()):
        return 1
    print(f"── tests: {tests.seconds:.0f} s")
    if tests.code:
        return tests.code
    took = time.monotonic() - began
    print(f"\nAll of it in {took:.0f} s, with {spent():,.0f} s of processor time.")
    for reason in re.findall(r"^(?:SKIPPED|Not checked here).*$", tests.output, re.MULTILINE):
        print(reason)
    passed, skipped = (_last(rf"(\d+) {what}\b", tests.output) for what in ("passed", "skipped"))
    print(f"{passed} passed, 0 failed, {skipped} skipped")
    return 0


def _run(command: Iterable[str]) -> Outcome:
    """Run a command to its end."""
    began = time.monotonic()
    ran = subprocess.run(
        [*command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(ran.returncode, ran.stdout, time.monotonic() - began)


def _passed(name: str, outcome: Outcome) -> bool:
    """Show how a check ended, with its output where it failed; return whether it passed."""
    if outcome.code:
        print(f"\n{outcome.output}")
    ended = "failed" if outcome.code else "passed"
    print(f"── {name}: {ended}, {outcome.seconds:.0f} s", flush=True)
    return not outcome.code


def _tests(types: Future[Outcome]) -> Outcome:
    """Run the tests and show their output as it comes; types that are wrong end them."""
    began = time.monotonic()
    seen: list[str] = []
    with subprocess.Popen(
        TESTS, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:

        def judge(done: Future[Outcome]) -> None:
            if done.result().code:
                process.send_signal(signal.SIGINT)

        types.add_done_callback(judge)
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            seen.append(line)
    return Outcome(process.returncode, "".join(seen), time.monotonic() - began)


def _last(pattern: str, output: str) -> int:
    found = re.findall(pattern, output)
    return int(found[-1]) if found else 0


if __name__ == "__main__":
    sys.exit(main())
