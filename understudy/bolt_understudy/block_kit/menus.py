"""The elements in which something is chosen: select menus, checkboxes, radio buttons."""

from . import limits
from .objects import (
    ACTION_ID,
    CHOICE_OPTION,
    CONFIRM,
    CONVERSATION_FILTER,
    MENU_OPTION,
    OPTION_GROUP,
    PLACEHOLDER,
    SOME_STRING,
    initial_among_options,
)
from .shapes import Check, Kind, Rule, exactly_one, flag, integer, items, kind

_COMMON: dict[str, Check] = {"action_id": ACTION_ID, "confirm": CONFIRM, "focus_on_load": flag}
_SELECT: dict[str, Check] = {**_COMMON, "placeholder": PLACEHOLDER}
_LEAST, _MOST = limits.SELECT_OPTIONS
_STATIC: dict[str, Check] = {
    "options": items(MENU_OPTION, _MOST, least=_LEAST),
    "option_groups": items(OPTION_GROUP, _MOST, least=_LEAST),
}
_CHOICES = items(CHOICE_OPTION, limits.CHOICES[1], least=limits.CHOICES[0])
_CONVERSATIONS: dict[str, Check] = {
    "default_to_current_conversation": flag,
    "filter": CONVERSATION_FILTER,
}
_RESPONSE_URL: dict[str, Check] = {"response_url_enabled": flag}
_QUERY: dict[str, Check] = {"min_query_length": integer(0)}


def _single(name: str, fields: dict[str, Check], *rules: Rule) -> Kind:
    return kind(name, {}, {**_SELECT, **fields}, *rules)


def _multi(name: str, fields: dict[str, Check], *rules: Rule) -> Kind:
    return kind(name, {}, {**_SELECT, "max_selected_items": integer(1), **fields}, *rules)


_ONE_SOURCE = exactly_one("options", "option_groups")

SELECTS = (
    _single(
        "static_select",
        {**_STATIC, "initial_option": MENU_OPTION},
        _ONE_SOURCE,
        initial_among_options("initial_option"),
    ),
    _single("external_select", {**_QUERY, "initial_option": MENU_OPTION}),
    _single("users_select", {"initial_user": SOME_STRING}),
    _single(
        "conversations_select",
        {**_CONVERSATIONS, **_RESPONSE_URL, "initial_conversation": SOME_STRING},
    ),
    _single("channels_select", {**_RESPONSE_URL, "initial_channel": SOME_STRING}),
)

MULTI_SELECTS = (
    _multi(
        "multi_static_select",
        {**_STATIC, "initial_options": items(MENU_OPTION, least=1)},
        _ONE_SOURCE,
        initial_among_options("initial_options"),
    ),
    _multi("multi_external_select", {**_QUERY, "initial_options": items(MENU_OPTION, least=1)}),
    _multi("multi_users_select", {"initial_users": items(SOME_STRING)}),
    _multi(
        "multi_conversations_select",
        {**_CONVERSATIONS, "initial_conversations": items(SOME_STRING)},
    ),
    _multi("multi_channels_select", {"initial_channels": items(SOME_STRING)}),
)

CHECKBOXES = kind(
    "checkboxes",
    {"options": _CHOICES},
    {**_COMMON, "initial_options": items(CHOICE_OPTION, least=1)},
    initial_among_options("initial_options"),
)

RADIO_BUTTONS = kind(
    "radio_buttons",
    {"options": _CHOICES},
    {**_COMMON, "initial_option": CHOICE_OPTION},
    initial_among_options("initial_option"),
)
