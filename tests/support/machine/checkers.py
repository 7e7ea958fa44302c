"""Programs of the distribution that some tests ask: without one, its tests are left out and named."""

import shutil
from collections.abc import Iterator
from pathlib import Path

ASKED = {
    "documents/checkers/test_libreoffice.py": ("soffice", "pdftotext"),
    "documents/checkers/test_poppler.py": ("pdftotext",),
    "documents/checkers/test_qpdf.py": ("qpdf",),
    "whole/test_systemd.py": ("systemd-analyze",),
}
"""The checkers by the file of the tests, under `tests`."""


def left_out() -> list[str]:
    """Return the files of tests whose programs this machine does not have."""
    return [file for file in ASKED if _missing(file)]


def unchecked() -> Iterator[str]:
    """Say of each of these files what it needs."""
    for file in left_out():
        yield f"Not checked here: tests/{file}, which needs {' and '.join(_missing(file))}."


def _missing(file: str) -> list[str]:
    return [program for program in ASKED[file] if shutil.which(program) is None]


def program(name: str) -> Path:
    """Return where a program is that the tests of a file need."""
    found = shutil.which(name)
    assert found is not None, f"{name} is missing in `ASKED`"
    return Path(found)
