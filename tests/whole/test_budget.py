"""The code stays as light as pyproject.toml says: lines of each room, statements of all."""

import ast
import tomllib
from pathlib import Path
from typing import TypedDict, cast

from tests.support.shared import ROOT


class Room(TypedDict):
    """A part of bot/ and the lines that it may have."""

    room: str
    modules: list[str]
    """Patterns of paths below bot/."""
    lines: int


class Budget(TypedDict):
    """The weight that bot/ may have."""

    lines: int
    statements: int
    rooms: list[Room]


# A migration is written by a command, and stays as it is once it is released.
WRITTEN = "storage/migrations/versions/"


def budget() -> Budget:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return cast("Budget", said["tool"]["undersigned"]["budget"])


def modules(*patterns: str) -> set[Path]:
    bot = ROOT / "bot"
    found = {path for pattern in patterns for path in bot.glob(pattern)}
    return {path for path in found if WRITTEN not in path.relative_to(bot).as_posix()}


def lines(paths: set[Path]) -> int:
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)


def test_lines_of_each_room() -> None:
    """No room is heavier than it may be, nor are all of them together."""
    allowed = budget()
    weights = {room["room"]: lines(modules(*room["modules"])) for room in allowed["rooms"]}
    assert {name: weight for name, weight in weights.items() if weight} == weights
    heavy = {
        room["room"]: f"{weights[room['room']]} lines, {room['lines']} at most"
        for room in allowed["rooms"]
        if weights[room["room"]] > room["lines"]
    }
    assert heavy == {}
    assert lines(modules("**/*.py")) <= allowed["lines"]


def test_each_module_is_in_one_room() -> None:
    """A module that no room counts would weigh nothing, and one in two rooms twice."""
    counted = [path for room in budget()["rooms"] for path in modules(*room["modules"])]
    assert sorted(counted) == sorted(modules("**/*.py"))


def test_statements() -> None:
    """Fewer lines are not longer ones: the statements are counted too."""
    trees = (ast.parse(path.read_bytes()) for path in modules("**/*.py"))
    statements = sum(isinstance(node, ast.stmt) for tree in trees for node in ast.walk(tree))
    assert statements <= budget()["statements"]
