"""Faults of a screen: Slack's limits, live marks in what people typed, its buttons.

What people typed is `HOSTILE` of tests.support.scenes.worst.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from bolt_understudy import block_kit
from tests.support.reading import fields

_TYPED = re.compile(
    r"_Source_|~Lab~|\*Team|Team\*|`Desk|Desk`|:tada:|\*bold|`code"
    r"|<!channel|<!subteam|<https"
)
_SHOWN_AS_IS = re.compile(r"<!date[^<>]*>|\(`[\w.-]+`\)")
"""A date, and the name of an error of Slack's, which we show as code."""


def check_message(blocks: Sequence[dict[str, Any]]) -> list[str]:
    """Return the problems of Slack with a message, its live marks, and what is wrong with its buttons."""
    return [
        *map(str, block_kit.check_message([*blocks])),
        *live_marks([*blocks]),
        *buttons_wrong([*blocks]),
    ]


def check_view(view: dict[str, Any]) -> list[str]:
    """Return the problems of Slack with a view, its live marks, and what is wrong with its buttons."""
    ends = [view[end]["text"] for end in ("submit", "close") if end in view]
    return [
        *map(str, block_kit.check_view(view)),
        *live_marks(view),
        *buttons_wrong(view["blocks"], ends),
    ]


ASKED_IN_A_FORM = ("command:cancel", "objection")
"""Red buttons that open a form, which asks before anything is done."""


def buttons_wrong(blocks: list[dict[str, Any]], ends: Sequence[str] = ()) -> list[str]:
    """Return the names that two buttons have, and the destructive buttons that do not look it.

    A name is what a screen reader says: buttons of rows say their row too.
    """
    buttons = [element for _, element in fields(blocks) if element["type"] == "button"]
    names = Counter(
        [*(one.get("accessibility_label") or one["text"]["text"] for one in buttons), *ends]
    )
    found = [f"two are named {name!r}" for name, count in names.items() if count > 1]
    for one in buttons:
        label, red = one["text"]["text"], one.get("style") == "danger"
        spoken = str(one.get("accessibility_label", label))
        asked = one.get("confirm", {})
        # People who speak to their machine say what they see.
        if label.casefold()[:20] not in spoken.casefold():
            found.append(f"{spoken!r} is not what {label!r} shows")
        if red and not asked and not one["action_id"].startswith(ASKED_IN_A_FORM):
            found.append(f"{label!r} is red and does not ask")
        if red != (asked.get("style") == "danger") and asked:
            found.append(f"{label!r} and its question are not of one colour")
    return found


def live_marks(payload: Any) -> list[str]:
    """Return the typed marks in all `mrkdwn` of blocks or a view, or in a message's text.

    Slack shows the second half of a reference such as `<!date^…|*>` as plain text.
    """
    return [
        found
        for text in _marked_up(payload)
        for found in _TYPED.findall(_SHOWN_AS_IS.sub("", text))
    ]


def _marked_up(payload: Any) -> Iterator[str]:
    if isinstance(payload, str):
        yield payload
        return
    waiting: list[Any] = [payload]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if part.get("type") == "mrkdwn":
                yield str(part["text"])
            waiting += part.values()
        elif isinstance(part, list | tuple):
            waiting += part
