"""The interface of a courier: it carries one notice to Slack and reports the outcome.

The outbox decides when a notice goes, and what follows from the answer. A courier reads what the
notice is about as it is now, makes one call, retries nothing and decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.storage.outbox import Owed

Reference = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Slack took it.

    `reference` of a card holds its place, `message_ts`; None there says that it is gone. Of a
    direct message it holds what a later look needs, such as `channel`.
    """

    reference: Reference = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class NotOwed:
    """Read again when its time came, it is not owed any more. Nothing was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """It is owed, but not before an instant (a person's daytime). Nothing was sent."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Slack said "too many" (429), or the call was not made. Surely nothing was sent."""

    retry_after: timedelta
    error: str = "ratelimited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Slack may have taken it: a timeout, a reset, a 5xx, or an unreadable answer."""

    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Slack answered `ok: false`; `error` is Slack's own name, which `outbox.errors` judges."""

    error: str


Outcome = Sent | NotOwed | Wait | Later | Unknown | Refused


@dataclass(frozen=True, slots=True)
class Absent:
    """The message was never delivered, so it is safe to send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotLook:
    """Slack did not show the conversation.

    `error` is Slack's own name, or one for what went wrong on the way. `retry_after` is set if
    Slack said when to ask again.
    """

    error: str
    retry_after: timedelta | None = None


Looked = Sent | Absent | CannotLook
"""The answer of a look; `Sent` if an earlier try had reached Slack."""


class Courier(Protocol):
    """Carries notices to Slack."""

    async def send(self, notice: Owed) -> Outcome:
        """Read what is owed as it is now and make the one call for it.

        The call carries `notice.id` as message metadata, so that `look` can find it. An exception
        counts as an unknown outcome.
        """
        ...

    async def look(self, notice: Owed) -> Looked:
        """Look for `notice.id` in the bot's own direct messages with `notice.target`.

        It is called only for direct messages whose earlier try has an unknown outcome, with what
        that try learnt in `notice.reference`. An exception counts as `CannotLook`.
        """
        ...
