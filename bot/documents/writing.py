"""The process that writes documents: `python -m bot.documents.writing`.

Standard input has two lines of JSON: the files to write, their folder and the limits, then the
paper. The answer is a line of JSON. A failure is an exit code and one line on standard error,
without any words of the paper.
"""

import gc
import sys
from collections.abc import Callable
from pathlib import Path

import orjson

from bot.documents.making import Limits
from bot.documents.paper import Format, Paper, from_json

TOO_LARGE, FAILED = 3, 4
"""Exit codes for lack of memory and for any other failure."""


def main() -> int:
    """Write the files of one request."""
    # The process is short, and collecting would scan long lists again and again.
    gc.disable()
    head, _, body = sys.stdin.buffer.read().partition(b"\n")
    order = orjson.loads(head)
    _limit(Limits(**order["limits"]))
    try:
        answer = write(order["folder"], order["jobs"], body)
    except MemoryError:
        return TOO_LARGE
    except Exception as error:  # noqa: BLE001 - its message may quote people's words
        sys.stderr.write(f"{type(error).__name__}\n")
        return FAILED
    sys.stdout.buffer.write(orjson.dumps(answer))
    return 0


def write(folder: str, jobs: list[dict[str, str]], data: bytes) -> dict[str, str]:
    """Write a paper's files, named by index, and return {"missing": a character without a font}."""
    paper = from_json(data)
    missing = ""
    for at, job in enumerate(jobs):
        written, without = _writer(job["what"])(paper)
        Path(folder, str(at)).write_bytes(written)
        missing = missing or without
    return {"missing": missing}


def _writer(what: str) -> Callable[[Paper], tuple[bytes, str]]:
    """Return the writer of a format or picture, importing only what it needs."""
    # ruff: noqa: PLC0415
    match what:
        case Format.PDF:
            from bot.documents.writers.pdf import pdf

            return pdf
        case Format.DOCX:
            from bot.documents.writers.docx import docx

            return _plainly(docx)
        case Format.XLSX:
            from bot.documents.writers.xlsx import xlsx

            return _plainly(xlsx)
        case Format.HTML:
            from bot.documents.writers.html import page

            return _plainly(page)
        case Format.MARKDOWN:
            from bot.documents.writers.text import markdown

            return _plainly(markdown)
        case Format.CSV:
            from bot.documents.writers.text import table

            return _plainly(table)
        case Format.LINES:
            from bot.documents.writers.text import lines

            return _plainly(lines)
        case _:
            from bot.documents.writers.pictures import drawing

            return drawing(what)


def _plainly(writer: Callable[[Paper], bytes]) -> Callable[[Paper], tuple[bytes, str]]:
    return lambda paper: (writer(paper), "")


def _limit(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # pragma: no cover - not on Windows, where the time alone is limited
        return
    for what, most, grace in (
        (resource.RLIMIT_AS, limits.memory_bytes, 0),
        # The signal at the soft limit tells a timeout from other ends; SIGKILL at the hard limit
        # does not.
        (resource.RLIMIT_CPU, limits.cpu_s, 2),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, hard = resource.getrlimit(what)
        last = most + grace if hard == resource.RLIM_INFINITY else min(most + grace, hard)
        resource.setrlimit(what, (min(most, last), last))


if __name__ == "__main__":
    sys.exit(main())
