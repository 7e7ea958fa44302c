"""Letters as files for somebody in Slack, made by the command line's own commands.

A long list is read and written in other processes, one at a time, so that nobody's Sign waits.
"""

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from shutil import which

from bot.documents.making import DocumentFailed, Failure

SECONDS_MOST = 300.0
_PROGRESS = re.compile(rb"\S+ \((\d+) of (\d+)\)\s*")
_LIMIT = re.compile(rb"took longer|more memory")

_BEHIND = ("nice", "-n", "10") if which("nice") else ()
"""Runs a command behind all that has not been told to wait: a Sign comes before a document."""

Told = Callable[[int, int], Awaitable[None]]
"""Called with the place of the part that begins now, and how many parts there are."""


class DocumentCommands:
    """Runs `undersigned letters …` for one database, one command at a time."""

    def __init__(self, database_url: str) -> None:
        self._environment = os.environ | {"DATABASE_URL": database_url}
        self._turn = asyncio.Lock()

    async def make(self, words: Sequence[str], told: Told | None = None) -> bytes:
        """Run a command that writes one file, and return the file.

        Args:
            words: The command behind `undersigned letters`, without `--out`.
            told: Told how far it has come, where the command says so.

        Raises:
            DocumentFailed: it ended with an error, or took too long.
        """
        async with self._turn:
            with tempfile.TemporaryDirectory() as folder:
                out = Path(folder, "document")
                await self._run([*words, "--out", str(out)], told)
                return await asyncio.to_thread(out.read_bytes)

    async def _run(self, words: Sequence[str], told: Told | None) -> None:
        process = await asyncio.create_subprocess_exec(
            *_BEHIND,
            sys.executable,
            "-m",
            "bot",
            "letters",
            *words,
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        last = b""
        try:
            async with asyncio.timeout(SECONDS_MOST):
                assert process.stderr is not None  # noqa: S101 - a pipe, as asked for above
                async for line in process.stderr:
                    last = line
                    progress = _PROGRESS.fullmatch(line)
                    if progress is not None and told is not None:
                        await told(int(progress[1]), int(progress[2]))
                await process.wait()
        except TimeoutError:
            raise DocumentFailed(Failure.TOO_SLOW) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            # Its own words are for operators, and may name a file; the kind is enough here.
            limited = _LIMIT.search(last) is not None
            raise DocumentFailed(Failure.TOO_LARGE if limited else Failure.BROKEN)
