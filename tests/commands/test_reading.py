"""`letters read` says how a list is understood, and needs nothing else."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from tests.support.commands import undersigned
from tests.support.shared import ROOT

LIST = "Organisations\nHarbour Network (Kenya)\n\nIndividuals\nAda Quill, Director, Tide Lab\n"


async def test_json(tmp_path: Path) -> None:
    """The entries and what was skipped are printed as JSON, and nothing is written."""
    file = tmp_path / "list.txt"
    file.write_text(LIST)
    done = await undersigned("letters", "read", str(file), "--json")
    assert (done.code, done.err) == (0, "")
    said = json.loads(done.out)
    assert said["skipped"][0] == {
        "row": 1, "why": "heading", "text": "Organisations",
        "note": "Line 1, a heading: Organisations",
    }  # fmt: skip
    assert len(said["skipped"]) == 2
    harbour, ada = said["entries"]
    assert harbour == {
        "kind": "organisation", "name": "Harbour Network", "title": "", "affiliation": "",
        "country": "Kenya", "line": "Harbour Network (Kenya)", "note": "",
    }  # fmt: skip
    assert ada == {
        "kind": "person", "name": "Ada Quill", "title": "Director", "affiliation": "Tide Lab",
        "country": "", "line": "Ada Quill, Director, Tide Lab", "note": "",
    }  # fmt: skip
    assert await undersigned("letters", "read", str(file), "--format", "json") == done
    assert os.listdir(tmp_path) == ["list.txt"]  # noqa: PTH208 - pathlib's way may wait, says the same lint


async def test_lines(tmp_path: Path) -> None:
    """For people the entries are lines, and what was skipped is told apart."""
    file = tmp_path / "list.txt"
    file.write_text(LIST)
    done = await undersigned("letters", "read", str(file))
    assert done.out.splitlines() == [
        "organisation\tHarbour Network (Kenya)\t",
        "person\tAda Quill, Director, Tide Lab\t",
    ]
    assert done.err.splitlines() == [
        "Line 1, a heading: Organisations",
        "Line 4, a heading: Individuals",
    ]


async def test_standard_input() -> None:
    """`-` reads what is piped in."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "letters", "read", "-", "--json",
        cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate("Réseau Aube\n".encode("cp1252"))
    assert [one["name"] for one in json.loads(out)["entries"]] == ["Réseau Aube"]


@pytest.mark.parametrize("content", [None, b"PK\x03\x04", b"\x00\x01\xff", b"", b"%PDF-1.7"])
async def test_unreadable(tmp_path: Path, content: bytes | None) -> None:
    """A file that cannot be read gets one sentence on standard error and exit code 1."""
    file = tmp_path / "list.txt"
    if content is not None:
        file.write_bytes(content)
    done = await undersigned("letters", "read", str(file), "--json")
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1
    assert "Traceback" not in done.err


async def test_too_many(tmp_path: Path) -> None:
    """A list of more than 10,000 entries gets one sentence on standard error and exit code 3."""
    file = tmp_path / "list.txt"
    file.write_text("".join(f"Person Number{number}\n" for number in range(10_001)))
    done = await undersigned("letters", "read", str(file), "--json")
    assert (done.code, done.out) == (3, "")
    assert (
        done.err == f"undersigned: {file} has more than 10,000 entries: split it, and try again.\n"
    )
