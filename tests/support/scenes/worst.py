"""The words that are hardest on Slack's limits and on a reader's eye."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.letters.letter import Letter, Signers, Tally
from bot.letters.phases import Phase

HOSTILE = [
    "Open _Source_ ~Lab~ *Team* `Desk` :tada: _Source_",
    "<!channel> <@U0ORGANISER> <!subteam^S1> <https://example.org|slack.com> & *bold* `code`",
    "\u202eright to left, turned\u202c \u2067\u2066",
    "رسالة مفتوحة إلى الأمم المتحدة",
    "👩‍👩‍👧‍👦🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "&<>" * 20,
    "```",
    "@here #general",
    "W",
]


def long_words(length: int) -> list[str]:
    """Each of the hostile texts, drawn out to so many code points."""
    return [(text * (length // len(text) + 1))[:length] for text in HOSTILE]


_LETTER = Letter(
    id=7,
    workspace="T0COALITION",
    title="One Internet",
    summary="Please sign.",
    sender="The Coalition",
    language="en",
    text_sha256="0" * 64,
    signers=Signers.EVERYONE,
    goal=20,
    deadline=datetime(2026, 3, 31, 15, tzinfo=UTC),
    closes_at=datetime(2026, 3, 31, 15, tzinfo=UTC),
    phase=Phase.OPEN,
    tally=Tally(people=2, organisations=15),
    created_at=datetime(2026, 3, 3, 10, tzinfo=UTC),
)


def a_letter(**changes: Any) -> Letter:
    """A letter of a coalition, open until the end of March 2026; `changes` are its fields.

    It closes at its deadline unless `closes_at` says otherwise.
    """
    if "deadline" in changes:
        changes.setdefault("closes_at", changes["deadline"])
    return replace(_LETTER, **changes)
