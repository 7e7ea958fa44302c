"""Takes notices that are due and may go now; the others wait for their turn."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.letters.notices import MESSAGES, TRAITS, NoticeKind, Way
from bot.letters.posting import PostingState
from bot.outbox import pacing
from bot.outbox.errors import VERDICTS, Verdict
from bot.outbox.pacing import ARRIVED, DIRECT, Budget, Method
from bot.outbox.retry import WhenInDoubt
from bot.storage import leases, outbox, postings, rate_limits
from bot.storage.database import Transaction
from bot.storage.outbox import Full, Owed

LEASE = timedelta(seconds=60)

_METHODS = {
    Way.MESSAGE: Method.POST,
    Way.HOME: Method.PUBLISH,
    Way.CARD: Method.UPDATE,
    Way.EDIT: Method.UPDATE,
}
LANES = {kind: _METHODS[traits.way] for kind, traits in TRAITS.items()}
"""The method that most notices of a kind need. Where a workspace has used it up, its notices of
that kind are left alone until there is room, and what is urgent is still the first to get it."""
Holds = Mapping[rate_limits.Bucket, datetime]
"""Before when nobody may use a bucket."""
WORKSPACE_ERRORS = frozenset(
    error for error, verdict in VERDICTS.items() if verdict is Verdict.WORKSPACE
)
LOOKS = (Method.LOOK, Method.OPEN)
"""Methods needed to look up a direct message. Without room for them doubtful notices wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """A claimed notice on its way."""

    notice: Owed
    method: Method
    in_doubt: WhenInDoubt


def anything_due(tx: Transaction) -> bool:
    """Return whether a notice may go now, as far as can be told without claiming it."""
    return outbox.any_due(tx, _full(tx, {}))


def claim(tx: Transaction, *, limit: int, reminders: int, holder: str, held: Holds) -> list[Flight]:
    """Claim notices that are due and within Slack's limits, the urgent ones first.

    One whose target may not be called yet waits until it may; that is no try.

    Args:
        tx: The transaction.
        limit: The most to claim.
        reminders: The most reminders among them.
        holder: Who claims them.
        held: What Slack has just said may not be called, which all are told with it.
    """
    found = outbox.due(tx, limit=limit, full=_full(tx, held))
    reminding = [notice.id for notice in found if notice.kind is NoticeKind.REMINDER]
    too_many = set(reminding[max(reminders, 0) :])
    due = [_flight(tx, notice) for notice in found if notice.id not in too_many]
    needed = [_buckets(flight) for flight in due]
    pairs = [(flight.notice, names) for flight, names in zip(due, needed, strict=True)]
    free = _Free(tx, pairs, held)
    taken: list[Flight] = []
    for flight, names in zip(due, needed, strict=True):
        at = free.goes_at(flight.notice, names)
        if at <= tx.now:
            free.use(flight.notice, names)
            taken.append(flight)
            continue
        # A notice that waits for its kind's budget need not be deferred: `_full` leaves it out.
        kind = flight.notice.kind
        watched = {LANES[kind].value, *(LOOKS if kind in MESSAGES else ())}
        seen = {name: budget for name, budget in names.items() if name in watched}
        if at > free.goes_at(flight.notice, seen):
            leases.defer(tx, flight.notice, at)
    leases.take(tx, [flight.notice.id for flight in taken], holder, LEASE)
    free.keep()
    return taken


def holds(workspace: str, method: Method, until: datetime) -> Holds:
    """Return the pause that keeps everyone from calling a method until an instant."""
    return {(workspace, name): at for name, at in pacing.held(method, until).items()}


def hold(tx: Transaction, held: Holds) -> None:
    """Tell all replicas what may not be called.

    A transaction that claims hands it to `claim` instead: locking buckets twice could deadlock.
    """
    _Free(tx, [], held).keep()


def both(one: Holds, other: Holds) -> Holds:
    """Return all that either holds, until the later instant."""
    return {**one, **{name: max(at, one.get(name, at)) for name, at in other.items()}}


def in_doubt(tx: Transaction, notice: Owed) -> WhenInDoubt:
    """Return what may be done with a notice that may or may not have arrived."""
    if notice.kind is NoticeKind.CARD:
        posting = postings.find(tx, notice.subject["posting"])
        is_first = posting is not None and posting.message_ts is None
        return WhenInDoubt.ASK if is_first else WhenInDoubt.REPEAT
    told = TRAITS[notice.kind].way is Way.MESSAGE
    return WhenInDoubt.LOOK if told else WhenInDoubt.REPEAT


class _Free:
    """Buckets of some notices, and when they will be empty: read once, kept at the end."""

    def __init__(
        self, tx: Transaction, needed: list[tuple[Owed, dict[str, Budget]]], held: Holds
    ) -> None:
        self._tx = tx
        self._free: dict[str, dict[str, datetime]] = defaultdict(dict)
        self._used: dict[rate_limits.Bucket, datetime] = {}
        names = {(notice.workspace, name) for notice, buckets in needed for name in buckets}
        opened = {(workspace, DIRECT) for workspace in _arrived_in(held)}
        locked = rate_limits.locked(tx, names | held.keys() | opened)
        self._used |= both({bucket: locked[bucket] for bucket in held}, held)
        self._used |= dict.fromkeys(opened, tx.now)
        for (workspace, name), at in both(locked, held).items():
            self._free[workspace][name] = at
        # An arrival writes one instant into both.
        shut = [one for one, _ in opened if locked[one, DIRECT] > locked[one, ARRIVED]]
        leases.bring_forward(tx, shut, WORKSPACE_ERRORS)

    def goes_at(self, notice: Owed, needed: dict[str, Budget]) -> datetime:
        return pacing.goes_at(self._free[notice.workspace], needed, self._tx.now)

    def use(self, notice: Owed, needed: dict[str, Budget]) -> None:
        free = self._free[notice.workspace]
        after = pacing.after(free, needed, self._tx.now)
        free.update(after)
        self._used.update({(notice.workspace, name): at for name, at in after.items()})

    def keep(self) -> None:
        rate_limits.keep(self._tx, self._used)


def _arrived_in(held: Holds) -> set[str]:
    return {workspace for workspace, name in held if name == ARRIVED}


def _full(tx: Transaction, held: Holds) -> Full:
    lanes: dict[NoticeKind, list[str]] = defaultdict(list)
    looks: dict[NoticeKind, list[str]] = defaultdict(list)
    opened = _arrived_in(held)
    ahead = rate_limits.ahead(tx, {*LANES.values(), *LOOKS, DIRECT})
    for (workspace, name), empty_at in both(ahead, held).items():
        if name == DIRECT and workspace in opened:
            continue
        if pacing.is_full(name, empty_at, tx.now):
            for kind, lane in LANES.items():
                if name == lane or (name == DIRECT and kind in MESSAGES):
                    lanes[kind].append(workspace)
                elif name in LOOKS and kind in MESSAGES:
                    looks[kind].append(workspace)
    return Full(lanes=lanes, looks=looks)


def _flight(tx: Transaction, notice: Owed) -> Flight:
    method = LANES[notice.kind]
    if notice.kind is NoticeKind.CARD:
        posting = postings.find(tx, notice.subject["posting"])
        if posting is not None and posting.message_ts is None:
            method = Method.POST
        elif posting is not None and posting.state is PostingState.LEAVING:
            method = Method.DELETE
    return Flight(notice=notice, method=method, in_doubt=in_doubt(tx, notice))


def _buckets(flight: Flight) -> dict[str, Budget]:
    notice = flight.notice
    target = notice.target
    if flight.method is Method.UPDATE:
        # The message that is changed; a person has one receipt of each letter.
        target = notice.subject.get("posting") or notice.subject.get("message") or target
    needed = pacing.buckets(flight.method, target)
    if notice.doubtful and flight.in_doubt is WhenInDoubt.LOOK:
        for method in LOOKS:
            needed |= pacing.buckets(method, notice.target)
    return needed
