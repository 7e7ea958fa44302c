"""Slack's marks that are live in what people typed (`HOSTILE` of tests.support.worst)."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.simulator import block_kit

_TYPED = re.compile(
    r"_Source_|~Lab~|\*Team|Team\*|`Desk|Desk`|:tada:|\*bold|`code"
    r"|<!channel|<!subteam|<https"
)
_SHOWN_AS_IS = re.compile(r"<!date[^<>]*>|\(`[\w.-]+`\)")
"""A date, and the name of an error of Slack's, which we show as code."""


def check_message(blocks: Sequence[dict[str, Any]]) -> list[str]:
    """Return the problems of Slack with a message, and the typed marks that are live in it."""
    return [*map(str, block_kit.check_message([*blocks])), *live_marks([*blocks])]


def check_view(view: dict[str, Any]) -> list[str]:
    """Return the problems of Slack with a view, and the typed marks that are live in it."""
    return [*map(str, block_kit.check_view(view)), *live_marks(view)]


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
