"""The words that people read all come from the catalogue."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

from tests.support import words
from tests.support.shared import ROOT

SPEAKING = {"plain", "mrkdwn", "section", "context", "button", "Reply", "confirm", "option"}


def test_template_is_current() -> None:
    """The committed template holds exactly the sentences of the code; `make words` renews it."""
    assert words.sentences(words.written()) == words.sentences(words.from_code())


def test_facts_are_named() -> None:
    """Every fact in a sentence has a name, so that a translation may move it."""
    for message in words.from_code():
        for text in [message.id] if isinstance(message.id, str) else message.id:
            fields = [
                field for _, field, _, _ in string.Formatter().parse(text) if field is not None
            ]
            assert all(field.isidentifier() for field in fields), text


def bare_sentences(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        first = node.args[0] if node.args else None
        if (
            node.func.id in SPEAKING
            and isinstance(first, ast.Constant)
            and isinstance(first.value, str)
            and any(letter.isalpha() for letter in first.value)
        ):
            yield f"{path.name}:{node.lineno}: {first.value!r}"


def on_screen() -> Iterator[Path]:
    """The modules that speak to people in Slack."""
    yield from (ROOT / "bot" / "slack").rglob("*.py")
    yield from (ROOT / "bot" / "features").glob("*/slack/**/*.py")


def test_no_bare_sentences() -> None:
    """No view or message says a sentence that did not pass through the catalogue."""
    found = [line for path in on_screen() for line in bare_sentences(path)]

    assert found == []


def test_no_sentence_hides_in_a_formatted_string() -> None:
    """No sentence stands inside a formatted string, where extraction on Python 3.11 misses it."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in on_screen()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "t"
    ]

    assert found == []
