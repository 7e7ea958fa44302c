"""Writing of documents in a short-lived process, with limits on its time and memory.

This module imports nothing that writes documents.
"""

import asyncio
import io
import os
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

import orjson

from bot.documents.paper import Format, Paper, to_json
from bot.documents.writers.fonts import PACKAGES


class Picture(StrEnum):
    """A picture that can be drawn of a paper; the value ends in the file format."""

    DAYS_PNG = "by-day.png"
    DAYS_SVG = "by-day.svg"
    COUNTRIES_PNG = "by-country.png"
    COUNTRIES_SVG = "by-country.svg"
    PREVIEW_PNG = "preview.png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file to write."""

    what: str
    """A `Format` or a `Picture`."""
    name: str
    """The file's name, unique among the jobs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of the process that writes."""

    seconds: float = 120.0
    """Wall-clock time for all files of one request."""
    cpu_s: int = 120
    memory_bytes: int = 3 << 30
    """Address space, most of which a library like typst reserves without using it."""


LIMITS = Limits()


_NEEDS = {
    Format.PDF: ("typst", *PACKAGES),
    Format.XLSX: ("xlsxwriter",),
}

_KEPT = ("PATH", "HOME", "TMPDIR", "TZ", "LANG", "LC_ALL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The files that were written."""

    files: Mapping[str, bytes]
    """The content of each file by the name of its job, in their order."""
    missing: str
    """A character that no font has, shown as a box; "" if there is none."""


class Failure(StrEnum):
    """The reason why no document was made."""

    NOT_INSTALLED = "not_installed"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    BROKEN = "broken"


class DocumentFailed(Exception):  # noqa: N818 - it is the past participle of what happened, as `Refused` is
    """Raised when no document could be made; no files remain."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        super().__init__(f"{failure}: {detail}" if detail else str(failure))
        self.failure = failure
        self.detail = detail


def available(what: str) -> bool:
    """Return whether the libraries for a format or picture are installed, without loading them."""
    needs = _NEEDS.get(Format(what), ()) if what in set(Format) else _NEEDS[Format.PDF]
    return all(map(_is_installed, needs))


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


async def make(paper: Paper, jobs: Sequence[Job], limits: Limits = LIMITS) -> Made:
    """Write a paper as files, in a process of its own.

    Raises:
        DocumentFailed: A library is not installed, or a limit was reached.
    """
    for job in jobs:
        if not available(job.what):
            raise DocumentFailed(Failure.NOT_INSTALLED, job.what)
    with tempfile.TemporaryDirectory() as folder:
        answer = await _run(request(folder, paper, jobs, limits), limits)
        return Made(files=_files(folder, jobs), missing=answer["missing"])


def request(folder: str, paper: Paper, jobs: Sequence[Job], limits: Limits = LIMITS) -> bytes:
    """Return the input of the process that writes files to a folder."""
    order = {"folder": folder, "jobs": [asdict(job) for job in jobs], "limits": asdict(limits)}
    if not any(job.what in {Format.CSV, Format.XLSX} for job in jobs):
        # Only tables show these.
        sections = tuple(
            replace(
                section,
                entries=tuple(one._replace(cells=(), country="") for one in section.entries),
            )
            for section in paper.sections
        )
        paper = replace(paper, sections=sections)
    return b"\n".join((orjson.dumps(order), to_json(paper)))


def own_environment(**values: str) -> dict[str, str]:
    """Return the environment of a process that makes documents: no secrets but those given.

    With `-P` it imports nothing from the current folder, so the folder of `bot` is named.
    """
    paths = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(paths)} | values


async def _run(asked: bytes, limits: Limits) -> dict[str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "bot.documents.writing",
        env=own_environment(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(limits.seconds):
            out, err = await process.communicate(asked)
    except TimeoutError:
        raise DocumentFailed(Failure.TOO_SLOW) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == 0:
        return orjson.loads(out)
    raise _failed(process.returncode, err)


def _files(folder: str, jobs: Sequence[Job]) -> dict[str, bytes]:
    return {job.name: Path(folder, str(at)).read_bytes() for at, job in enumerate(jobs)}


def _failed(code: int | None, err: bytes) -> DocumentFailed:
    from signal import SIGKILL, SIGXCPU  # noqa: PLC0415 - needed only after a failure

    if code is not None and -code == SIGXCPU:
        return DocumentFailed(Failure.TOO_SLOW)
    # Typst aborts (SIGABRT) if it cannot allocate, the system kills (SIGKILL), and Python exits
    # with TOO_LARGE (3).
    if code is not None and (code == 3 or -code in {6, SIGKILL}):
        return DocumentFailed(Failure.TOO_LARGE)
    detail = err.decode(errors="replace").strip().splitlines()
    return DocumentFailed(Failure.BROKEN, detail[-1] if detail else f"exit code {code}")


_EARLIEST = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6


def packed(parts: Mapping[str, bytes], moment: datetime) -> bytes:
    """Return a zip archive of parts, in their order, all with the same date.

    Zip has no dates before 1980.
    """
    stamp = max(_EARLIEST, moment.astimezone(UTC).timetuple()[:6])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            # The same on every system.
            entry.create_system = 3
            archive.writestr(entry, data, compresslevel=_LEVEL)
    return out.getvalue()
