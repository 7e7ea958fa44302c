import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.block_kit import problems
from tests.support.shared import shared_path

ADDED_BY_SLACK = {
    *("id", "team_id", "app_id", "bot_id", "app_installed_team_id"),
    *("state", "hash", "root_view_id", "previous_view_id"),
}
NOT_OF_HOME = {"title", "submit", "close", "clear_on_close", "notify_on_close"}


def as_sent(view: dict[str, Any]) -> dict[str, Any]:
    """The view without what Slack adds in an answer; a field that is null was not sent."""
    added = ADDED_BY_SLACK | (NOT_OF_HOME if view["type"] == "home" else set())
    return {name: part for name, part in view.items() if name not in added and part is not None}


def payloads(part: Any) -> Iterator[dict[str, Any]]:
    """Every view and every message in a sample, as the arguments of a call."""
    if isinstance(part, dict):
        if part.get("type") in ("modal", "home") and "blocks" in part:
            yield {"view": as_sent(part)}
        elif isinstance(part.get("blocks"), list):
            yield {"blocks": part["blocks"]}
        for inner in part.values():
            yield from payloads(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from payloads(inner)


@pytest.mark.parametrize(
    ("folder", "least"),
    [
        ("python-slack-sdk/tests/data", 16),
        ("python-slack-sdk/extracted", 2),
        ("bolt-python/extracted", 8),
        ("slack-api-ref/docs.slack.dev/methods", 4),
    ],
)
def test_the_official_samples_pass(folder: str, least: int) -> None:
    """Every view and every message in Slack's own samples is taken."""
    # Not the samples of the Java SDK: they are unions of fields with the values blanked.
    files = sorted(shared_path(f"slack/official/{folder}").glob("*.json"))
    samples = [
        (file.name, payload)
        for file in files
        for payload in payloads(json.loads(file.read_text(encoding="utf-8")))
    ]
    assert len(samples) >= least
    refused = {name: problems(payload) for name, payload in samples if problems(payload)}
    assert refused == {}
