"""The files of a SQLite database: made for their owner alone, and held by one process."""

import errno
import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

OWNER_ONLY_FILE, OWNER_ONLY_FOLDER = 0o600, 0o700
READABLE_BY_OTHERS = 0o077
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS})
"""Errors of a file system that has no locks of whole files."""


class MovedAwayError(OSError):
    """The database's file is no longer under its name, or another one is."""


class InUseError(Exception):
    """Another process serves this database; the message is its number, if it is known."""


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner alone."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        # Another process may be as far at the same time.
        one.mkdir(OWNER_ONLY_FOLDER, exist_ok=True)


def make_file(file: Path) -> None:
    """Make an empty database, and its folder, for their owner alone; leave one that is there.

    SQLite gives the files that it puts beside it the same permissions.
    """
    make_folder(file.parent)
    try:
        made = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY_FILE)
    except FileExistsError:
        return
    os.close(made)


def readable_by_others(path: Path) -> bool:
    """Say whether other users of the machine may look into a file or a folder."""
    return bool(path.stat().st_mode & READABLE_BY_OTHERS)


def lock_file(file: Path) -> Path:
    """Return where the lock of a database is: beside the file itself, also if that is a link."""
    real = file.resolve()
    return real.with_name(f"{real.name}-lock")


@contextmanager
def held(file: Path) -> Generator[bool]:
    """Hold a database against a second process that would serve it, until this one ends.

    Yields whether the file system has such locks at all. The lock is the kernel's: however the
    process ends, it ends too. What reads or adds beside a running process does not ask for it.

    Raises:
        InUseError: another process holds it.
        OSError: the folder cannot be written to.
    """
    lock = os.open(lock_file(file), os.O_CREAT | os.O_RDWR, OWNER_ONLY_FILE)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUseError(os.read(lock, 20).decode().strip()) from None
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            yield False
            return
        os.truncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
        yield True
    finally:
        os.close(lock)
