"""The form of the facts about Slack, and the error names of the local Slack."""

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.facts.block_kit import filled, outline
from tests.facts.derive import DERIVED
from tests.facts.kept import KEPT, kept
from tests.outbox.slack_errors import OF_EVERY_METHOD
from tests.support.block_kit_samples import BLOCKS
from tests.support.shared import ROOT

LONGEST_NAME = 60
"""Characters: nothing longer is the name of a field, an error or a scope."""

OUR_DOORS = {
    *("action_not_found", "invalid_answer", "invalid_errors", "invalid_response_action"),
    *("record_not_found", "shortcut_not_found"),
    *("interactivity_disabled", "unknown_command", "messages_tab_read_only", "view_not_found"),
    *("expired_url", "invalid_url", "used_url", "invalid_payload"),
}
"""Errors of the page's own doors and of a `response_url`, of which Slack's method pages say nothing."""
UNLISTED = {"cannot_dm_bot"}
"""An error of Slack's for opening a conversation with an app, on no page."""


def texts(part: Any) -> Iterator[str]:
    """Every key and every text in a part."""
    if isinstance(part, dict):
        for name, inner in part.items():
            yield name
            yield from texts(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from texts(inner)
    elif isinstance(part, str):
        yield part


@pytest.mark.parametrize("name", sorted(DERIVED))
def test_source_and_day(name: str) -> None:
    """Each file names where its facts are from, at which commit or day, and when they were read."""
    whole = json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))
    assert list(whole) == ["source", "derived", "facts"]
    assert all(re.search(r"\d{4}-\d\d-\d\d", source) for source in whole["source"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", whole["derived"])


@pytest.mark.parametrize("name", sorted(DERIVED))
def test_no_sentences(name: str) -> None:
    """Facts are names, types and figures: no text in them is a sentence."""
    for text in texts(kept(name)):
        path = max(re.split(r"[/|\[\]]", text), key=len)
        assert len(path) <= LONGEST_NAME, text
        assert " " not in text or re.fullmatch(r"(text|url|date|time|digits) \d+ \d+", text), text


def test_shapes_keep_kinds_and_lengths() -> None:
    """A payload that is filled from its outline has that very outline again."""
    for block, _ in BLOCKS:
        shape = outline(block, "", {})
        assert outline(filled(shape), "", {}) == shape


def test_error_names_are_slacks() -> None:
    """Every error that the local Slack's Web API raises is one that Slack lists."""
    known = {name for method in kept("methods").values() for name in method["errors"]}
    known |= set(OF_EVERY_METHOD.split())
    raised = {
        node.args[0].value
        for file in (ROOT / "understudy" / "bolt_understudy").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "SlackError"
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(raised) > 40
    assert raised - known == OUR_DOORS | UNLISTED
