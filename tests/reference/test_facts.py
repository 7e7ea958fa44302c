"""The kept facts against the reference files; collected only where those are beside the checkout."""

import json

import jsonschema
import pytest

from tests.facts.block_kit import samples
from tests.facts.derive import DERIVED, SCHEMA, read
from tests.facts.kept import KEPT
from tests.support.block_kit import problems
from tests.support.shared import ROOT, SHARED

SLACK = SHARED / "slack"


@pytest.mark.parametrize("name", sorted(DERIVED))
def test_facts_still_hold(name: str) -> None:
    """The facts kept are those of the reference files today."""
    derive, _ = DERIVED[name]
    kept = json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))
    assert kept["facts"] == derive(SLACK)


def test_whole_samples_pass() -> None:
    """Every view and every message in Slack's own samples is taken, word for word."""
    whole = samples(SLACK)
    assert len(whole) >= 30
    assert [problems(payload) for payload in whole if problems(payload)] == []


@pytest.mark.parametrize("kind", ["socket-mode", "http"])
def test_schema(kind: str) -> None:
    """Both manifests are valid against Slack's own schema, patterns included."""
    manifest = json.loads((ROOT / "manifests" / f"{kind}.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(read(SLACK / SCHEMA)).validate(manifest)
