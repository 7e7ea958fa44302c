"""Commands print tables with a header in a terminal, values between tabs elsewhere, and JSON."""

import asyncio
import json
import os
import pty
import subprocess
import sys

from bot.storage.database import Database
from tests.support.commands import environment, undersigned
from tests.support.letters import an_open_letter
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
        }
    ]


def test_terminal() -> None:
    """In a terminal the same has a header, and what people typed is no markup."""
    program = (
        "from bot.commands.letters import ListedLetter\n"
        "from bot.commands.terminal import write_table\n"
        "write_table(ListedLetter, [ListedLetter(number=7, phase='open', signatures=3,"
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


async def test_json_asks_nothing() -> None:
    """A command that asks before it does something does not ask a machine."""
    done = await undersigned("letters", "add", "1", "-", "--organiser", "U1", "--json")
    assert (done.code, done.out) == (1, "")
    assert "give --yes" in done.err
