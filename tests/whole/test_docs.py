"""The documents name files, modules and commands that exist."""

import re
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.shared import ROOT

DOCUMENTS = (
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/**/*.md"),
    *ROOT.glob("bot/**/*.md"),
    *ROOT.glob("understudy/**/*.md"),
)
_SKIPPED = {".venv", ".git", "build", "var", "__pycache__"}
_QUOTED = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
_PATH = re.compile(r"(?:[\w.-]+/)+[\w.-]*")
_MAKE = re.compile(r"\bmake ((?:[a-z][a-z-]*\b ?)+)(?=[`)|,.]|$)")
_MODULE = re.compile(r"python -m ((?:bot|bolt_understudy|bench|tests)[\w.]*)")


def _is_ours(path: Path) -> bool:
    return not _SKIPPED & set(path.relative_to(ROOT).parts)


FILES = {
    "/" + path.relative_to(ROOT).as_posix()
    for path in ROOT.rglob("*")
    if _is_ours(path) and not path.is_symlink()
}
ENDINGS = {name[place:] for name in FILES for place, sign in enumerate(name) if sign == "/"}
"""Every way to name a file, a module or a folder by its last parts."""
TARGETS = set(
    re.findall(r"^([a-z-]+(?: [a-z-]+)*):", (ROOT / "Makefile").read_text(), re.MULTILINE)
)


def _exists(named: str) -> bool:
    name = "/" + named.rstrip("/")
    # A module stands without `.py`, and may be followed by what is meant in it.
    tries = (name, f"{name}.py", f"{name.rpartition('.')[0]}.py")
    return any(one in ENDINGS for one in tries)


def _paths(words: str) -> Iterator[str]:
    for quoted in _QUOTED.findall(words):
        # What `make` installs is not there before it ran.
        if _PATH.fullmatch(quoted) and not quoted.startswith(".venv/"):
            yield quoted


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_is_named_exists(document: Path) -> None:
    """Paths between backticks, links, targets of make and modules that are run are there."""
    words = document.read_text()
    missing = [path for path in _paths(words) if not _exists(path)]
    missing += [
        link
        for link in _LINK.findall(words)
        if "://" not in link and not (document.parent / link).exists()
    ]
    known = {one for line in TARGETS for one in line.split()}
    missing += [
        target
        for found in _MAKE.findall("\n".join(_QUOTED.findall(words)))
        for target in found.split()
        if target not in known
    ]
    missing += [module for module in _MODULE.findall(words) if not find_spec(module)]
    assert missing == []


def test_the_local_slack_is_installed_with_what_it_needs() -> None:
    """A trial's commands install its packages that the bot doesn't need."""
    trial = (ROOT / "docs" / "operating.md").read_text()
    assert "./understudy" in trial
    project = tomllib.loads((ROOT / "understudy" / "pyproject.toml").read_text())["project"]
    pinned = set(re.findall(r"^[\w-]+", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    needed = {re.split("[<>=]", one)[0] for one in project["dependencies"]}
    assert "--no-deps ./understudy" not in trial or needed <= pinned
