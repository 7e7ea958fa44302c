"""The files of a SQLite database: private to their owner, and locked by one process."""

import errno
import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

OWNER_ONLY_FILE, OWNER_ONLY_FOLDER = 0o600, 0o700
READABLE_BY_OTHERS = 0o077
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS})
"""Errors of a file system that does not support locks of whole files."""


class MovedAwayError(OSError):
    """Raised if the database's file is no longer at its path, or was replaced."""


class InUseError(Exception):
    """Raised if another process serves this database. The message is its process id, if known."""


def make_folder(folder: Path) -> None:
    """Make a folder and its missing parents, accessible to their owner only."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        # Another process may create it at the same time.
        one.mkdir(OWNER_ONLY_FOLDER, exist_ok=True)


def make_file(file: Path) -> None:
    """Make an empty database and its folder, accessible to their owner only, unless it exists.

    SQLite gives the files that it adds next to the database the same permissions.
    """
    make_folder(file.parent)
    try:
        made = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY_FILE)
    except FileExistsError:
        return
    os.close(made)


def readable_by_others(path: Path) -> bool:
    """Return whether other users of the machine have any access to a file or a folder."""
    return bool(path.stat().st_mode & READABLE_BY_OTHERS)


def lock_file(file: Path) -> Path:
    """Return the path of a database's lock: next to the real file, even if `file` is a link."""
    real = file.resolve()
    return real.with_name(f"{real.name}-lock")


@contextmanager
def held(file: Path) -> Generator[bool]:
    """Lock a database against a second serving process, for as long as the block lasts.

    Yields whether the file system supports such locks. The kernel releases the lock when the
    process ends. Commands that read or add beside a running process do not need it.

    Raises:
        InUseError: another process holds the lock.
        OSError: the folder is not writable.
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
