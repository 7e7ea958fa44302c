"""Docstrings start with a verb or with the name of the thing."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from tests.support.shared import ROOT

RIDDLE = re.compile(
    r"(What|Whatever|Who|Whose|Whom|Whoever|That which|Where|Which|How|Under what|Under which|In which)\b"
)
"""A first word that makes the reader solve a relative clause before they know the thing."""
QUESTION = re.compile(r"(Whether|Why)\b")
"""A first word that fits the name of a value, and no function, class or module."""

THIRD_PERSON = re.compile(
    r"(Asks|Builds|Closes|Deals|Does|Ends|Fills|Gives|Goes|Keeps|Kills|Lets|Makes|Moves|Opens|Plays|"
    r"Presses|Prints|Puts|Runs|Says|Sends|Sets|Shows|Starts|Takes|Tells|Waits|Writes)\b"
)
"""A first word of a function that says what it does: ours say what to do."""


def _docstrings() -> Iterator[tuple[str, str, bool]]:
    """Yield the place and text of every docstring, and whether it is of a name with a value."""
    for room in ("bot", "understudy", "bench", "tests"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(
                    node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
                ):
                    for line, text, is_value in _of_body(node.body):
                        yield f"{path.relative_to(ROOT)}:{line}", text, is_value


def _of_body(body: list[ast.stmt]) -> Iterator[tuple[int, str, bool]]:
    """Yield the line and text of each docstring among the statements, and whether it is a value's."""
    for before, one in pairwise([None, *body]):
        match one:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield one.lineno, text, isinstance(before, (ast.Assign, ast.AnnAssign))
            case _:
                pass


def test_no_docstring_begins_with_a_relative_clause() -> None:
    """A docstring names the thing or the act in its first word."""
    found = [
        f"{place}: {text[:60]}"
        for place, text, is_value in _docstrings()
        if RIDDLE.match(text) or (QUESTION.match(text) and not is_value)
    ]
    assert found == []


def test_functions_are_told_what_to_do() -> None:
    """A function's docstring that starts with a verb commands."""
    found = [
        f"{path.relative_to(ROOT)}: {text[:60]}"
        for room in ("bot", "understudy", "bench", "tests")
        for path in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if THIRD_PERSON.match(text := ast.get_docstring(node) or "")
    ]
    assert found == []
