from typing import Any

import pytest

from tests.facts.block_kit import filled
from tests.facts.kept import kept
from tests.support.block_kit import problems

SHAPES = {"modal": 49, "home": 29, "message": 3}
"""The number of shapes that are kept of each surface, so that none is lost without notice."""


@pytest.mark.parametrize("surface", SHAPES)
def test_the_official_blocks_pass(surface: str) -> None:
    """Every shape of block in Slack's own samples is taken where Slack has it."""
    shapes = kept("block_kit")[surface]
    assert len(shapes) == SHAPES[surface]
    for block in map(filled, shapes):
        assert problems(showing(surface, [block])) == [], block


def test_the_official_views_pass() -> None:
    """Every frame of a view in Slack's own samples is taken."""
    frames = kept("block_kit")["views"]
    assert len(frames) == 12
    for view in map(filled, frames):
        assert problems({"view": view | {"blocks": [{"type": "divider"}]}}) == [], view


def showing(surface: str, blocks: list[Any]) -> dict[str, Any]:
    """The arguments of a call that shows the blocks there."""
    if surface == "message":
        return {"blocks": blocks}
    view: dict[str, Any] = {"type": surface, "blocks": blocks}
    if surface == "modal":
        named = {"type": "plain_text", "text": "Title"}
        view |= {"title": named, "submit": named}
    return {"view": view}
