from pathlib import Path

import pytest

from tests.support.machine.checkers import ASKED, unchecked
from tests.support.shared import ROOT


def test_each_file_is_there() -> None:
    """Each file that a missing program leaves out is a file of tests."""
    assert [file for file in ASKED if not (ROOT / "tests" / file).exists()] == []


def test_a_part_of_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With Writer and without Calc, only what Calc opens is named as not checked."""
    (tmp_path / "program").mkdir()
    for name in ("soffice", "pdftotext", "qpdf", "systemd-analyze"):
        (tmp_path / "program" / name).touch(0o755)
    (tmp_path / "share" / "registry").mkdir(parents=True)
    (tmp_path / "share" / "registry" / "writer.xcd").touch()
    monkeypatch.setenv("PATH", str(tmp_path / "program"))

    (said,) = unchecked()
    assert said.endswith("test_libreoffice_calc.py, which needs LibreOffice Calc.")

    (tmp_path / "share" / "registry" / "calc.xcd").touch()
    assert list(unchecked()) == []
