"""The blocks, and the surfaces on which each is allowed."""

from typing import Any, Literal, TypeAlias

from . import limits
from .buttons import (
    BUTTON,
    FEEDBACK_BUTTONS,
    ICON_BUTTON,
    IMAGE,
    OVERFLOW,
    WORKFLOW_BUTTON,
)
from .inputs import (
    DATEPICKER,
    DATETIMEPICKER,
    EMAIL_INPUT,
    FILE_INPUT,
    NUMBER_INPUT,
    PLAIN_TEXT_INPUT,
    RICH_TEXT_INPUT,
    TIMEPICKER,
    URL_INPUT,
)
from .menus import CHECKBOXES, MULTI_SELECTS, RADIO_BUTTONS, SELECTS
from .objects import (
    ANY_STRING,
    BLOCK_ID,
    CONTEXT_TEXTS,
    IMAGE_FIELDS,
    IMAGE_SOURCE,
    SOME_STRING,
    any_text,
    plain_text,
)
from .rich_text import RICH_TEXT
from .shapes import (
    Check,
    Found,
    Kind,
    Problem,
    Rule,
    characters,
    choice,
    either,
    flag,
    integer,
    items,
    kind,
    one_of,
)
from .tables import DATA_TABLE, DATA_VISUALIZATION, TABLE

Surface: TypeAlias = Literal["message", "modal", "home"]


def _block(
    name: str,
    required: dict[str, Check],
    optional: dict[str, Check] | None = None,
    *rules: Rule,
) -> Kind:
    return kind(name, required, {"block_id": BLOCK_ID, **(optional or {})}, *rules)


def _no_dispatch_of_files(value: dict[str, Any], pointer: str, found: Found) -> None:
    if value["element"]["type"] == "file_input" and value.get("dispatch_action"):
        found.append(Problem("not allowed with a file_input", f"{pointer}/dispatch_action"))


def _header_of_container(value: dict[str, Any], pointer: str, found: Found) -> None:
    collapsible = value.get("is_collapsible", False)
    if collapsible and value.get("has_header_divider"):
        found.append(Problem("not allowed with is_collapsible", f"{pointer}/has_header_divider"))
    if not collapsible and value.get("default_collapsed"):
        found.append(Problem("only allowed with is_collapsible", f"{pointer}/default_collapsed"))


_IN_BOTH = (
    *SELECTS,
    *MULTI_SELECTS,
    CHECKBOXES,
    RADIO_BUTTONS,
    DATEPICKER,
    TIMEPICKER,
)
_ACCESSORY = one_of(*_IN_BOTH, BUTTON, OVERFLOW, WORKFLOW_BUTTON, IMAGE)
_ACTION = one_of(*_IN_BOTH, BUTTON, OVERFLOW, WORKFLOW_BUTTON, DATETIMEPICKER, RICH_TEXT_INPUT)
_INPUT = one_of(
    *_IN_BOTH,
    DATETIMEPICKER,
    PLAIN_TEXT_INPUT,
    RICH_TEXT_INPUT,
    EMAIL_INPUT,
    URL_INPUT,
    NUMBER_INPUT,
    FILE_INPUT,
)

_EVERYWHERE = (
    _block(
        "section",
        {},
        {
            "text": any_text(limits.SECTION_TEXT),
            "fields": items(any_text(limits.SECTION_FIELD), limits.SECTION_FIELDS, least=1),
            "accessory": _ACCESSORY,
            "expand": flag,
        },
        either("text", "fields"),
    ),
    _block("divider", {}),
    _block(
        "header",
        {"text": plain_text(limits.HEADER_TEXT)},
        {"level": integer(*limits.HEADER_LEVEL)},
    ),
    _block(
        "context",
        {"elements": items(one_of(*CONTEXT_TEXTS, IMAGE), limits.CONTEXT_ELEMENTS, least=1)},
    ),
    _block("actions", {"elements": items(_ACTION, limits.ACTIONS_ELEMENTS, least=1)}),
    _block(
        "image",
        {"alt_text": characters(limits.IMAGE_ALT_TEXT)},
        {**IMAGE_FIELDS, "title": plain_text(limits.IMAGE_TITLE)},
        IMAGE_SOURCE,
    ),
    _block(
        "input",
        {"label": plain_text(limits.INPUT_LABEL), "element": _INPUT},
        {"hint": plain_text(limits.INPUT_LABEL), "optional": flag, "dispatch_action": flag},
        _no_dispatch_of_files,
    ),
    RICH_TEXT,
    _block(
        "video",
        {
            "alt_text": ANY_STRING,
            "video_url": SOME_STRING,
            "thumbnail_url": SOME_STRING,
            "title": plain_text(limits.VIDEO_TITLE),
        },
        {
            "title_url": SOME_STRING,
            "description": plain_text(limits.VIDEO_TITLE),
            "provider_icon_url": SOME_STRING,
            "provider_name": ANY_STRING,
            "author_name": characters(limits.VIDEO_AUTHOR),
        },
    ),
)

_CARD = _block(
    "card",
    {},
    {
        "hero_image": one_of(IMAGE),
        "icon": one_of(IMAGE),
        "title": any_text(limits.CARD_TITLE),
        "subtitle": any_text(limits.CARD_TITLE),
        "body": any_text(limits.CARD_BODY),
        "actions": items(one_of(BUTTON), least=1),
    },
    either("hero_image", "title", "actions", "body"),
)
_LEAST_CARDS, _MOST_CARDS = limits.CAROUSEL_CARDS
# Undocumented for these blocks, so they are allowed on all surfaces.
_ANYWHERE_AS_FAR_AS_KNOWN = (
    _CARD,
    _block("carousel", {"elements": items(one_of(_CARD), _MOST_CARDS, least=_LEAST_CARDS)}),
    _block(
        "alert",
        {"text": any_text()},
        {"level": choice("default", "info", "warning", "error", "success")},
    ),
)

_MESSAGES_ONLY = (
    _block("markdown", {"text": characters(limits.MARKDOWN_TEXT, least=1)}),
    _block(
        "context_actions",
        {
            "elements": items(
                one_of(FEEDBACK_BUTTONS, ICON_BUTTON), limits.CONTEXT_ACTIONS_ELEMENTS, least=1
            )
        },
    ),
    DATA_VISUALIZATION,
)


def _container(*children: Kind) -> Kind:
    least, most = limits.CONTAINER_BLOCKS
    return _block(
        "container",
        {"child_blocks": items(one_of(*children), most, least=least)},
        {
            "title": plain_text(limits.CONTAINER_TITLE),
            "rich_text_title": one_of(RICH_TEXT),
            "subtitle": any_text(limits.CONTAINER_TITLE),
            "width": choice("narrow", "standard", "wide", "full"),
            "icon": one_of(IMAGE),
            "is_collapsible": flag,
            "default_collapsed": flag,
            "has_header_divider": flag,
        },
        either("title", "rich_text_title"),
        _header_of_container,
    )


_IN_MODAL = (*_EVERYWHERE, *_ANYWHERE_AS_FAR_AS_KNOWN)
_IN_HOME = (*_IN_MODAL, TABLE, DATA_TABLE)
_IN_MESSAGE = (*_IN_HOME, *_MESSAGES_ONLY)

BLOCK: dict[Surface, Check] = {
    "modal": one_of(*_IN_MODAL),
    "home": one_of(*_IN_HOME, _container(*_IN_HOME)),
    "message": one_of(*_IN_MESSAGE, _container(*_IN_MESSAGE)),
}
"""The check of a block on each surface. An app cannot post `file` and `call` blocks."""
