"""The elements that are clicked, and the image element."""

from . import limits
from .objects import (
    ACTION_ID,
    ANY_STRING,
    CONFIRM,
    IMAGE_FIELDS,
    IMAGE_SOURCE,
    OVERFLOW_OPTION,
    SOME_STRING,
    STYLE,
    WORKFLOW,
    plain_text,
)
from .shapes import characters, items, kind, record

_LABEL = plain_text(limits.BUTTON_TEXT)
_ACCESSIBILITY_LABEL = characters(limits.BUTTON_TEXT)
_VALUE = characters(limits.BUTTON_VALUE)

BUTTON = kind(
    "button",
    {"text": _LABEL},
    {
        "action_id": ACTION_ID,
        "url": characters(limits.BUTTON_URL, least=1),
        "value": _VALUE,
        "style": STYLE,
        "confirm": CONFIRM,
        "accessibility_label": _ACCESSIBILITY_LABEL,
        "agent_prompt": characters(limits.BUTTON_AGENT_PROMPT),
        "agent_prompt_display": ANY_STRING,
        "visible_to_user_ids": items(SOME_STRING),
    },
)
"""Slack recommends, but does not require, at most one primary button in a set."""

WORKFLOW_BUTTON = kind(
    "workflow_button",
    {"text": _LABEL, "workflow": WORKFLOW},
    {"action_id": ACTION_ID, "style": STYLE, "accessibility_label": _ACCESSIBILITY_LABEL},
)

OVERFLOW = kind(
    "overflow",
    {
        "options": items(
            OVERFLOW_OPTION, limits.OVERFLOW_OPTIONS[1], least=limits.OVERFLOW_OPTIONS[0]
        )
    },
    {"action_id": ACTION_ID, "confirm": CONFIRM},
)

_FEEDBACK = record({"text": _LABEL, "value": _VALUE}, {"accessibility_label": _ACCESSIBILITY_LABEL})
FEEDBACK_BUTTONS = kind(
    "feedback_buttons",
    {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
    {"action_id": ACTION_ID},
)

ICON_BUTTON = kind(
    "icon_button",
    {"icon": SOME_STRING, "text": _LABEL},
    {
        "action_id": ACTION_ID,
        "value": _VALUE,
        "confirm": CONFIRM,
        "accessibility_label": _ACCESSIBILITY_LABEL,
        "visible_to_user_ids": items(SOME_STRING, limits.ICON_BUTTON_VIEWERS),
    },
)

IMAGE = kind("image", {"alt_text": characters(limits.IMAGE_ALT_TEXT)}, IMAGE_FIELDS, IMAGE_SOURCE)
