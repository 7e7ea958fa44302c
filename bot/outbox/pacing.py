"""Rate limits of calls: a budget per method and workspace, and one per target.

A budget is a leaky bucket (the generic cell rate algorithm). Only the time at which it will be
empty is stored, so that any number of replicas share a bucket through one row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.storage.rate_limits import Bucket


@dataclass(frozen=True, slots=True)
class Budget:
    """Calls allowed per minute, and the size of a burst.

    In any minute there are never more than `per_minute + burst` calls.
    """

    per_minute: int
    burst: int

    @property
    def pause(self) -> timedelta:
        """Return the time between two calls at an even pace."""
        return timedelta(minutes=1) / self.per_minute

    @property
    def depth(self) -> timedelta:
        """Return how far into the future the bucket may be filled."""
        return self.pause * (self.burst - 1)


class Method(StrEnum):
    """A method that the outbox paces: Slack's, and the sending of mail."""

    POST = "chat.postMessage"
    UPDATE = "chat.update"
    DELETE = "chat.delete"
    PUBLISH = "views.publish"
    LOOK = "conversations.history"
    OPEN = "conversations.open"
    MAIL = "mail"


DIRECT = "direct messages"
"""A bucket that no call fills. It is blocked while a workspace accepts no direct messages at all,
for example because the bot's messages tab is switched off."""
ARRIVED = "direct messages that arrived"
"""A bucket that blocks nothing: it stores when a workspace last accepted a direct message."""
LONGEST_HOLD = timedelta(hours=1)
"""The longest pause of a method, even if Slack asks for more."""

BUDGETS = {
    Method.POST: Budget(285, 6),
    Method.UPDATE: Budget(45, 3),
    Method.DELETE: Budget(45, 3),
    Method.PUBLISH: Budget(92, 4),
    Method.LOOK: Budget(45, 3),
    Method.OPEN: Budget(45, 3),
    Method.MAIL: Budget(1200, 20),
}
"""A workspace's budgets (SLACK.md §4), each slightly under Slack's limit for any minute: several
hundred posts, of which we use 300; 50 in tier 3; 100 in tier 4. Calls can bunch up in transit. A mail server states none."""

PER_TARGET = {Method.POST: Budget(60, 1), Method.UPDATE: Budget(60, 1)}
"""One message per second in a channel, and one update per second of a card; further changes are
merged into the waiting notice."""

Free = Mapping[Bucket, datetime]
"""The time at which each bucket will be empty; a missing bucket is empty now."""


def buckets(workspace: str, method: Method, target: str) -> dict[Bucket, Budget]:
    """Return the buckets that a call uses: its method's, and its target's if there is one."""
    needed = {(workspace, method.value): BUDGETS[method]}
    if method in PER_TARGET:
        needed[workspace, f"{method.value}:{target}"] = PER_TARGET[method]
    return needed


def goes_at(free: Free, needed: Mapping[Bucket, Budget], now: datetime) -> datetime:
    """Return the earliest time, from now on, at which all these buckets allow a call."""
    return max([now, *(free[one] - budget.depth for one, budget in needed.items() if one in free)])


def after(free: Free, needed: Mapping[Bucket, Budget], at: datetime) -> dict[Bucket, datetime]:
    """Return when these buckets will be empty after a call at `at`."""
    return {one: max(free.get(one, at), at) + budget.pause for one, budget in needed.items()}


def held(workspace: str, method: Method, until: datetime) -> Free:
    """Return a method's bucket, filled so far that it allows no call before `until`."""
    return {(workspace, method.value): until + BUDGETS[method].depth}


def later_of(one: Free, other: Free) -> Free:
    """Return the union of two sets of buckets, each with the later time."""
    return {**one, **{name: max(at, one.get(name, at)) for name, at in other.items()}}
