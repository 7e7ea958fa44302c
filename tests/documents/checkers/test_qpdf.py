"""Qpdf looks at a PDF's syntax."""

import subprocess
from pathlib import Path

from bot.documents.writers.pdf import pdf
from tests.support.documents.papers import a_paper
from tests.support.machine.checkers import program


def test_no_fault(tmp_path: Path) -> None:
    """It finds no fault in a PDF, and one in a PDF that is cut off."""
    whole, _ = pdf(a_paper())
    for name, data, code in (("whole", whole, 0), ("cut", whole[: len(whole) // 2], 2)):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(data)
        done = subprocess.run([program("qpdf"), "--check", file], capture_output=True, check=False)
        assert done.returncode == code, done.stdout.decode()
