"""Programs of the distribution that some tests ask: without one, its tests are left out and named."""

import shutil
from collections.abc import Iterator
from pathlib import Path

ASKED = {
    "documents/checkers/test_libreoffice_calc.py": ("LibreOffice Calc", "pdftotext"),
    "documents/checkers/test_libreoffice_writer.py": ("LibreOffice Writer", "pdftotext"),
    "documents/checkers/test_poppler.py": ("pdftotext",),
    "documents/checkers/test_qpdf.py": ("qpdf",),
    "whole/test_systemd.py": ("systemd-analyze",),
}
"""The checkers by the file of the tests, under `tests`."""
_REGISTERED_IN = {"LibreOffice Calc": "calc.xcd", "LibreOffice Writer": "writer.xcd"}
"""Parts of LibreOffice, which distributions package apart, by the file that comes with each."""


def left_out() -> list[str]:
    """Return the files of tests whose programs this machine does not have."""
    return [file for file in ASKED if _missing(file)]


def unchecked() -> Iterator[str]:
    """Say of each of these files what it needs."""
    for file in left_out():
        yield f"Not checked here: tests/{file}, which needs {' and '.join(_missing(file))}."


def _missing(file: str) -> list[str]:
    return [program for program in ASKED[file] if not _is_here(program)]


def _is_here(program: str) -> bool:
    if program not in _REGISTERED_IN:
        return shutil.which(program) is not None
    office = shutil.which("soffice")
    if office is None:
        return False
    home = Path(office).resolve().parents[1]
    # `Resources` on a Mac, `share` elsewhere.
    places = (home / folder / "registry" for folder in ("share", "Resources"))
    return any((place / _REGISTERED_IN[program]).exists() for place in places)


def program(name: str) -> Path:
    """Return where a program is that the tests of a file need."""
    found = shutil.which(name)
    assert found is not None, f"nothing in `ASKED` needs {name}"
    return Path(found)
