"""A letter before it is posted."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.letters.deadlines import Grace
from bot.letters.letter import Signers
from bot.letters.refusals import Reason, Refusal
from bot.letters.rules import Rules, refuse_rules

TITLE_MOST = 140
"""A card's header holds 150 characters."""
SUMMARY_MOST = 600
SENDER_MOST = 120
BODY_MOST = 100_000
LANGUAGE_MOST = 35
"""Characters of a language tag, as long as RFC 5646 says one must be allowed to be."""
GOAL_MOST = 10_000_000
GRACE_MOST = 7 * 24 * 60
"""Minutes: a week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The words and rules of a letter to be. `body` is Markdown; `deadline` is aware."""

    title: str
    body: str
    deadline: datetime
    summary: str = ""
    sender: str = ""
    signers: Signers = Signers.EVERYONE
    goal: int | None = None
    language: str = "en"
    tz: str = "UTC"
    """The zone in which the day of the deadline is meant."""
    grace: Grace = field(default_factory=Grace)
    """Extra time between the deadline and the hard deadline."""
    rules: Rules = field(default_factory=Rules)


def refuse_draft(draft: Draft, now: datetime, before: Rules | None = None) -> Refusal | None:
    """None where the draft can be kept, else what is wrong and in which field.

    Args:
        draft: What shall be kept.
        now: The present instant.
        before: The rules that it has already, if it was kept before.
    """
    for name, value, most in (
        ("title", draft.title, TITLE_MOST),
        ("summary", draft.summary, SUMMARY_MOST),
        ("sender", draft.sender, SENDER_MOST),
        ("body", draft.body, BODY_MOST),
        ("language", draft.language, LANGUAGE_MOST),
    ):
        if name in {"title", "body"} and not value.strip():
            return Refusal(Reason.EMPTY, name)
        if len(value) > most:
            return Refusal(Reason.TOO_LONG, name, {"most": most, "length": len(value)})
    if draft.goal is not None and not 1 <= draft.goal <= GOAL_MOST:
        return Refusal(Reason.NOT_A_NUMBER, "goal", {"most": GOAL_MOST})
    if draft.deadline <= now:
        return Refusal(Reason.DEADLINE_NOT_AHEAD, "deadline")
    if draft.grace.minutes > GRACE_MOST:
        return Refusal(Reason.NOT_A_NUMBER, "grace_minutes", {"most": GRACE_MOST})
    return refuse_rules(draft.rules, before or Rules(), now, shown=False)
