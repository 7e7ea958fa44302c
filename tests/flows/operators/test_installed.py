"""The bot as others install it: from a wheel, or as a folder with its requirements beside it."""

import asyncio
import shutil
import signal
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

import aiohttp
import pytest

from bot import __version__
from tests.support.commands import environment, free_port
from tests.support.shared import ROOT

BUILT_FROM = ("bot", "understudy", "pyproject.toml", "README.md", "LICENSE", "NOTICE", "Procfile")


@pytest.fixture(scope="session", name="sources")
def _sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is needed to build or run it: building leaves things behind."""
    folder = tmp_path_factory.mktemp("sources")
    for name in BUILT_FROM:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="session", name="installed")
def _installed(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheels of the bot and of the local Slack were unpacked."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    built = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([*built, str(sources), str(sources / "understudy")], check=True)
    wheels = [str(wheel) for wheel in folder.glob("*.whl")]
    target = folder / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(target), *wheels], check=True)
    return target


def test_version(installed: Path, tmp_path: Path) -> None:
    """`--version` prints the version, also of a folder that was never installed."""
    for place, values in ((tmp_path, {"PYTHONPATH": str(installed)}), (ROOT, {})):
        said = subprocess.run(
            [sys.executable, "-m", "bot", "--version"],
            cwd=place, env=environment(**values), check=True, capture_output=True, text=True,
        )  # fmt: skip
        assert said.stdout.strip() == __version__


def test_whole_wheel(installed: Path) -> None:
    """Every file of a package is in its wheel: pages, words, templates, letters."""
    places = ((ROOT, "bot"), (ROOT / "understudy", "bolt_understudy"))
    listed = [
        name
        for place, package in places
        for name in subprocess.run(
            ["git", "ls-files", package], cwd=place, check=True, capture_output=True, text=True
        ).stdout.splitlines()
    ]
    assert [name for name in listed if not (installed / name).exists()] == []


def test_whole_sources(tmp_path: Path) -> None:
    """The source distribution has every file of the code, the tests and the docs."""
    folder = tmp_path / "checkout"
    subprocess.run(["git", "checkout-index", "-a", f"--prefix={folder}/"], cwd=ROOT, check=True)
    build = "from setuptools.build_meta import build_sdist; print(build_sdist('..'))"
    ran = [sys.executable, "-c", build]
    built = subprocess.run(ran, cwd=folder, check=True, capture_output=True, text=True)
    with tarfile.open(tmp_path / built.stdout.splitlines()[-1]) as packed:
        inside = {name.partition("/")[2] for name in packed.getnames()}
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    others = (".ci/", ".github/")
    assert [name for name in listed if name not in inside and not name.startswith(others)] == []


async def test_demo_of_a_wheel(installed: Path, tmp_path: Path) -> None:
    """The demo of an installed wheel serves a card, and ends with 0, with no checkout beside it."""
    port = free_port()
    demo = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", str(port),
        cwd=tmp_path, env=environment(PYTHONPATH=str(installed)),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert demo.stdout is not None
    try:
        async with asyncio.timeout(90):
            while b"Open " not in (line := await demo.stdout.readline()):
                assert line, await read(demo.stderr)
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{port}/") as page,
        ):
            assert page.status == 200
    finally:
        demo.send_signal(signal.SIGTERM)
        await demo.wait()
    assert demo.returncode == 0


def test_demo_without_the_local_slack() -> None:
    """`undersigned demo` says what to install where the local Slack is not."""
    # `-S` leaves out what is installed as a folder, so that the local Slack is not there.
    ran = subprocess.run(
        [sys.executable, "-S", "-m", "bot", "demo"],
        cwd=ROOT, env=environment(PYTHONPATH=sysconfig.get_path("purelib")),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr == (
        "undersigned: the demo needs the local Slack. It is in the folder understudy of the "
        "sources: pip install ./understudy\n"
    )


async def read(stream: asyncio.StreamReader | None) -> str:
    assert stream is not None
    return (await stream.read()).decode()


def test_procfile(sources: Path, tmp_path: Path) -> None:
    """Each line of the Procfile runs where only the requirements are installed, without a script."""
    lines = (sources / "Procfile").read_text().splitlines()
    commands = {name: command.strip() for name, _, command in (one.partition(":") for one in lines)}
    # This Python under the name that the Procfile uses, and nothing else on the path. (A link would
    # lose the environment that it belongs to.)
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    values = {"PATH": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'letters.db'}"}

    said = {
        name: subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=sources, env=values, capture_output=True, text=True, check=False,
        )
        for name, command in commands.items()
    }  # fmt: skip

    assert set(said) == {"web", "worker", "release"}
    assert (said["release"].returncode, said["release"].stderr) == (0, "")
    for name in ("web", "worker"):
        assert "SLACK_BOT_TOKEN isn't set" in said[name].stderr
