"""The command line as an operator uses it: processes of their own.

A command that ends is forked from a process that has imported what commands import, which takes
most of the second that each takes by itself. So is what serves, except where a test is about its
start.
"""

import asyncio
import ctypes
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Protocol

STOP_S = 30
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    [
        "pytest",
        "tests.support.commands",
        "bot.cli",
        "bot.app",
        "bot.wiring",
        "bot.web.server",
        "bot.slack.refusal_words",
        *(
            f"bot.commands.{name}"
            for name in ("database", "doctor", "manifest", "people", "processes", "workspace")
        ),
        *(
            f"bot.commands.letters.{name}"
            for name in ("adding", "amending", "documents", "entering")
        ),
        *(f"bot.commands.letters.{name}" for name in ("history", "invitations", "lists")),
        *(f"bot.commands.letters.{name}" for name in ("posting", "reading")),
    ]
)
_server, _served = threading.Lock(), threading.Event()


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that has ended."""

    code: int
    out: str
    err: str


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(**values: str) -> dict[str, str]:
    """The machine's environment without what it may say of Slack or of tests, and with these."""
    ours = ("SLACK_", "DATABASE_URL", "HOST", "PORT", "LOG_LEVEL", "UNDERSIGNED_", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | values


async def undersigned(*words: str, **values: str) -> Finished:
    """Run a command to its end in an empty folder, in which no developer's `.env` is."""
    with tempfile.TemporaryDirectory() as folder:
        return await undersigned_in(folder, *words, **values)


async def undersigned_in(folder: str | Path, /, *words: str, **values: str) -> Finished:
    """Run a command to its end in a folder."""
    return await _finished(_command, folder, words, values)


async def undersigned_without_rights(folder: str | Path, /, *words: str, **values: str) -> Finished:
    """The same, by a user who may use only files that are theirs, even where root runs the tests."""
    return await _finished(_command_without_rights, folder, words, values)


async def undersigned_killed(after: float, /, *words: str, **values: str) -> Finished:
    """Run a command that ends wherever it is after so many seconds, by a signal nobody listens for."""
    with tempfile.TemporaryDirectory() as folder:
        return await _finished(partial(_command_killed, after), folder, words, values)


async def _finished(
    target: Callable[..., None], folder: str | Path, words: tuple[str, ...], values: dict[str, str]
) -> Finished:
    await asyncio.to_thread(_serve_forks)
    with tempfile.TemporaryDirectory() as kept:
        out, err = Path(kept, "out"), Path(kept, "err")
        command = _FORKS.Process(
            target=target, args=(folder, words, environment(**values), out, err)
        )
        command.start()
        await _ended(command)
        return Finished(command.exitcode or 0, *(_text(file) for file in (out, err)))


async def _ended(process: ForkServerProcess) -> None:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_reader(process.sentinel, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(process.sentinel)
    process.join()


def _serve_forks() -> None:
    """Start the process that others are forked from; return once it has imported everything.

    It ends with this process.
    """
    with _server:
        if not _served.is_set():
            first = _FORKS.Process(target=os.getpid)
            first.start()
            first.join()
            _served.set()


def _text(file: Path) -> str:
    return file.read_text()


def _command(
    folder: str | Path, words: tuple[str, ...], values: dict[str, str], out: Path, err: Path
) -> None:
    """Be the command: in its folder, with its environment, and with its output kept."""
    if folder:
        os.chdir(folder)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), number)
    _run(words, values)


def _command_without_rights(
    folder: str | Path, words: tuple[str, ...], values: dict[str, str], out: Path, err: Path
) -> None:
    """Be the command without the privileges by which root may use the files of others."""
    os.chdir(folder)
    if os.geteuid() == 0:
        # Linux's `capset`: the header's version and process, then none of three sets of 64 each.
        header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        assert ctypes.CDLL(None).capset(header, none) == 0
    _command("", words, values, out, err)


def _command_killed(
    after: float,
    folder: str | Path,
    words: tuple[str, ...],
    values: dict[str, str],
    out: Path,
    err: Path,
) -> None:
    signal.setitimer(signal.ITIMER_REAL, after)
    _command(folder, words, values, out, err)


def _serve(folder: str, words: tuple[str, ...], values: dict[str, str], said: Connection) -> None:
    """Be a command that serves, whose log goes into a pipe."""
    os.chdir(folder)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(said.fileno(), 2)
    said.close()
    _run(words, values)


def _run(words: tuple[str, ...], values: dict[str, str]) -> None:
    from bot.cli import main

    os.environ.clear()
    os.environ.update(values)
    sys.argv = ["undersigned", *words]
    main()


class Serving(Protocol):
    """A command that serves."""

    @property
    def pid(self) -> int:
        """Return its process id."""
        ...

    @property
    def returncode(self) -> int | None:
        """Return its exit code; None while it runs."""
        ...

    def send_signal(self, signal: int, /) -> None:
        """Send it a signal."""
        ...

    def kill(self) -> None:
        """End it with SIGKILL."""
        ...

    async def wait(self) -> int:
        """Wait for its end; return its exit code."""
        ...


@dataclass(frozen=True, slots=True)
class _Forked:
    process: ForkServerProcess

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    @property
    def returncode(self) -> int | None:
        return self.process.exitcode

    def send_signal(self, signal: int, /) -> None:
        os.kill(self.pid, signal)

    def kill(self) -> None:
        self.process.kill()

    async def wait(self) -> int:
        await _ended(self.process)
        return self.process.exitcode or 0


async def _fork(
    folder: str, words: tuple[str, ...], values: dict[str, str]
) -> tuple[Serving, asyncio.StreamReader]:
    """Fork a command that serves; return it and its log."""
    await asyncio.to_thread(_serve_forks)
    ours, theirs = _FORKS.Pipe(duplex=False)
    process = _FORKS.Process(target=_serve, args=(folder, words, values, theirs))
    process.start()
    theirs.close()
    said = asyncio.StreamReader()
    pipe = os.fdopen(os.dup(ours.fileno()), "rb", 0)
    ours.close()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(said), pipe
    )
    return _Forked(process), said


async def _start(
    folder: str, words: tuple[str, ...], values: dict[str, str]
) -> tuple[Serving, asyncio.StreamReader]:
    """Start a command that serves as an operator does; return it and its log."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=folder, env=values, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    return process, process.stderr


@asynccontextmanager
async def undersigned_running(*words: str, ready: str, **values: str) -> AsyncGenerator[Serving]:
    """A command that serves, from the line that says `ready` until SIGTERM; it must end with 0.

    Where the block itself killed it (SIGKILL) and waited for that, it ends with nothing.
    """
    async with _running(_fork, words, ready, values) as process:
        yield process


@asynccontextmanager
async def undersigned_started(*words: str, ready: str, **values: str) -> AsyncGenerator[Serving]:
    """The same, started as an operator starts it."""
    async with _running(_start, words, ready, values) as process:
        yield process


@asynccontextmanager
async def _running(
    start: Callable[..., Awaitable[tuple[Serving, asyncio.StreamReader]]],
    words: tuple[str, ...],
    ready: str,
    values: dict[str, str],
) -> AsyncGenerator[Serving]:
    with tempfile.TemporaryDirectory() as empty:
        process, stderr = await start(empty, words, environment(**values))
        said: list[str] = []

        async def listen() -> None:
            while line := await stderr.readline():
                said.append(line.decode())
                if ready in said[-1]:
                    return
            raise AssertionError(f"{words} ended before it was ready: {''.join(said)}")

        async with asyncio.timeout(60):
            await listen()
        rest = asyncio.create_task(stderr.read())
        try:
            yield process
        finally:
            killed = process.returncode == -signal.SIGKILL
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(STOP_S):
                code = await process.wait()
            left = (await rest).decode()
    assert killed or code == 0, f"{words} ended with {code}: {left}"
    assert "Traceback" not in left, left
