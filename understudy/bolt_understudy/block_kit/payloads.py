"""Whole payloads: the blocks of a message, and a view."""

from typing import Any

from . import limits
from .blocks import BLOCK
from .objects import plain_text
from .shapes import Found, Problem, characters, flag, items, kind, one_of
from .whole import names_are_unique, one_focus, response_urls_have_a_form, sums_of_a_message

_MESSAGE_BLOCKS = items(BLOCK["message"], limits.MESSAGE_BLOCKS)


def check_message(blocks: Any) -> list[Problem]:
    """Return the reasons why Slack would refuse these blocks in a message; [] if there are none.

    Pointers begin with `/blocks`. Limits of the payload as a whole are checked only if every part
    of it is valid.
    """
    found: Found = []
    _MESSAGE_BLOCKS(blocks, "/blocks", found)
    if not found:
        names_are_unique(blocks, "/blocks", found)
        response_urls_have_a_form("message", blocks, "/blocks", found)
        sums_of_a_message(blocks, "/blocks", found)
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
    names_are_unique(blocks, place, found)
    response_urls_have_a_form(view["type"], blocks, place, found)
    one_focus(blocks, place, found)
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
    """Return the reasons why Slack would refuse this modal or Home view; [] if there are none.

    Pointers begin with `/view`. The fields that Slack adds to a view (`id`, `hash`, `state` …) are
    unknown fields here, as they are when a view is sent. The size in bytes is not checked.
    """
    found: Found = []
    _VIEW(view, "/view", found)
    return found
