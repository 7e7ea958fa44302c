"""Processes of the bot that are killed at any moment and are back right away.

They are forked from one that has loaded everything: a restart costs what the bot does at its start,
not what Python does.
"""

import asyncio
import multiprocessing
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.logs import configure
from bot.settings import Settings
from tests.support.commands import environment

FORKS = multiprocessing.get_context("forkserver")
"""Makes processes that have loaded everything."""
FORKS.set_forkserver_preload(
    [
        "tests.torture.processes.replicas",
        "tests.torture.processes.servers",
        "tests.torture.processes.victim",
    ]
)

Main = Callable[[Settings], Awaitable[None]]
"""A function of a module, so that another process can find it."""


@dataclass(slots=True, kw_only=True)
class Replica:
    """One process, which may die and be started again many times."""

    main: Main
    settings: Mapping[str, str]
    log: Path
    """The file of its log, of all its lives."""
    mortal: bool = False
    """It may end by itself, as one does that finds no database when it starts."""
    _process: ForkServerProcess | None = field(default=None, init=False)

    @property
    def pid(self) -> int:
        """Its number in this life."""
        assert self._process is not None
        assert self._process.pid is not None
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Return whether it lives."""
        return self._process is not None and self._process.is_alive()

    def start(self) -> None:
        """Begins a life; returns before it is ready."""
        self._process = FORKS.Process(
            target=_live, args=(self.main, dict(self.settings), self.log), daemon=True
        )
        self._process.start()

    def kill(self) -> None:
        """End a life in the middle of whatever it does, with SIGKILL.

        Raises:
            AssertionError: it had ended by itself before, and may not.
        """
        assert self._process is not None
        assert self.mortal or self.is_alive, f"a replica ended by itself: {self.last_words()}"
        self._process.kill()
        self._process.join()

    def stop(self) -> None:
        """End a life with SIGTERM, if there is one."""
        if self._process is not None and self.is_alive:
            self._process.terminate()
            self._process.join()

    def last_words(self) -> str:
        """The end of what it wrote."""
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""


def _live(main: Main, settings: dict[str, str], log: Path) -> None:
    words = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(words, 1)
    os.dup2(words, 2)
    changed = environment(**settings)
    os.environ.clear()
    os.environ.update(changed)
    configure()
    asyncio.run(_await(main, Settings()))


async def _await(main: Main, settings: Settings) -> None:
    await main(settings)
