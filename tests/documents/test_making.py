"""Documents are made in a process of their own, within limits."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.documents.making import DocumentFailed, Failure, Job, Limits, Picture, available, make
from bot.documents.paper import Entry, Format, Section
from tests.support.documents.papers import a_paper
from tests.support.shared import ROOT

SIGNATURES = {
    Format.PDF: b"%PDF-1.7",
    Format.DOCX: b"PK\x03\x04",
    Format.XLSX: b"PK\x03\x04",
    Format.HTML: b"<!DOCTYPE html>",
    Format.MARKDOWN: b"The Coalition",
    Format.CSV: b"entry,kind",
    Format.LINES: b"The Convening",
    Picture.DAYS_PNG: b"\x89PNG",
    Picture.DAYS_SVG: b"<svg",
    Picture.COUNTRIES_PNG: b"\x89PNG",
    Picture.COUNTRIES_SVG: b"<svg",
    Picture.PREVIEW_PNG: b"\x89PNG",
}


async def test_each_format_and_picture() -> None:
    """One process writes every format and every picture of a paper, the same bytes each time."""
    jobs = [Job(what=what, name=f"a.{what}") for what in SIGNATURES]
    made = await make(a_paper(), jobs)
    assert list(made.files) == [job.name for job in jobs]
    assert made.missing == ""
    for what, begins in SIGNATURES.items():
        assert made.files[f"a.{what}"].startswith(begins), what
    again = await make(a_paper(), jobs)
    assert again.files == made.files


async def test_a_character_without_a_font_is_named() -> None:
    """A character that no font has comes back with the files."""
    paper = replace(a_paper(), title="ܐܪܡܝܐ")
    assert (await make(paper, [Job(what=Format.PDF, name="x")])).missing == "ܐ"


async def test_process_gets_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process knows no token, and imports nothing from the folder in which the bot runs."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(
        f"import os\nopen({str(tmp_path / 'known')!r}, 'w').write(repr(dict(os.environ)))"
    )
    (tmp_path / "orjson.py").write_text("raise SystemExit('imported from the current folder')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    monkeypatch.chdir(tmp_path)
    await make(a_paper(), [Job(what=Format.MARKDOWN, name="x")])
    known = (tmp_path / "known").read_text()
    assert "PATH" in known
    assert "xoxb-secret" not in known


async def test_too_slow() -> None:
    """A process that takes too long is ended, and that is said."""
    with pytest.raises(DocumentFailed) as failed:
        await make(a_paper(), [Job(what=Format.PDF, name="x")], Limits(seconds=0.01))
    assert failed.value.failure is Failure.TOO_SLOW


@pytest.mark.parametrize(
    ("limits", "failure"),
    [
        (Limits(memory_bytes=400 << 20), Failure.TOO_LARGE),
        (Limits(cpu_s=1), Failure.TOO_SLOW),
    ],
)
async def test_limits_of_the_process(limits: Limits, failure: Failure) -> None:
    """The process has no more memory and CPU than it is given, and says which of them it lacked."""
    entries = (Entry(reads="Ada King, Lecturer, University of the Sea"),) * 40_000
    paper = replace(a_paper(), sections=(Section(entries=entries),))
    with pytest.raises(DocumentFailed) as failed:
        await make(paper, [Job(what=Format.PDF, name=f"{n}") for n in range(2)], limits)
    assert failed.value.failure is failure


async def test_what_goes_wrong_quotes_nobody() -> None:
    """An error inside says what kind it is, and none of people's words."""
    paper = replace(a_paper(), title="A secret title", charts=())
    with pytest.raises(DocumentFailed) as failed:
        await make(paper, [Job(what=Picture.DAYS_PNG, name="x")])
    assert (failed.value.failure, failed.value.detail) == (Failure.BROKEN, "IndexError")


def test_without_the_extra() -> None:
    """Without the extra, the formats that need it are not there, and the others are.

    To ask loads nothing of it.
    """
    code = (
        "import sys, importlib.abc\n"
        "from bot.documents.making import available\n"
        "from bot.documents.paper import Format\n"
        "assert all(map(available, Format))\n"
        "heavy = ('typst', 'xlsxwriter', 'manimgx', 'pylopdf', 'fontpkg', 'bot.documents.writing')\n"
        "assert not [name for name in sys.modules if name.startswith(heavy)]\n"
        "class Gone(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('typst', 'xlsxwriter'):\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Gone())\n"
        "print(*[form.value for form in Format if available(form)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["docx", "html", "markdown", "csv", "lines"]
    assert available(Picture.PREVIEW_PNG)
