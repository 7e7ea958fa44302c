"""Poppler reads the names out of a PDF."""

import subprocess

import pytest

from bot.documents.writers.pdf import pdf
from tests.documents.test_pdf import on_one_line
from tests.support.documents.document_checks import pdf_text
from tests.support.documents.papers import SCRIPTS, a_paper, an_organisation


def test_each_script() -> None:
    """It finds a name in each script, each on one line."""
    listed = [an_organisation(name, number) for number, name in enumerate(SCRIPTS.values())]
    text = pdf_text(pdf(a_paper(listed, body="x"))[0])
    assert [script for script, name in SCRIPTS.items() if not on_one_line(name, text)] == []


def test_it_sees_a_bad_file() -> None:
    """It reads nothing from a PDF that is cut off."""
    whole, _ = pdf(a_paper())
    with pytest.raises(subprocess.CalledProcessError):
        pdf_text(whole[: len(whole) // 2])
