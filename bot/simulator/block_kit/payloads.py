"""Whole payloads: the blocks of a message, and a view."""

from collections.abc import Iterator
from typing import Any

from . import limits
from .blocks import BLOCK, Surface
from .objects import plain_text
from .shapes import Found, Problem, characters, flag, items, kind, one_of

_ELEMENTS = ("accessory", "element", "elements", "actions")


def _blocks(blocks: list[dict[str, Any]], pointer: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Every block with its pointer, those inside containers and carousels too."""
    for index, block in enumerate(blocks):
        place = f"{pointer}/{index}"
        yield block, place
        if block["type"] == "container":
            yield from _blocks(block["child_blocks"], f"{place}/child_blocks")
        elif block["type"] == "carousel":
            yield from _blocks(block["elements"], f"{place}/elements")


def _elements(block: dict[str, Any], pointer: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Every element that stands in the block itself, with its pointer."""
    for name in _ELEMENTS:
        held = block.get(name)
        if isinstance(held, dict):
            yield held, f"{pointer}/{name}"
        elif isinstance(held, list):
            for index, element in enumerate(held):
                yield element, f"{pointer}/{name}/{index}"


def total_text(blocks: Any) -> int:
    """The characters of every `text` in the payload, however deep.

    Slack has a ceiling for a message as a whole (`msg_blocks_too_long`) but documents no
    figure, so nothing is refused by this number here.
    """
    if isinstance(blocks, list):
        return sum(total_text(item) for item in blocks)
    if isinstance(blocks, dict):
        return sum(
            len(part) if name == "text" and isinstance(part, str) else total_text(part)
            for name, part in blocks.items()
        )
    return 0


def _names_are_unique(blocks: list[dict[str, Any]], pointer: str, found: Found) -> None:
    """A block_id may stand once in a payload, an action_id once in a block.

    Slack asks no more of an action_id: rows of buttons share one across blocks.
    The block_id of a markdown block is ignored by Slack.
    """
    block_ids: set[str] = set()
    for block, place in _blocks(blocks, pointer):
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


def _response_urls(
    surface: Surface, blocks: list[dict[str, Any]], pointer: str, found: Found
) -> None:
    for block, place in _blocks(blocks, pointer):
        if surface == "modal" and block["type"] == "input":
            continue
        for element, where in _elements(block, place):
            if element.get("response_url_enabled"):
                message = "only allowed in an input block of a modal"
                found.append(Problem(message, f"{where}/response_url_enabled"))


def _one_focus(blocks: list[dict[str, Any]], pointer: str, found: Found) -> None:
    focused = False
    for block, place in _blocks(blocks, pointer):
        for element, where in _elements(block, place):
            if element.get("focus_on_load"):
                if focused:
                    message = "only one element may have focus_on_load"
                    found.append(Problem(message, f"{where}/focus_on_load"))
                focused = True


def _sums(blocks: list[dict[str, Any]], pointer: str, found: Found) -> None:
    """What a message may hold in all: markdown, tables, charts."""
    counts: dict[str, int] = {}
    lengths: dict[str, int] = {}
    for block, place in _blocks(blocks, pointer):
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


_MOST_BLOCKS = {
    "table": limits.TABLES_PER_MESSAGE,
    "data_visualization": limits.CHARTS_PER_MESSAGE,
}
_MOST_TEXT = {
    "markdown": (limits.MARKDOWN_TEXT, "text"),
    "table": (limits.TABLE_CHARACTERS, "rows"),
    "data_table": (limits.DATA_TABLE_CHARACTERS, "rows"),
}

_MESSAGE_BLOCKS = items(BLOCK["message"], limits.MESSAGE_BLOCKS)


def check_message(blocks: Any) -> list[Problem]:
    """Why Slack would refuse these blocks in a message; empty when it takes them.

    Pointers begin with `/blocks`. What a payload may hold as a whole is asked only when
    every part of it is sound.
    """
    found: Found = []
    _MESSAGE_BLOCKS(blocks, "/blocks", found)
    if not found:
        _names_are_unique(blocks, "/blocks", found)
        _response_urls("message", blocks, "/blocks", found)
        _sums(blocks, "/blocks", found)
    return found


_NAMES = {
    "private_metadata": characters(limits.VIEW_PRIVATE_METADATA),
    "callback_id": characters(limits.VIEW_CALLBACK_ID),
    "external_id": characters(limits.VIEW_EXTERNAL_ID),
}
_BUTTON = plain_text(limits.VIEW_TITLE)


def _whole_view(view: dict[str, Any], pointer: str, found: Found) -> None:
    blocks = view["blocks"]
    place = f"{pointer}/blocks"
    _names_are_unique(blocks, place, found)
    _response_urls(view["type"], blocks, place, found)
    _one_focus(blocks, place, found)
    asks = any(block["type"] == "input" for block in blocks)
    if asks and view["type"] == "modal" and "submit" not in view:
        found.append(Problem("missing required field: submit", pointer))


_VIEW = one_of(
    kind(
        "modal",
        {
            "title": plain_text(limits.VIEW_TITLE),
            "blocks": items(BLOCK["modal"], limits.VIEW_BLOCKS),
        },
        {
            "submit": _BUTTON,
            "close": _BUTTON,
            "clear_on_close": flag,
            "notify_on_close": flag,
            "submit_disabled": flag,
            **_NAMES,
        },
        _whole_view,
    ),
    kind(
        "home",
        {"blocks": items(BLOCK["home"], limits.VIEW_BLOCKS)},
        _NAMES,
        _whole_view,
    ),
)


def check_view(view: Any) -> list[Problem]:
    """Why Slack would refuse this modal or Home view; empty when it takes it.

    Pointers begin with `/view`. The fields that Slack adds to a view (`id`, `hash`, `state` …)
    are unknown fields here, as they are when a view is sent. The size in bytes is not looked at.
    """
    found: Found = []
    _VIEW(view, "/view", found)
    return found
