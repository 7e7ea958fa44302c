"""Claiming of notices that are due and within Slack's rate limits; the others wait."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.letters.letter import PostingState
from bot.letters.notices import MESSAGES, TRAITS, NoticeKind, Way
from bot.outbox.retry import VERDICTS, Verdict, WhenInDoubt
from bot.storage import leases, outbox, postings, rate_limits
from bot.storage.database import Transaction
from bot.storage.outbox import Full, Owed
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


LEASE = timedelta(seconds=60)

_METHODS = {
    Way.MESSAGE: Method.POST,
    Way.HOME: Method.PUBLISH,
    Way.CARD: Method.UPDATE,
    Way.EDIT: Method.UPDATE,
    Way.MAIL: Method.MAIL,
}
LANES = {kind: _METHODS[traits.way] for kind, traits in TRAITS.items()}
"""The method that most notices of a kind need. A workspace that has used it up is skipped until it
has capacity again; then the most urgent notices are first."""
WORKSPACE_ERRORS = frozenset(
    error for error, verdict in VERDICTS.items() if verdict is Verdict.WORKSPACE
)
LOOKS = (Method.LOOK, Method.OPEN)
"""Methods needed to look up a direct message; doubtful notices wait until they have capacity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """A claimed notice that is being sent."""

    notice: Owed
    method: Method
    in_doubt: WhenInDoubt


def anything_due(tx: Transaction, *, mail: bool = False) -> bool:
    """Return whether a notice may be sent now, without claiming any; one may turn out to wait."""
    return outbox.any_due(tx, _full(tx, {}, mail=mail))


def claim(
    tx: Transaction, *, limit: int, reminders: int, holder: str, held: Free, mail: bool = False
) -> list[Flight]:
    """Claim notices that are due and within Slack's limits, the urgent ones first.

    A notice whose target was called just now is deferred; that does not count as a try.

    Args:
        tx: The transaction.
        limit: The most to claim; 0 only saves the pauses.
        reminders: The most reminders among them.
        holder: The worker that claims them.
        held: Pauses that Slack has just requested. They are saved for all replicas here, because
            a transaction that locks buckets twice could deadlock.
        mail: Whether to claim mails, and nothing else.
    """
    found = outbox.due(tx, limit=limit, full=_full(tx, held, mail=mail)) if limit else []
    reminding = [notice.id for notice in found if notice.kind is NoticeKind.REMINDER]
    too_many = set(reminding[max(reminders, 0) :])
    flights = [flight_of(tx, notice) for notice in found if notice.id not in too_many]
    due = [(flight, _buckets(flight)) for flight in flights]
    opened = {(workspace, DIRECT) for workspace in _arrived_in(held)}
    needed = {bucket for _, buckets in due for bucket in buckets}
    locked = rate_limits.locked(tx, needed | held.keys() | opened)
    # A delivered message writes the same time to both.
    shut = [one for one, _ in opened if locked[one, DIRECT] > locked[one, ARRIVED]]
    leases.bring_forward(tx, shut, WORKSPACE_ERRORS)
    free = {**later_of(locked, held), **dict.fromkeys(opened, tx.now)}
    used = {bucket: free[bucket] for bucket in held.keys() | opened}
    taken: list[str] = []
    for flight, buckets in due:
        notice = flight.notice
        at = goes_at(free, buckets, tx.now)
        if at <= tx.now:
            then = after(free, buckets, tx.now)
            free |= then
            used |= then
            taken.append(notice.id)
            continue
        # `_full` already excludes notices without a budget for their kind, so they need not be
        # deferred.
        watched = {LANES[notice.kind], *(LOOKS if notice.kind in MESSAGES else ())}
        seen = {bucket: budget for bucket, budget in buckets.items() if bucket[1] in watched}
        if at > goes_at(free, seen, tx.now):
            leases.defer(tx, notice, at)
    leases.take(tx, taken, holder, LEASE)
    rate_limits.keep(tx, used)
    return [flight for flight in flights if flight.notice.id in taken]


def flight_of(tx: Transaction, notice: Owed) -> Flight:
    """Return how to send a notice: a first card is posted, later ones are updated or deleted."""
    method = LANES[notice.kind]
    in_doubt = WhenInDoubt.LOOK if TRAITS[notice.kind].way is Way.MESSAGE else WhenInDoubt.REPEAT
    if notice.kind is NoticeKind.CARD:
        posting = postings.find(tx, notice.subject["posting"])
        if posting is not None and posting.message_ts is None:
            method, in_doubt = Method.POST, WhenInDoubt.ASK
        elif posting is not None and posting.state is PostingState.LEAVING:
            method = Method.DELETE
    return Flight(notice=notice, method=method, in_doubt=in_doubt)


def _arrived_in(held: Free) -> set[str]:
    return {workspace for workspace, name in held if name == ARRIVED}


def _full(tx: Transaction, held: Free, *, mail: bool) -> Full:
    lanes: dict[NoticeKind, list[str]] = defaultdict(list)
    looks: dict[NoticeKind, list[str]] = defaultdict(list)
    opened = _arrived_in(held)
    ahead = rate_limits.ahead(tx, {*LANES.values(), *LOOKS, DIRECT})
    for (workspace, name), empty_at in later_of(ahead, held).items():
        is_open = name == DIRECT and workspace in opened
        if is_open or not _is_full(name, empty_at, tx.now):
            continue
        for kind, lane in LANES.items():
            if name == lane or (name == DIRECT and kind in MESSAGES):
                lanes[kind].append(workspace)
            elif name in LOOKS and kind in MESSAGES:
                looks[kind].append(workspace)
    return Full(lanes=lanes, looks=looks, mail=mail)


def _buckets(flight: Flight) -> dict[Bucket, Budget]:
    notice = flight.notice
    target = notice.target
    if flight.method is Method.UPDATE:
        # The message to change; a person has one receipt per letter.
        target = notice.subject.get("posting") or notice.subject.get("message") or target
    needed = buckets(notice.workspace, flight.method, target)
    if notice.doubtful and flight.in_doubt is WhenInDoubt.LOOK:
        for method in LOOKS:
            needed |= buckets(notice.workspace, method, notice.target)
    return needed


def _is_full(name: str, empty_at: datetime, now: datetime) -> bool:
    """Return whether a bucket that will be empty at `empty_at` allows no call now."""
    depth = BUDGETS[Method(name)].depth if name in BUDGETS else timedelta(0)
    return empty_at - depth > now
