"""Rate limits of calls to Slack: a budget for each method and workspace, one for each target.

A budget is a bucket that runs empty at an even pace (the generic cell rate algorithm). All that is
remembered of a bucket is the instant at which it will be empty again, so that any number of
replicas share it through one row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.storage.rate_limits import Bucket


@dataclass(frozen=True, slots=True)
class Budget:
    """Calls allowed a minute, and how many may come at once.

    In any minute there are never more than `per_minute + burst` calls.
    """

    per_minute: int
    burst: int

    @property
    def pause(self) -> timedelta:
        """Return the time that one call uses up."""
        return timedelta(minutes=1) / self.per_minute

    @property
    def depth(self) -> timedelta:
        """Return how far the bucket may run ahead."""
        return self.pause * (self.burst - 1)


class Method(StrEnum):
    """A call that the outbox paces."""

    POST = "chat.postMessage"
    UPDATE = "chat.update"
    DELETE = "chat.delete"
    PUBLISH = "views.publish"
    LOOK = "conversations.history"
    OPEN = "conversations.open"


DIRECT = "direct messages"
"""A bucket that no call fills. It is held while a workspace takes no direct messages at all, such as
with the bot's messages tab switched off."""
ARRIVED = "direct messages that arrived"
"""A bucket that holds nothing: its instant is when a workspace took the last direct message."""
LONGEST_HOLD = timedelta(hours=1)
"""The longest pause of a method, whatever Slack says."""

BUDGETS = {
    Method.POST: Budget(285, 6),
    Method.UPDATE: Budget(45, 3),
    Method.DELETE: Budget(45, 3),
    Method.PUBLISH: Budget(92, 4),
    Method.LOOK: Budget(45, 3),
    Method.OPEN: Budget(45, 3),
}
"""A workspace's budgets (SLACK.md §4), each a little under what Slack allows in any minute: several
hundred posts, of which we take 300; 50 in tier 3; 100 in tier 4. Calls bunch up on their way."""

PER_TARGET = {Method.POST: Budget(60, 1), Method.UPDATE: Budget(60, 1)}
"""A message a second in one channel, and one change a second of one card: further changes fall into
the notice that waits."""

Free = Mapping[Bucket, datetime]
"""When buckets will be empty. A missing one is empty."""


def buckets(workspace: str, method: Method, target: str) -> dict[Bucket, Budget]:
    """Return the buckets that a call uses: its method's, and its target's if targets have one."""
    needed = {(workspace, method.value): BUDGETS[method]}
    if method in PER_TARGET:
        needed[workspace, f"{method.value}:{target}"] = PER_TARGET[method]
    return needed


def goes_at(free: Free, needed: Mapping[Bucket, Budget], now: datetime) -> datetime:
    """Return the first instant from now on at which all these buckets have room for a call."""
    return max([now, *(free[one] - budget.depth for one, budget in needed.items() if one in free)])


def after(free: Free, needed: Mapping[Bucket, Budget], at: datetime) -> dict[Bucket, datetime]:
    """Return when these buckets will be empty if a call is made at an instant."""
    return {one: max(free.get(one, at), at) + budget.pause for one, budget in needed.items()}


def is_full(name: str, empty_at: datetime, now: datetime) -> bool:
    """Return whether a bucket that will be empty at an instant has no room for a call now."""
    depth = BUDGETS[Method(name)].depth if name in BUDGETS else timedelta(0)
    return empty_at - depth > now


def held(workspace: str, method: Method, until: datetime) -> Free:
    """Return a method's bucket so full that no call goes before an instant."""
    return {(workspace, method.value): until + BUDGETS[method].depth}


def later_of(one: Free, other: Free) -> Free:
    """Return the buckets of both, each with its later instant."""
    return {**one, **{name: max(at, one.get(name, at)) for name, at in other.items()}}
