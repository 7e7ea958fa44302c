"""Errors of Slack's Web API, in every form in which the SDK raises them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

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
