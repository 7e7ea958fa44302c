"""Private parts of libraries: named here, and held to versions in which they are as we take them."""

import inspect
import re
import tomllib

import aiosqlite
import pytest
import uvicorn
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Row

from tests.support.shared import ROOT

PARTS = {
    "_conn": "aiosqlite",
    "_execute": "aiosqlite",
    "_logger": "slack-sdk",
    "_mapping": "sqlalchemy",
    "capture_signals": "uvicorn",
    "startup": "uvicorn",
}
"""The parts we use, or replace, that the library does not promise to keep."""
ADMITTED = re.compile(r"\.(_[a-z]\w*)\b[^#\n]*# noqa: SLF001")
"""Ruff lets no private part pass without this."""
INTERNALS = re.compile(r"^from \S*(?:internals|\._)\S* import (\w+)", re.MULTILINE)
REPLACED = re.compile(r"def (capture_signals|startup)\(self")


def test_all_are_named() -> None:
    """Every private part of a library that the code uses is in the table, and nothing else is."""
    sources = "\n".join(path.read_text() for path in (ROOT / "bot").rglob("*.py"))

    found = {
        name for pattern in (ADMITTED, INTERNALS, REPLACED) for name in pattern.findall(sources)
    }

    assert found == set(PARTS)


@pytest.mark.parametrize("library", sorted(set(PARTS.values())))
def test_upper_bound(library: str) -> None:
    """A library whose private parts are used is not taken in a version that nobody has tried."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]

    (line,) = [one for one in wanted if re.split(r"[\[><=]", one)[0] == library]

    assert re.search(r",<\d+\.\d+", line), line


def test_they_are_there() -> None:
    """Each part is there, and is called as we call it."""
    assert list(inspect.signature(aiosqlite.Connection._execute).parameters)[:2] == ["self", "fn"]
    assert isinstance(aiosqlite.Connection._conn, property)
    assert "_logger" in vars(AsyncWebClient())
    assert isinstance(Row._mapping, property)
    assert list(inspect.signature(uvicorn.Server.startup).parameters) == ["self", "sockets"]
    assert list(inspect.signature(uvicorn.Server.capture_signals).parameters) == ["self"]
