"""Claiming of notices that are due and within Slack's rate limits; the others wait."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.letters.letter import PostingState
from bot.letters.notices import MESSAGES, TRAITS, NoticeKind, Way
from bot.outbox import pacing
from bot.outbox.pacing import ARRIVED, BUDGETS, DIRECT, Budget, Free, Method, later_of
from bot.outbox.retry import VERDICTS, Verdict, WhenInDoubt
from bot.storage import leases, outbox, postings, rate_limits
from bot.storage.database import Transaction
from bot.storage.outbox import Full, Owed
from bot.storage.rate_limits import Bucket

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
        at = pacing.goes_at(free, buckets, tx.now)
        if at <= tx.now:
            after = pacing.after(free, buckets, tx.now)
            free |= after
            used |= after
            taken.append(notice.id)
            continue
        # `_full` already excludes notices without a budget for their kind, so they need not be
        # deferred.
        watched = {LANES[notice.kind], *(LOOKS if notice.kind in MESSAGES else ())}
        seen = {bucket: budget for bucket, budget in buckets.items() if bucket[1] in watched}
        if at > pacing.goes_at(free, seen, tx.now):
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
    needed = pacing.buckets(notice.workspace, flight.method, target)
    if notice.doubtful and flight.in_doubt is WhenInDoubt.LOOK:
        for method in LOOKS:
            needed |= pacing.buckets(notice.workspace, method, notice.target)
    return needed


def _is_full(name: str, empty_at: datetime, now: datetime) -> bool:
    """Return whether a bucket that will be empty at `empty_at` allows no call now."""
    depth = BUDGETS[Method(name)].depth if name in BUDGETS else timedelta(0)
    return empty_at - depth > now
