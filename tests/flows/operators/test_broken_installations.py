"""`undersigned doctor` names what is broken in these installations, and commands never crash on it.

Each command runs without the rights of root. The network, Slack and the database's content are
broken in `test_doctor`.
"""

import asyncio
import os
import shutil
import sys
import sysconfig
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.storage.privacy.erasure_list import ErasureList
from tests.flows.conftest import RunningBot
from tests.support.broken import around, commands, environment, files
from tests.support.broken.installation import BROKEN, OF_ANOTHER, Installation
from tests.support.commands import environment as environment_of
from tests.support.commands import free_port
from tests.support.shared import ROOT

TABLES = (environment, files, around, commands)
"""The modules that fill the table of ways to break an installation."""


@pytest.fixture(name="installation")
def _installation(stopped_bot: RunningBot, tmp_path: Path) -> Generator[Installation]:
    folder = tmp_path / "installation"
    folder.mkdir(0o700)
    values = {
        "SLACK_BOT_TOKEN": stopped_bot.simulator.bot_token,
        "SLACK_APP_TOKEN": stopped_bot.simulator.app_token,
        "SLACK_API_URL": stopped_bot.simulator.api_url,
        "DATABASE_URL": f"sqlite:///{folder}/data/undersigned.db",
        "ERASURES": f"{folder}/backups/undersigned.erasures",
        "HEALTH_PORT": str(free_port()),
    }
    with ExitStack() as held:
        one = Installation(folder, values, held)
        one.data.mkdir(0o700)
        one.backups.mkdir(0o700)
        shutil.copy(stopped_bot.settings.database_url.partition("///")[2], one.file)
        one.file.chmod(0o600)
        shutil.copy(one.file, one.backups / "monday.db")
        ErasureList(one.backups / "undersigned.erasures").begin()
        yield one


@pytest.mark.parametrize("name", BROKEN)
async def test_is_named(installation: Installation, name: str) -> None:
    """Each fault is named, with what to do, and no command ends in a traceback."""
    words, make = BROKEN[name]
    if name in OF_ANOTHER and os.geteuid() != 0:
        pytest.skip("gives files away or mounts a disk, as only root can")
    make(installation)
    done = await installation.run()
    said = done.out + done.err
    assert "Traceback" not in said, said
    assert words.format(folder=installation.folder) in said, said
    if words.startswith("WRONG") or not done.out:
        assert done.code == 1
    lines = done.out.splitlines()
    for at, line in enumerate(lines):
        assert not line.lstrip().startswith(("WRONG", "look")) or "→" in lines[at + 1]
    # Only a file that SQLite itself finds damaged is called so.
    assert ("is damaged" in said) == ("is damaged" in words)


async def test_a_whole_one(installation: Installation) -> None:
    """An installation that isn't broken has nothing to be named."""
    done = await installation.run()
    assert done.code == 0, done.out
    marks = {line.split()[0] for line in done.out.splitlines()}
    assert "WRONG" not in marks, done.out
    # The local Slack is not Slack.
    assert done.out.count("look") == 1, done.out


REFUSED = b"".join(
    part + b"\0"
    for part in (
        b"SFATAL",
        b"C28000",
        b'Mno pg_hba.conf entry for host "127.0.0.1", user "u", database "d", no encryption',
        b"",
    )
)


async def _postgresql(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer as a PostgreSQL server without TLS whose rules want it."""
    while head := await reader.read(8):
        rest = int.from_bytes(head[:4], "big") - 8
        await reader.readexactly(rest)
        refused = b"E" + (len(REFUSED) + 4).to_bytes(4, "big") + REFUSED
        writer.write(refused if rest else b"N")
    writer.close()


@pytest.mark.parametrize("command", ["doctor", "letters list", "migrate"])
@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("require", "the server has no TLS, which sslmode asks for"),
        ("prefer", "the server takes only connections with TLS: add sslmode=require"),
    ],
)
async def test_tls(installation: Installation, command: str, mode: str, words: str) -> None:
    """A database that refuses TLS, or wants it, is named by every command."""
    async with await asyncio.start_server(_postgresql, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        address = f"postgres://u:p@127.0.0.1:{port}/d?sslmode={mode}"
        installation.values["DATABASE_URL"] = address
        installation.command = command.split()
        done = await installation.run()
    said = done.out + done.err
    assert words in said
    assert "Traceback" not in said


def _without_documents(site: Path) -> Path:
    """A folder with all that is installed here, but the libraries for documents."""
    site.mkdir()
    for one in Path(sysconfig.get_path("purelib")).iterdir():
        if not one.name.startswith(("typst", "xlsxwriter", "__editable__", "_virtualenv")):
            (site / one.name).symlink_to(one)
    return site


async def test_without_documents(installation: Installation, tmp_path: Path) -> None:
    """An installation without the extra “documents” is named, with how to get it."""
    site = _without_documents(tmp_path / "site")
    # `-S` leaves out what is installed.
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-S", "-m", "bot", "doctor",
        cwd=ROOT, env=environment_of(**installation.values, PYTHONPATH=str(site)),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate()
    assert "look  documents: Letters can't be made as PDF or spreadsheet" in out.decode()
    assert "requirements-documents.txt" in out.decode()


def test_how_many() -> None:
    """There are at least 45 kinds."""
    assert len(TABLES) == 4
    assert len(BROKEN) >= 45
