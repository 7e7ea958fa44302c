"""The erasure list, a file next to the backups: what to erase again after a restore.

It contains no names. People are digests, whose key is in the first line of the file.
"""

import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import orjson
from pydantic import BaseModel, ConfigDict

from bot.storage.engines.sqlite_files import OWNER_ONLY_FILE


def erasures_beside(file: Path) -> Path:
    """Return the default place of the erasure list of a SQLite database or a backup."""
    return file.with_name("undersigned.erasures")


class ErasureKind(StrEnum):
    """Kind of an erasure's subject."""

    PERSON = "person"
    ENTRY = "entry"
    LETTER = "letter"
    WORKSPACE = "workspace"


class ListError(Exception):
    """Raised if the erasure list cannot be read. The message contains the reason."""


class _Head(BaseModel):
    model_config = ConfigDict(frozen=True)

    erasures: str
    """The key of the digests, in hexadecimal."""

    @classmethod
    def key(cls, line: bytes) -> bytes:
        """Read the key from the first line.

        Raises:
            ValueError: the line has no key.
        """
        return bytes.fromhex(cls.model_validate_json(line).erasures)


class Erasure(BaseModel):
    """A line of the list: one erasure."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    at: datetime
    kind: ErasureKind
    subject: str
    """The digest of a person, an entry or a workspace, or the number of a letter."""


class ErasureList:
    """The file of erasures; lines are only ever added."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def add(self, at: datetime, kind: ErasureKind, subject: str | int) -> None:
        """Add an erasure; it is on the disk when this returns.

        `subject`: `workspace:person`, `letter:entry`, a workspace, or the number of a letter. All
        but the number are written as digests.

        Raises:
            OSError: the file cannot be written to.
            ListError: the file is no erasure list.
        """
        with self._opened() as opened:
            key = self._key(opened)
            named = subject if isinstance(subject, int) else digest_of(key, subject)
            line = {"at": at.isoformat(), "kind": kind.value, "subject": named}
            os.write(opened, orjson.dumps(line) + b"\n")
            os.fsync(opened)

    def read(self) -> tuple[bytes, list[Erasure]]:
        """Return the key of the digests and all erasures, the first one first.

        Raises:
            FileNotFoundError: there is no file.
            ListError: the file is no erasure list, or is damaged.
        """
        try:
            head, *lines = self.file.read_bytes().splitlines()
            return _Head.key(head), [Erasure.model_validate_json(line) for line in lines]
        except ValueError as error:
            raise ListError(f"{self.file} is no list of erasures, or not whole") from error

    def take_over(self, other: "ErasureList") -> None:
        """Copy another list's lines into this file, if it does not exist yet."""
        if not self.file.exists() and other.file.exists():
            data = other.file.read_bytes()
            with self._opened() as opened:
                os.write(opened, data)
                os.fsync(opened)

    def begin(self) -> None:
        """Create an empty list, if the file does not exist yet."""
        with self._opened() as opened:
            self._key(opened)

    def _key(self, opened: int) -> bytes:
        size = os.fstat(opened).st_size
        if size == 0:
            key = secrets.token_bytes(32)
            os.write(opened, orjson.dumps({"erasures": key.hex()}) + b"\n")
            os.fsync(opened)
            return key
        head = os.pread(opened, 200, 0).partition(b"\n")[0]
        try:
            return _Head.key(head)
        except ValueError as error:
            raise ListError(f"{self.file} is no list of erasures") from error

    @contextmanager
    def _opened(self) -> Generator[int]:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        opened = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_APPEND, OWNER_ONLY_FILE)
        try:
            # Several processes may erase at the same time.
            fcntl.flock(opened, fcntl.LOCK_EX)
            yield opened
        finally:
            os.close(opened)


def digest_of(key: bytes, subject: str) -> str:
    """Return the digest of a subject, as `ErasureList.add` writes it."""
    return hmac.new(key, subject.encode(), hashlib.sha256).hexdigest()
