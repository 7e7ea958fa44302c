"""Commands print tables with a header in a terminal, values between tabs elsewhere, and JSON."""

import asyncio
import json
import os
import pty
import re
import subprocess
import sys
from datetime import timedelta
from inspect import signature
from pathlib import Path

import pytest

from bot.cli import app
from bot.features.lifecycle import use_cases as lifecycle
from bot.locales import words
from bot.storage.database import Database
from tests.commands.test_tree import leaves
from tests.support.clock import Clock
from tests.support.commands import environment, undersigned
from tests.support.databases import locked
from tests.support.letters import DEADLINE, ORGANISER, WORKSPACE, an_open_letter
from tests.support.shared import ROOT


async def test_letters(database: Database, database_url: str) -> None:
    """The list of letters is one line each between tabs, or an array of objects."""
    letter = await an_open_letter(database)
    values = {"DATABASE_URL": database_url}
    plain, machine = await asyncio.gather(
        undersigned("letters", "list", **values), undersigned("letters", "list", "--json", **values)
    )
    assert (
        plain.out
        == f"{letter.id}\topen\t0\t{letter.deadline:%Y-%m-%dT%H:%M}+00:00\t{letter.title}\n"
    )
    assert json.loads(machine.out) == [
        {
            "number": letter.id,
            "phase": "open",
            "signatures": 0,
            "deadline": f"{letter.deadline:%Y-%m-%dT%H:%M}+00:00",
            "title": letter.title,
            "page": None,
        }
    ]


def test_terminal() -> None:
    """In a terminal the same has a header, and what people typed is no markup."""
    program = (
        "from bot.commands.terminal import write_table\n"
        "write_table([dict(number=7, phase='open', signatures=3,"
        " deadline='2026-03-31T15:00+00:00', title='A [bold]letter[/bold]')])\n"
    )
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdout=theirs,
        env=environment(TERM="dumb", COLUMNS="120"),
    ):
        os.close(theirs)
        said = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:
                break
            if not part:
                break
            said += part
    os.close(ours)
    header, line = [one for one in said.decode().splitlines() if one.strip()]
    assert header.split() == ["Number", "Phase", "Signatures", "Deadline", "Title"]
    assert "A [bold]letter[/bold]" in line


async def test_history(sqlite_url: str, clock: Clock) -> None:
    """The history of a letter is a line each between tabs, without Slack's marks."""
    async with Database(sqlite_url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        letter = await an_open_letter(database)
        later = DEADLINE + timedelta(days=1)
        await lifecycle.extend(database, letter=letter.id, actor=ORGANISER, deadline=later)
    done = await undersigned("letters", "history", str(letter.id), DATABASE_URL=sqlite_url)
    newest, *_, started = [line.split("\t") for line in done.out.splitlines()]
    assert newest[1:] == [
        ORGANISER.person.user,
        f"Deadline moved to {words('en').moment(later)}",
        "",
    ]
    assert started[1:] == [ORGANISER.person.user, "Letter started", ""]


@pytest.mark.parametrize(
    ("command", "values"),
    [("doctor > out; cat out", {"PYTHONIOENCODING": "latin-1"}), ("doctor | head -n 1", {}),
     ("manifest --mode socket | true", {})],
)  # fmt: skip
def test_outputs(tmp_path: Path, command: str, values: dict[str, str]) -> None:
    """An output without our quotation marks, or one that is closed early, ends in no traceback."""
    done = subprocess.run(
        ["sh", "-c", f'"$PYTHON" -m bot {command}'],
        cwd=tmp_path,
        env=environment(PYTHON=sys.executable, PYTHONPATH=str(ROOT), PYTHONUNBUFFERED="", **values),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout or "true" in command


async def test_a_lock(sqlite_url: str) -> None:
    """A command that the database fails says so in one line, and that nothing was kept."""
    async with locked(sqlite_url):
        done = await undersigned(
            "letters", "organisers", "1", "add", "U1", DATABASE_URL=sqlite_url
        )  # fmt: skip
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("undersigned: Nothing more was saved: another program holds the")
    assert len(done.err.splitlines()) == 1


async def test_json_asks_nothing() -> None:
    """A command that asks before it does something does not ask a machine."""
    for command in (
        ("letters", "add", "1", "-", "--organiser", "U1"),
        ("letters", "amend", "1", "new.md", "--organiser", "U1", "--kind", "cosmetic", "--note", "A typo."),
        ("people", "erase", "U1"),
    ):  # fmt: skip
        done = await undersigned(*command, "--json")
        assert (done.code, done.out) == (1, "")
        assert "give --yes" in done.err


def test_json_is_named() -> None:
    """The README names the commands that print for machines."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = next(line for line in readme.splitlines() if "`--json` makes" in line)
    machines = {
        " ".join(words)
        for words, command in leaves(app)
        if command.default_command and "json" in signature(command.default_command).parameters
    }
    assert machines == set(re.findall(r"`([a-z -]+)`", named.partition("`--json` makes")[2]))
