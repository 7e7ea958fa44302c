"""The interface of a courier, which sends one notice to Slack and reports the outcome.

The outbox decides when a notice is sent and what follows from the outcome. A courier reads the
current content of the notice, makes one call, and neither retries nor decides anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.storage.outbox import Owed

Reference = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Outcome of a call that Slack accepted.

    For a card, `reference` holds the message's `message_ts`, or None if it was deleted. For a
    direct message it holds facts for a later look-up, such as `channel`.
    """

    reference: Reference = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class NotOwed:
    """Outcome of a notice that was no longer needed when it was due: nothing was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Outcome of a notice that must wait until `until` (the person's daytime): nothing was sent."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Outcome of a call that Slack answered with 429, or that was not made: nothing was sent."""

    retry_after: timedelta
    error: str = "ratelimited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Outcome of a call that may have succeeded: a timeout, reset, 5xx, or unreadable answer."""

    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Outcome of a call that Slack answered with `ok: false`; `error` is Slack's error name."""

    error: str


Outcome = Sent | NotOwed | Wait | Later | Unknown | Refused


@dataclass(frozen=True, slots=True)
class Absent:
    """Outcome of a look-up: the message was never delivered, so it is safe to send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotLook:
    """Outcome of a look-up that failed, because Slack did not return the conversation.

    `error` is Slack's error name, or a name for the network error. `retry_after` is set if Slack
    stated when to try again.
    """

    error: str
    retry_after: timedelta | None = None


Looked = Sent | Absent | CannotLook
"""The result of a look-up; `Sent` if an earlier try had reached Slack."""


class Courier(Protocol):
    """Sends notices to Slack."""

    async def send(self, notice: Owed) -> Outcome:
        """Read the notice's current content and make the one call that sends it.

        The call carries `notice.id` as message metadata, so that `look` can find it. An exception
        counts as an unknown outcome.
        """
        ...

    async def look(self, notice: Owed) -> Looked:
        """Look for `notice.id` in the bot's own direct messages with `notice.target`.

        Called only for direct messages whose earlier try has an unknown outcome; `notice.reference`
        holds facts from that try. An exception counts as `CannotLook`.
        """
        ...
