"""Documents for people in Slack, written by the `undersigned letters` commands.

A long list is processed by another process, one at a time, so that signing never waits for it.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from shutil import which

import orjson

from bot.documents.making import DocumentFailed, Failure, own_environment

SECONDS_MOST = 300.0
_PROGRESS = re.compile(rb"\S+ \((\d+) of (\d+)\)\s*")
_LIMIT = re.compile(rb"took longer|more memory")

_BEHIND = ("nice", "-n", "10") if which("nice") else ()
"""Runs a command at low priority, so that signing comes first."""

Told = Callable[[int, int], Awaitable[None]]
"""A callback with the number of the part that begins, and how many parts there are."""


class DocumentCommands:
    """Runs `undersigned letters …` for one database, one command at a time."""

    def __init__(self, database_url: str) -> None:
        self._environment = own_environment(DATABASE_URL=database_url)
        self._turn = asyncio.Lock()

    async def make(
        self,
        words: Sequence[str],
        told: Told | None = None,
        names: Mapping[str, str] | None = None,
    ) -> bytes:
        """Run a command that writes one file, and return the content of the file.

        Args:
            words: The arguments after `undersigned letters`, without `--out`.
            told: Called with the progress, if the command reports any.
            names: The names of accounts, by user id, if the command takes them.

        Raises:
            DocumentFailed: The command failed or took too long.
        """
        async with self._turn:
            with tempfile.TemporaryDirectory() as folder:
                out, called = Path(folder, "document"), Path(folder, "names")
                if names is not None:
                    await asyncio.to_thread(called.write_bytes, orjson.dumps(names))
                    words = [*words, "--names", str(called)]
                await self._run([*words, "--out", str(out)], told)
                return await asyncio.to_thread(out.read_bytes)

    async def _run(self, words: Sequence[str], told: Told | None) -> None:
        process = await asyncio.create_subprocess_exec(
            *_BEHIND,
            sys.executable,
            "-P",
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
            # Its message is for operators and may contain a path; people only need the kind of
            # failure.
            limited = _LIMIT.search(last) is not None
            raise DocumentFailed(Failure.TOO_LARGE if limited else Failure.BROKEN)
