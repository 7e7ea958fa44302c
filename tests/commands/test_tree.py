"""The tree of commands that `bot/cli.py` writes as paths."""

import subprocess
import sys
from collections.abc import Iterator

import cyclopts
import pytest
from cyclopts.command_spec import CommandSpec

from bot.cli import app
from tests.support.shared import ROOT


def leaves(group: cyclopts.App, *words: str) -> Iterator[tuple[tuple[str, ...], cyclopts.App]]:
    for name, one in group._commands.items():
        if name.startswith("-"):
            continue
        command = one.resolve(group) if isinstance(one, CommandSpec) else one
        if command.default_command is None:
            yield from leaves(command, *words, name)
        else:
            yield (*words, name), command


def test_each_command_is_there() -> None:
    """Each path in the tree leads to a function that says in one line what it does."""
    found = dict(leaves(app))

    assert ("run",) in found
    assert ("letters", "list") in found
    said = {words: (one.default_command.__doc__ or "") for words, one in found.items()}
    assert [
        words for words, doc in said.items() if not doc.split("\n")[0].endswith((".", "both."))
    ] == []


def test_tree_loads_no_command() -> None:
    """The tree itself loads no command, so that each holds only what it uses."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, bot.cli; print([m for m in sys.modules if 'bot.commands' in m])",
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )

    assert done.stdout.strip() == "[]"


def test_no_port() -> None:
    """A port that there cannot be is refused before anything starts."""
    asked = [sys.executable, "-m", "bot", "demo", "--port", "99999"]
    done = subprocess.run(asked, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode
    assert "65535" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["letters"], ["letters", "--help"], ["letters", "-h"]])
def test_help_says_what_each_does(words: list[str]) -> None:
    """The help of a group has the line of each of its commands."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )

    assert "List all letters" in done.stdout
