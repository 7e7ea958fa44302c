"""Errors of Slack's Web API, in every form in which the SDK raises them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.locales import Words
from bot.slack.words.sentences import read_sentences

UNREACHABLE = (SlackClientError, ClientError, TimeoutError, OSError)
"""Errors raised by Slack's client when Slack refuses, is slow, or is unreachable."""
CROWDED_NAMES = frozenset({"ratelimited", "rate_limited"})
REFUSED_TOKEN = frozenset(
    {"invalid_auth", "not_authed", "not_allowed_token_type", "missing_scope", "token_revoked",
     "token_expired", "account_inactive", "no_permission", "forbidden_team"}
)  # fmt: skip
"""Names of errors that no retry solves, because the token is wrong."""
MOST_DIGITS = 5
"""Digits of a `Retry-After`, about a day at most; a longer one is ignored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An error answer from Slack."""

    name: str
    """Slack's name of the error; empty if the answer has none."""
    status: int
    """The HTTP status; 0 if unknown."""
    retry_after: timedelta | None
    """The delay that Slack requests, if any."""

    @property
    def crowded(self) -> bool:
        """True if Slack refused the call because of too many calls."""
        return self.status == 429 or self.name in CROWDED_NAMES

    @property
    def label(self) -> str:
        """The error's name for a log line; never empty."""
        return self.name or f"http_{self.status}"


def said(error: SlackApiError) -> Said:
    """Return the facts of an error; never raises."""
    # The SDK puts aiohttp's own response here if the body was not JSON.
    response: Any = error.response
    headers: Mapping[str, str] = getattr(response, "headers", None) or {}
    asked = str(headers.get("Retry-After") or "")
    data = getattr(response, "data", None)
    name = cast("dict[str, Any]", data).get("error") if isinstance(data, dict) else None
    return Said(
        name=name if isinstance(name, str) else "",
        status=int(getattr(response, "status_code", 0) or getattr(response, "status", 0)),
        retry_after=timedelta(seconds=int(asked))
        if asked.isdecimal() and len(asked) <= MOST_DIGITS
        else None,
    )


_ADVICE = read_sentences(Path(__file__).parent / "words" / "errors.txt")
_NO_CONVERSATION = {"channel_not_found", "is_archived", "is_inactive", "not_in_channel"}


def advice(t: Words, error: str) -> str:
    """Return why a card or a message could not be sent, and what to do, as `mrkdwn`.

    `error` is Slack's name of the error; an unknown one is shown unchanged.
    """
    if error in _ADVICE:
        return t(_ADVICE[error][0])
    return t(
        "Slack refused this (`{error}`). Try again in a few minutes. If it keeps happening, "
        "tell the person who runs Undersigned.",
        error="".join(one for one in error if one.isalnum() or one in "_-.")[:60] or "unknown",
    )


def personal_advice(t: Words, error: str) -> str:
    """Return why messages to people could not be sent, and what to do, as `mrkdwn`.

    Slack answers with a channel error for a deactivated account too.
    """
    return advice(t, "user_disabled" if error in _NO_CONVERSATION else error)


def hindrance(t: Words, error: str) -> str:
    """Return what prevents reminders until somebody acts, as `mrkdwn`; "" for a temporary error."""
    return t(_ADVICE[error][0]) if error in _ADVICE else ""


def doubt(t: Words) -> str:
    """Return what to do if it is unknown whether a card was posted."""
    return t(
        "If you can see the card, press any of its buttons and I’ll know. If not, remove it here "
        "and post it again."
    )
