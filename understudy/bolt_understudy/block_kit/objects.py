"""The composition objects, such as texts, options and confirm dialogs."""

from typing import Any

from . import limits
from .shapes import (
    Check,
    Found,
    Kind,
    Problem,
    Rule,
    characters,
    choice,
    either,
    exactly_one,
    flag,
    items,
    kind,
    one_of,
    record,
)

ANY_STRING = characters()
SOME_STRING = characters(least=1)
ACTION_ID = characters(limits.ACTION_ID, least=1)
BLOCK_ID = characters(limits.BLOCK_ID, least=1)


def _plain(most: int) -> Kind:
    return kind("plain_text", {"text": characters(most, least=limits.TEXT[0])}, {"emoji": flag})


def _mrkdwn(most: int) -> Kind:
    return kind("mrkdwn", {"text": characters(most, least=limits.TEXT[0])}, {"verbatim": flag})


def plain_text(most: int = limits.TEXT[1]) -> Check:
    """Return the check of a `plain_text` object with at most `most` characters."""
    return one_of(_plain(most))


def any_text(most: int = limits.TEXT[1]) -> Check:
    """Return the check of a `plain_text` or `mrkdwn` object with at most `most` characters."""
    return one_of(_plain(most), _mrkdwn(most))


CONTEXT_TEXTS = (_plain(limits.TEXT[1]), _mrkdwn(limits.TEXT[1]))
PLACEHOLDER = plain_text(limits.PLACEHOLDER)
STYLE = choice("primary", "danger")

CONFIRM = record(
    {
        "title": plain_text(limits.CONFIRM_TITLE),
        "text": any_text(limits.CONFIRM_TEXT),
        "confirm": plain_text(limits.CONFIRM_BUTTON),
        "deny": plain_text(limits.CONFIRM_BUTTON),
    },
    {"style": STYLE},
)

_OPTION_VALUE = characters(limits.OPTION_VALUE)
MENU_OPTION = record(
    {"text": plain_text(limits.OPTION_TEXT), "value": _OPTION_VALUE},
    {"description": plain_text(limits.OPTION_TEXT)},
)
CHOICE_OPTION = record(
    {"text": any_text(limits.OPTION_TEXT), "value": _OPTION_VALUE},
    {"description": any_text(limits.OPTION_TEXT)},
)
OVERFLOW_OPTION = record(
    {"text": plain_text(limits.OPTION_TEXT), "value": _OPTION_VALUE},
    {
        "description": plain_text(limits.OPTION_TEXT),
        "url": characters(limits.OPTION_URL, least=1),
    },
)
OPTION_GROUP = record(
    {
        "label": plain_text(limits.GROUP_LABEL),
        "options": items(MENU_OPTION, limits.GROUP_OPTIONS, least=1),
    }
)

CONVERSATION_FILTER = record(
    {},
    {
        "include": items(choice("im", "mpim", "private", "public"), least=1),
        "exclude_bot_users": flag,
        "exclude_external_shared_channels": flag,
    },
    either("include", "exclude_bot_users", "exclude_external_shared_channels"),
)

DISPATCH_CONFIG = record(
    {
        "trigger_actions_on": items(
            choice("on_enter_pressed", "on_character_entered"),
            least=1,
        )
    }
)

WORKFLOW = record(
    {
        "trigger": record(
            {"url": SOME_STRING},
            {
                "customizable_input_parameters": items(
                    record({"name": SOME_STRING, "value": ANY_STRING})
                )
            },
        )
    }
)

SLACK_FILE = record({}, {"id": SOME_STRING, "url": SOME_STRING}, exactly_one("id", "url"))

IMAGE_FIELDS = {
    "image_url": characters(limits.IMAGE_URL, least=1),
    "slack_file": SLACK_FILE,
}
IMAGE_SOURCE = exactly_one("image_url", "slack_file")


def _identity(option: dict[str, Any]) -> tuple[str, str, str]:
    """Return the identity of an option; `emoji` and `verbatim` do not count, having defaults."""
    return option["value"], option["text"]["type"], option["text"]["text"]


def initial_among_options(initial: str) -> Rule:
    """Return the rule that the initial option or options are among those offered."""

    def rule(value: dict[str, Any], pointer: str, found: Found) -> None:
        if initial not in value:
            return
        groups = value.get("option_groups") or [value]
        offered = {_identity(option) for group in groups for option in group["options"]}
        chosen = value[initial]
        if isinstance(chosen, dict):
            if _identity(chosen) not in offered:
                found.append(Problem("must match one of the options", f"{pointer}/{initial}"))
            return
        for index, option in enumerate(chosen):
            if _identity(option) not in offered:
                place = f"{pointer}/{initial}/{index}"
                found.append(Problem("must match one of the options", place))

    return rule
