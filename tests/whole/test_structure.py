"""The layout holds: how large a folder and a module get, and how much the features share."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from bot import app
from bot.letters.rules import Rules
from tests.support.shared import ROOT

BOT = ROOT / "bot"
FEATURES = BOT / "features"
ROOMS = (BOT, ROOT / "tests", ROOT / "bench")
MOST_MODULES = 27
"""Modules in one folder that can still be scanned for the right one."""
MOST_LINES = 400
LONGER = {
    "bot/documents/pasted/page.py": 435,
    "bot/documents/pasted/table.py": 470,
}
"""Modules of the reader of lists that are still too long, and their most lines until they are cut."""
MOST_CROSSINGS = 50
"""Import statements from one feature to another, over all features."""

TO_LEARN = 75
"""Commands, windows, and rules of a letter, before letters could ask for more (November 2026)."""
MORE_TO_LEARN = 6
"""Growth that what letters ask for may cost: names withheld, who may sign, an own question."""
OF_THE_WEB = frozenset({"look", "hourly", "unindexed"})
"""Rules of the public page, counted apart: strangers who sign there need a look, and a limit an hour;
its list may be kept from search engines. They are asked with the page, and only while it is on."""


def modules(*roots: Path) -> Iterator[Path]:
    """Yield every module below some folders."""
    for root in roots:
        yield from (path for path in sorted(root.rglob("*.py")) if "__pycache__" not in path.parts)


def crossings() -> Iterator[tuple[str, str, Path]]:
    """Yield importing feature, imported feature and module of each import between features."""
    for path in modules(FEATURES):
        own = path.relative_to(FEATURES).parts[0]
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            parts = node.module.split(".")
            if parts[:2] != ["bot", "features"]:
                continue
            for other in parts[2:3] or [alias.name for alias in node.names]:
                if other != own:
                    yield own, other, path.relative_to(ROOT)


def test_no_folder_is_crowded() -> None:
    """No folder of the bot or its tests holds more modules than somebody can scan."""
    folders = Counter(str(path.parent.relative_to(ROOT)) for path in modules(*ROOMS))

    assert {one: count for one, count in folders.items() if count > MOST_MODULES} == {}


def test_no_module_is_long() -> None:
    """No module of the bot or its tests has more than 400 lines."""
    lines = {
        str(path.relative_to(ROOT)): path.read_text().count("\n")
        for path in modules(*ROOMS)
        # The first schema is one list of statements, read against the tables and never edited.
        if path.parent.name != "versions"
    }

    most = dict.fromkeys(lines, MOST_LINES) | LONGER
    assert {path: count for path, count in lines.items() if count > most[path]} == {}


def test_features_share_little() -> None:
    """Features import each other in few places; what several need is in the rooms below."""
    found = list(crossings())

    assert len(found) <= MOST_CROSSINGS, "\n".join(
        f"{own} -> {other}: {path}" for own, other, path in found
    )


def test_every_feature_is_registered() -> None:
    """Every feature that registers something is in the app's list, and in the list once."""
    with_register = sorted(path.parent.name for path in FEATURES.glob("*/feature.py"))

    assert sorted(one.__name__.split(".")[2] for one in app.FEATURES) == with_register


def test_there_is_little_to_learn() -> None:
    """Commands, windows and rules, which organisers could have to learn, grow by six at most."""
    found = app.registered()
    windows = {*found.submissions, *found.closings}
    rules = {one.name for one in fields(Rules)} - OF_THE_WEB

    assert len(found.commands) + len(windows) + len(rules) <= TO_LEARN + MORE_TO_LEARN
