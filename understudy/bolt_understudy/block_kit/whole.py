"""Rules across the parts of a payload, each of which is known to be valid by itself."""

from collections.abc import Iterator
from typing import Any

from . import limits
from .blocks import Surface
from .shapes import Found, Problem

_HOLDERS = {
    "section": "accessory",
    "input": "element",
    "actions": "elements",
    "context_actions": "elements",
    "card": "actions",
}
_MOST_BLOCKS = {
    "table": limits.TABLES_PER_MESSAGE,
    "data_visualization": limits.CHARTS_PER_MESSAGE,
}
_MOST_TEXT = {
    "markdown": (limits.MARKDOWN_TEXT, "text"),
    "table": (limits.TABLE_CHARACTERS, "rows"),
    "data_table": (limits.DATA_TABLE_CHARACTERS, "rows"),
}


def all_blocks(blocks: list[dict[str, Any]], pointer: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield every block with its pointer, including those inside containers and carousels."""
    for index, block in enumerate(blocks):
        place = f"{pointer}/{index}"
        yield block, place
        if block["type"] == "container":
            yield from all_blocks(block["child_blocks"], f"{place}/child_blocks")
        elif block["type"] == "carousel":
            yield from all_blocks(block["elements"], f"{place}/elements")


def _elements(block: dict[str, Any], pointer: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield every interactive element directly in a block, with its pointer."""
    name = _HOLDERS.get(block["type"])
    if name is None or name not in block:
        return
    held = block[name]
    if isinstance(held, dict):
        yield held, f"{pointer}/{name}"
    else:
        for index, element in enumerate(held):
            yield element, f"{pointer}/{name}/{index}"


def total_text(blocks: Any) -> int:
    """Return the number of characters of all `text` fields in the payload, at any depth.

    Slack limits a message as a whole (`msg_blocks_too_long`) but documents no number, so this
    function refuses nothing.
    """
    total = 0
    waiting: list[Any] = [blocks]
    while waiting:
        held = waiting.pop()
        if isinstance(held, list):
            waiting.extend(held)
        elif isinstance(held, dict):
            for name, part in held.items():
                if name == "text" and isinstance(part, str):
                    total += len(part)
                else:
                    waiting.append(part)
    return total


def names_are_unique(blocks: list[dict[str, Any]], pointer: str, found: Found) -> None:
    """Check that each block_id is unique in a payload, and each action_id in its block.

    Slack requires no more of an action_id: rows of buttons share one across blocks. It ignores the
    block_id of a markdown block.
    """
    block_ids: set[str] = set()
    for block, place in all_blocks(blocks, pointer):
        block_id = block.get("block_id")
        if block_id is not None and block["type"] != "markdown":
            if block_id in block_ids:
                found.append(Problem(f"block_id already exists: {block_id}", f"{place}/block_id"))
            block_ids.add(block_id)
        action_ids: set[str] = set()
        for element, where in _elements(block, place):
            action_id = element.get("action_id")
            if action_id is not None:
                if action_id in action_ids:
                    message = f"action_id already exists: {action_id}"
                    found.append(Problem(message, f"{where}/action_id"))
                action_ids.add(action_id)


def response_urls_have_a_form(
    surface: Surface, blocks: list[dict[str, Any]], pointer: str, found: Found
) -> None:
    """Check that only input blocks of a modal request a response_url."""
    for block, place in all_blocks(blocks, pointer):
        if surface == "modal" and block["type"] == "input":
            continue
        for element, where in _elements(block, place):
            if element.get("response_url_enabled"):
                message = "only allowed in an input block of a modal"
                found.append(Problem(message, f"{where}/response_url_enabled"))


def one_focus(blocks: list[dict[str, Any]], pointer: str, found: Found) -> None:
    """Check that at most one element of a view has `focus_on_load`."""
    focused = False
    for block, place in all_blocks(blocks, pointer):
        for element, where in _elements(block, place):
            if element.get("focus_on_load"):
                if focused:
                    message = "only one element may have focus_on_load"
                    found.append(Problem(message, f"{where}/focus_on_load"))
                focused = True


def sums_of_a_message(blocks: list[dict[str, Any]], pointer: str, found: Found) -> None:
    """Check the totals of a message: markdown, tables, charts."""
    counts: dict[str, int] = {}
    lengths: dict[str, int] = {}
    for block, place in all_blocks(blocks, pointer):
        name = block["type"]
        counts[name] = counts.get(name, 0) + 1
        if counts[name] > _MOST_BLOCKS.get(name, counts[name]):
            message = f"no more than {_MOST_BLOCKS[name]} {name} blocks allowed"
            found.append(Problem(message, place))
        if name in _MOST_TEXT:
            most, field = _MOST_TEXT[name]
            before = lengths.get(name, 0)
            lengths[name] = before + total_text(block)
            if before <= most < lengths[name]:
                message = f"no more than {most} characters allowed in all {name} blocks"
                found.append(Problem(message, f"{place}/{field}"))
