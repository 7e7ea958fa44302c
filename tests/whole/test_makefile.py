"""The Makefile says of each of its rules what it does, and each does something."""

import re
import subprocess

from tests.support.shared import ROOT

MAKEFILE = (ROOT / "Makefile").read_text()
NAMES = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split()


def _recipes() -> set[str]:
    """Return the names of the rules that have a recipe."""
    rules = re.findall(r"^([a-z][a-z -]*):(?!=).*\n\t", MAKEFILE, re.MULTILINE)
    return {name for rule in rules for name in rule.split()}


def test_every_rule_does_something() -> None:
    """A name that is only declared would do nothing and succeed."""
    # Its recipe is that of the others.
    assert set(NAMES) - _recipes() == {"bench-all"}


def test_make_alone_helps() -> None:
    """`make` alone lists the rules and starts nothing."""
    ran = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)

    listed = set(re.findall(r"^  make (\S+)", ran.stdout, re.MULTILINE))
    assert listed == {
        name for name in NAMES if name == "bench-all" or not name.startswith("bench-")
    }


def test_make_demo() -> None:
    """`make demo` starts the demo on the port that is named."""
    line = [
        "make",
        "--no-print-directory",
        "--dry-run",
        "--old-file=.venv/.ready",
        "demo",
        "PORT=8799",
    ]
    ran = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)

    assert ran.stdout.splitlines()[-1] == "exec .venv/bin/undersigned demo --port 8799"
