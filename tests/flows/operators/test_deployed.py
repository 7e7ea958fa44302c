"""The commands of docs/deploy at work, where the image and the units would run them."""

import asyncio
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.flows.conftest import RunningBot
from tests.support.commands import environment, free_port, undersigned, undersigned_started
from tests.support.shared import ROOT

DEPLOY = ROOT / "docs" / "deploy"
STEPS = dict(
    line.split(" ", 1)
    for line in (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    if line
)
OLD = 20 * 86_400
"""Seconds after which a backup is deleted, and more."""


@pytest.fixture(name="image")
def _image(stopped_bot: RunningBot, tmp_path: Path) -> dict[str, str]:
    """The environment of the image and of its service over Socket Mode, with volumes of a test."""
    for folder in ("data", "backups", "app"):
        (tmp_path / folder).mkdir(0o700)
    shutil.copy(DEPLOY / "backup.sh", tmp_path / "app")
    given = dict(word.split("=", 1) for word in shlex.split(STEPS["ENV"]))
    moved = {
        name: value.replace("/data", f"{tmp_path}/data").replace("/backups", f"{tmp_path}/backups")
        for name, value in given.items()
    }
    return moved | {
        "SLACK_BOT_TOKEN": stopped_bot.simulator.bot_token,
        "SLACK_APP_TOKEN": stopped_bot.simulator.app_token,
        "SLACK_API_URL": stopped_bot.simulator.api_url,
        "HEALTH_PORT": str(free_port()),
    }


async def test_image(image: dict[str, str], tmp_path: Path) -> None:
    """The image's command gets ready by its own health check, is backed up, and doctor is content."""
    words = json.loads(STEPS["CMD"])
    check = json.loads(STEPS["HEALTHCHECK"].partition("CMD ")[2])
    check = [sys.executable, *check[1:-1], check[-1].replace("3001", image["HEALTH_PORT"])]
    async with undersigned_started(*words[3:], ready="run.ready", **image):
        async with asyncio.timeout(30):
            while await _code(check):  # noqa: ASYNC110 - another process is waited for
                await asyncio.sleep(0.2)
        services = json.loads((DEPLOY / "compose.json").read_text())["services"]
        *shell, loop = services["backup"]["command"]
        loop = loop.replace("sleep 86400", "exit 7").replace("/backups", str(tmp_path / "backups"))
        loop = loop.replace("python -m", f"{sys.executable} -m")
        values = environment(**image, PYTHONPATH=str(ROOT))
        assert await _code([*shell, loop], cwd=tmp_path / "app", env=values) == 7
        ran = await undersigned("doctor", **image)
    assert ran.code == 0, ran.out
    assert "ok  backup: " in ran.out
    assert "ok  process: The process here is ready." in ran.out


async def _code(words: list[str], **how: object) -> int:
    process = await asyncio.create_subprocess_exec(
        *words,
        stderr=asyncio.subprocess.DEVNULL,
        **how,  # pyright: ignore[reportArgumentType]
    )
    return await process.wait()


@pytest.mark.parametrize("works", [True, False])
def test_rotation(tmp_path: Path, *, works: bool) -> None:
    """Old backups go once a new one is made, also unfinished ones; nothing else is deleted."""
    then = time.time() - OLD
    finished = "undersigned-2026-01-01T000000Z.db"
    old = {finished, f"{finished}.7.unfinished"}
    for name in (*old, "undersigned.erasures", "kept.db"):
        (tmp_path / name).write_text("old")
        os.utime(tmp_path / name, (then, then))
    (tmp_path / "undersigned-2026-01-02T000000Z.db").write_text("young")
    # `backup FOLDER/NAME`, as the bot's command is called.
    command = tmp_path / "command"
    command.write_text(f'#!/bin/sh\n{"cp /etc/hostname" if works else "false"} "$2"\n')
    command.chmod(0o755)
    script = ["/bin/sh", str(DEPLOY / "backup.sh"), str(tmp_path), "14", str(command)]
    done = subprocess.run(script, check=False)
    left = {path.name for path in tmp_path.iterdir()}
    assert (done.returncode == 0) == works
    assert {"undersigned.erasures", "kept.db", "undersigned-2026-01-02T000000Z.db"} <= left
    assert old & left == (set() if works else old)
    assert len(left) == (5 if works else 6)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("runuser"), reason="changes the user")
def test_wrapper(tmp_path: Path) -> None:
    """The wrapper runs a command as the service's user, in its folder, with the words as given."""
    text = (DEPLOY / "undersigned").read_text()
    text = text.replace("-u undersigned", "-u nobody").replace("/var/lib/undersigned", "/usr")
    text = text.replace(
        "/opt/undersigned/.venv/bin/undersigned", "/bin/sh -c 'id -un; pwd; echo \"$@\"' x"
    )
    (tmp_path / "undersigned").write_text(text)
    said = subprocess.run(
        ["/bin/sh", tmp_path / "undersigned", "letters", "two words"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert said.stdout == "nobody\n/usr\nletters two words\n"
