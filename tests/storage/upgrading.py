"""An upgrade that dies at one moment after another, in a process that is started only once.

`python -m tests.storage.upgrading FILE HOW_OFTEN` upgrades copies of a SQLite file, FILE.1 and so
on, each of them until its process is killed at a moment drawn by lot. It prints how many were killed:
the others had come to their end by then.
"""

import asyncio
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from bot.storage.migrate import upgrade
from tests.support.databases import sqlite_url


def _upgrade(file: Path) -> None:
    asyncio.run(upgrade(sqlite_url(file)))


def _is_killed(file: Path, after: float) -> bool:
    child = os.fork()
    if not child:
        # Nobody listens for it: it ends the process at once, wherever it is.
        signal.setitimer(signal.ITIMER_REAL, after)
        _upgrade(file)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        assert os.WEXITSTATUS(status) == 0
        return False
    return True


def main() -> None:
    file, how_often = Path(sys.argv[1]), int(sys.argv[2])
    copies = [file.with_name(f"{file.name}.{number}") for number in range(how_often + 2)]
    for copy in copies:
        shutil.copyfile(file, copy)
    # The first one loads what an upgrade needs, the second one tells how long it takes.
    _upgrade(copies[-1])
    began = time.perf_counter()
    _upgrade(copies[0])
    whole = time.perf_counter() - began
    killed = [_is_killed(copy, random.uniform(0.002, whole)) for copy in copies[1:-1]]
    print(sum(killed))


main()
