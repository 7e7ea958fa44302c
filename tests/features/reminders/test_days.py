"""The days of the reminders are in one place, and all sentences about them are made from it."""

import ast
import re

from bot.letters.send_windows import REMINDER_DAYS, reminder_steps
from bot.locales import words
from bot.slack.words.deadlines import reminder_days
from tests.support.clock import START
from tests.support.shared import ROOT


def test_steps_and_words() -> None:
    """Each day is a step before the deadline, and named where people read when reminders go."""
    said = reminder_days(words("en"))
    assert [step.days for step in reminder_steps(START)] == list(REMINDER_DAYS)
    assert [int(number) for number in re.findall(r"\d+", said)] == list(REMINDER_DAYS)
    assert reminder_days(words("en-GB")) == "Reminders go out 7, 3 and 1 days before the deadline."


def test_no_other_place() -> None:
    """No sentence of the bot writes these days out."""
    written = re.compile(r"\b7, 3\b|\b3 and 1\b")
    found = [
        f"{path.relative_to(ROOT)}: {text.value}"
        for path in sorted((ROOT / "bot").rglob("*.py"))
        for text in _sentences(path.read_text(encoding="utf-8"))
        if written.search(str(text.value))
    ]
    assert found == []


def _sentences(source: str) -> list[ast.Constant]:
    """Return the strings in a module that are no docstring."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    ]
