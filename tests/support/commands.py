"""The command line as an operator uses it: processes of their own."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

STOP_S = 15


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
    """The machine's environment without what it may say of Slack, and with these."""
    ours = ("SLACK_", "DATABASE_URL", "PORT", "LOG_LEVEL", "UNDERSIGNED_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | values


async def undersigned(*words: str, **values: str) -> Finished:
    """Run a command to its end in an empty folder, in which no developer's `.env` is."""
    with tempfile.TemporaryDirectory() as folder:
        return await undersigned_in(folder, *words, **values)


async def undersigned_in(folder: str | Path, /, *words: str, **values: str) -> Finished:
    """Run a command to its end in a folder."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=folder,
        env=environment(**values),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return Finished(process.returncode or 0, out.decode(), err.decode())


@asynccontextmanager
async def undersigned_running(
    *words: str, ready: str, **values: str
) -> AsyncGenerator[asyncio.subprocess.Process]:
    """A command that serves, from the line that says `ready` until SIGTERM; it must end with 0.

    Where the block itself killed it (SIGKILL) and waited for that, it ends with nothing.
    """
    with tempfile.TemporaryDirectory() as empty:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words, cwd=empty, env=environment(**values),
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert process.stderr is not None
        said: list[str] = []

        async def listen() -> None:
            assert process.stderr is not None
            while line := await process.stderr.readline():
                said.append(line.decode())
                if ready in said[-1]:
                    return
            raise AssertionError(f"{words} ended before it was ready: {''.join(said)}")

        async with asyncio.timeout(20):
            await listen()
        rest = asyncio.create_task(process.stderr.read())
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
