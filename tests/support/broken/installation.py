"""A whole installation, and the table of ways to break it."""

import os
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.commands import Finished, undersigned_without_rights

ANOTHER = 65534
"""The user to whom some files are given."""


@dataclass
class Installation:
    """A whole installation on one machine, about to be broken."""

    folder: Path
    """The folder in which commands run."""
    values: dict[str, str]
    """The environment."""
    held: ExitStack
    command: list[str] = field(default_factory=lambda: ["doctor"])

    @property
    def data(self) -> Path:
        """Return the folder of the database."""
        return self.folder / "data"

    @property
    def file(self) -> Path:
        """Return the database's file."""
        return self.data / "undersigned.db"

    @property
    def backups(self) -> Path:
        """Return the folder of the backups, with the list of erasures."""
        return self.folder / "backups"

    async def run(self) -> Finished:
        """Run the command."""
        return await undersigned_without_rights(self.folder, *self.command, **self.values)


Break = Callable[[Installation], None]
BROKEN: dict[str, tuple[str, Break]] = {}
"""Ways to break an installation, each with words that name it."""
OF_ANOTHER: set[str] = set()
"""Those for which root gives away a file or mounts a disk."""


def broken(words: str, *, by_root: bool = False) -> Callable[[Break], Break]:
    """Register a way to break an installation."""

    def register(make: Break) -> Break:
        BROKEN[make.__name__] = (words, make)
        if by_root:
            OF_ANOTHER.add(make.__name__)
        return make

    return register


def give_away(path: Path, mode: int) -> None:
    """Give a file or folder to another user."""
    path.chmod(mode)
    os.chown(path, ANOTHER, ANOTHER)


def own_disk(one: Installation) -> None:
    """Move the database to a disk of its own, with 16 kB to spare."""
    kept = one.file.read_bytes()
    size = len(kept) // 4096 * 4 + 16
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k,mode=700", "tmpfs", str(one.data)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    one.held.callback(subprocess.run, ["umount", "--lazy", str(one.data)], check=True)
    one.file.write_bytes(kept)
    one.file.chmod(0o600)


def full_disk(one: Installation) -> None:
    """Move the database to a disk of its own, on which nothing has room."""
    own_disk(one)
    try:
        with (one.data / "fill").open("wb", buffering=0) as opened:
            while opened.write(bytes(4096)):
                pass
    except OSError:
        pass
