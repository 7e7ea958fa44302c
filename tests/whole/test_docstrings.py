"""Docstrings start with a verb or with the name of the thing."""

import ast
import re
from collections.abc import Iterator

from tests.support.shared import ROOT

RIDDLE = re.compile(
    r"(What|Who|Whose|Whom|Whoever|That which|Where|Which|How|Under what|Under which|In which)\b"
)
"""A first word that makes the reader solve a relative clause before they know the thing."""


def _docstrings() -> Iterator[tuple[str, str]]:
    """Yield the place and text of every docstring of the bot, those of attributes included."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", text
                case _:
                    pass


def test_no_docstring_begins_with_a_relative_clause() -> None:
    """A docstring names the thing or the act in its first word."""
    assert [f"{place}: {text[:60]}" for place, text in _docstrings() if RIDDLE.match(text)] == []
