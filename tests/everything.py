"""`make test`: every check, in the order in which the cheap fails first.

A stage that fails ends the run; what was skipped, and why, stands in each stage's own summary and
is repeated at the end.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.support.debian import install
from tests.support.shared import ROOT, SHARED

BIN = Path(sys.executable).parent
PYTEST = (sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider")
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile")
REFERENCE = ("tests/reference",) if SHARED.exists() else ()
"""Whether the kept facts still hold, where the reference files are beside the checkout."""

STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", (str(BIN / "ruff"), "format", "--check", ".")),
    ("lint", (str(BIN / "ruff"), "check", ".")),
    ("dead code", (str(BIN / "vulture"),)),
    ("dead code that only tests call", (str(BIN / "vulture"), "bot")),
    ("dependencies", (str(BIN / "deptry"), ".")),
    ("types", (str(BIN / "basedpyright"),)),
    ("import contracts", (str(BIN / "lint-imports"),)),
    (
        "unit",
        (*PYTEST, *SIDE_BY_SIDE, "tests/letters", "tests/names", "tests/slack", "tests/courier", "tests/simulator", "tests/web",
         "tests/facts", "tests/whole", *REFERENCE),
    ),
    (
        "storage, on SQLite and PostgreSQL",
        (*PYTEST, *SIDE_BY_SIDE, "tests/storage", "tests/use_cases", "tests/features", "tests/outbox"),
    ),
    ("flows through the local Slack", (*PYTEST, *SIDE_BY_SIDE, "tests/flows")),
    ("torture, in short", (*PYTEST, *SIDE_BY_SIDE, "tests/torture")),
    ("a real browser", (*PYTEST, "tests/browser")),
)  # fmt: skip


def main() -> int:
    """Runs the stages; gives the exit code."""
    started = time.monotonic()
    have_chromium()
    counted = {"passed": 0, "skipped": 0}
    reasons: list[str] = []
    for name, command in STAGES:
        print(f"\n── {name}", flush=True)
        begun = time.monotonic()
        output, code = _run(command)
        reasons += re.findall(r"^SKIPPED .*$", output, re.MULTILINE)
        for what in counted:
            found = re.findall(rf"(\d+) {what}\b", output)
            counted[what] += int(found[-1]) if found else 0
        print(f"── {name}: {time.monotonic() - begun:.0f} s", flush=True)
        if code:
            print(f"\n{name} failed: nothing after it was run.")
            return code
    print(f"\nAll of it in {time.monotonic() - started:.0f} s.")
    for reason in reasons:
        print(reason)
    print(f"{counted['passed']} passed, 0 failed, {counted['skipped']} skipped")
    return 0


def _run(command: tuple[str, ...]) -> tuple[str, int]:
    """Runs a command; shows its output as it comes, and gives it."""
    seen: list[str] = []
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            seen.append(line)
    return "".join(seen), process.returncode


def have_chromium() -> None:
    """Installs Chromium where Debian's apt is there and Chromium is not; else says what to do."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    if os.environ.get("CHROMIUM") or any(shutil.which(name) for name in names):
        return
    if not install("chromium"):
        print(
            "No Chromium: install it, or name one with CHROMIUM=…; the browser's tests will fail."
        )


if __name__ == "__main__":
    sys.exit(main())
