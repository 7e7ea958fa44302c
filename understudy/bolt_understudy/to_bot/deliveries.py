from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["events_api", "slash_commands", "interactive"]

ACK_SECONDS = 3.0
"""Seconds Slack waits for the bot, by the machine's clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A payload that Slack sends to the bot.

    `url` is its HTTP destination; `answerable` tells whether the answer may carry a payload;
    `retry` is 0 for the first attempt.
    """

    kind: Kind
    title: str
    payload: dict[str, Any]
    url: str
    answerable: bool = False
    retry: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """The bot's acknowledgement.

    `body` is parsed JSON, plain text, or None; `failure` is empty or a retry reason of Slack:
    `http_timeout`, `connection_failed`, `http_error`, `too_many_redirects`.
    """

    body: Any = None
    failure: str = ""
    status: int = 200
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        """Return whether the bot acknowledged in time."""
        return not self.failure

    @property
    def error(self) -> str:
        """Return the name of the failure as shown to a person; "" if there is none."""
        if not self.failure:
            return ""
        return "operation_timeout" if self.failure == "http_timeout" else "dispatch_failed"

    def seen(self) -> Any:
        """Return the form in which the inspector shows it."""
        if self.failure:
            return {"failure": self.failure, "status": self.status, "body": self.body}
        return self.body
