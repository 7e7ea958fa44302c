import secrets
from collections import OrderedDict
from dataclasses import dataclass

from bolt_understudy.clock import Clock
from bolt_understudy.errors import SlackError

LIFE_SECONDS = 3.0
KEPT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A person's act that may open one modal, with its origin and expiry.

    `view_id` is the modal in which the person acted, `channel` the channel they were in.
    """

    id: str
    user: str
    window: str
    channel: str
    view_id: str
    expires: float


class Triggers:
    """Trigger ids: each is valid for 3 s of the local Slack's time, unless set, and works once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.life_seconds = LIFE_SECONDS
        self._issued: OrderedDict[str, Trigger] = OrderedDict()
        self._used: set[str] = set()

    def clear(self) -> None:
        """Delete all."""
        self._issued.clear()
        self._used.clear()

    def issue(self, user: str, *, window: str = "", channel: str = "", view_id: str = "") -> str:
        """Return a new trigger id for an act of a person."""
        now = self._clock.now()
        trigger = Trigger(
            id=f"{len(self._issued) + 1}.{int(now * 1000)}.{secrets.token_hex(16)}",
            user=user,
            window=window,
            channel=channel,
            view_id=view_id,
            expires=now + self.life_seconds,
        )
        self._issued[trigger.id] = trigger
        if len(self._issued) > KEPT:
            oldest, _ = self._issued.popitem(last=False)
            self._used.discard(oldest)
        return trigger.id

    def look_up(self, trigger_id: str) -> Trigger:
        """Return a trigger that is still valid.

        Raises:
            SlackError: `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id`.
        """
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger_id in self._used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.now() > trigger.expires:
            raise SlackError("expired_trigger_id")
        return trigger

    def exchange(self, trigger: Trigger) -> None:
        """Mark a trigger as used."""
        self._used.add(trigger.id)
