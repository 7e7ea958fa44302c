"""Leases: notices that a worker has claimed for a time, until they are settled or put back; counts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, literal, literal_column, select, update

from bot.letters.notices import TRAITS
from bot.storage.database import Transaction
from bot.storage.outbox import Owed
from bot.storage.states import NoticeState
from bot.storage.tables import Instant, outbox


def take(tx: Transaction, notices: Collection[str], holder: str, lease: timedelta) -> None:
    """Claim notices for a holder. After the lease it is unknown whether they were sent."""
    if notices:
        tx.execute(
            update(outbox)
            .where(outbox.c.id.in_(notices))
            .values(
                state=NoticeState.CLAIMED.value,
                holder=holder,
                lease_until=tx.now + lease,
                # If the worker dies, a look-up of the message starts from this time.
                tried_at=func.coalesce(outbox.c.tried_at, literal(tx.now, Instant)),
            )
        )


def defer(tx: Transaction, notice: Owed, due_at: datetime) -> None:
    """Make a notice that was not claimed wait until `due_at`."""
    state = NoticeState.UNKNOWN if notice.doubtful else NoticeState.WAITING
    tx.execute(
        update(outbox)
        .where(outbox.c.id == notice.id)
        .values(state=state.value, due_at=due_at, holder=None, lease_until=None)
    )


def held(tx: Transaction, notices: Collection[str], holder: str) -> dict[str, str]:
    """Return the keys of notices that the holder still has, by id.

    Other workers may have claimed notices whose lease ran out.
    """
    rows = tx.execute(
        select(outbox.c.id, outbox.c.key)
        .where(*_held_by(notices, holder))
        .order_by(outbox.c.id)
        .with_for_update()
    )
    return {row.id: row.key for row in rows}


def renew(tx: Transaction, notices: Collection[str], holder: str, lease: timedelta) -> None:
    """Extend the lease of notices that the holder still has."""
    tx.execute(update(outbox).where(*_held_by(notices, holder)).values(lease_until=tx.now + lease))


def _held_by(notices: Collection[str], holder: str) -> tuple[ColumnElement[bool], ...]:
    is_claimed = outbox.c.state == NoticeState.CLAIMED.value
    return outbox.c.id.in_(notices), outbox.c.holder == holder, is_claimed


def settle(
    tx: Transaction,
    notice: Owed,
    state: NoticeState,
    *,
    error: str = "",
    reference: Mapping[str, Any],
) -> None:
    """End a notice as sent, dropped or given up."""
    tx.execute(
        update(outbox)
        .where(outbox.c.id == notice.id)
        .values(
            state=state.value,
            error=error,
            reference=dict(reference),
            attempts=notice.attempts + 1,
            holder=None,
            lease_until=None,
            settled_at=tx.now,
        )
    )


def put_back(
    tx: Transaction,
    notice: Owed,
    due_at: datetime,
    *,
    doubtful: bool,
    attempts: int,
    since: datetime | None,
    error: str,
    reference: Mapping[str, Any],
) -> None:
    """Make a claimed notice wait until `due_at`.

    If a newer notice with its key already waits and this one certainly did not arrive, drop this
    one; the newer one gets the later due time and this one's count of tries.

    Args:
        tx: The transaction.
        notice: The notice.
        due_at: The earliest time for the next claim.
        doubtful: Whether it may have arrived and must be looked up first.
        attempts: The number of tries so far.
        since: The time of the first try; None if there was none.
        error: The name of the last error.
        reference: Facts for a later look-up, such as the channel.
    """
    newer = None
    if not doubtful:
        key = select(outbox.c.key).where(outbox.c.id == notice.id).scalar_subquery()
        newer = tx.execute(
            select(outbox.c.id, outbox.c.due_at)
            .where(outbox.c.key == key, outbox.c.state == NoticeState.WAITING.value)
            .with_for_update()
        ).first()
    if newer is not None:
        settle(tx, notice, NoticeState.DROPPED, error=error, reference=reference)
        tx.execute(
            update(outbox)
            .where(outbox.c.id == newer.id)
            .values(due_at=max(newer.due_at, due_at), attempts=attempts, tried_at=since)
        )
        return
    state = NoticeState.UNKNOWN if doubtful else NoticeState.WAITING
    tx.execute(
        update(outbox)
        .where(outbox.c.id == notice.id)
        .values(
            state=state.value,
            due_at=due_at,
            attempts=attempts,
            tried_at=since,
            error=error,
            reference=dict(reference),
            holder=None,
            lease_until=None,
        )
    )


def bring_forward(tx: Transaction, workspaces: Collection[str], errors: Collection[str]) -> None:
    """Make notices due now that wait in some workspaces because of some errors."""
    if not workspaces:
        return
    rows = tx.execute(
        select(outbox.c.id)
        .where(
            outbox.c.settled_at.is_(None),
            outbox.c.state == NoticeState.WAITING.value,
            outbox.c.workspace.in_(workspaces),
            outbox.c.error.in_(errors),
        )
        .order_by(outbox.c.id)
        # A notice that another replica has locked is settled by that replica.
        .with_for_update(skip_locked=True)
    )
    waiting = list(rows.scalars())
    tx.execute(update(outbox).where(outbox.c.id.in_(waiting)).values(due_at=tx.now))


def missed(
    tx: Transaction, among: Collection[int], since: datetime, until: datetime
) -> dict[int, dict[str, int]]:
    """Count the messages to people that could not be delivered, by letter and error."""
    kinds = [kind.value for kind, traits in TRAITS.items() if traits.missed]
    rows = tx.execute(
        select(outbox.c.letter, outbox.c.error, func.count())
        .where(
            # As a literal, so that SQLite uses the partial index.
            outbox.c.state == literal_column("'given_up'"),
            outbox.c.settled_at >= since,
            outbox.c.settled_at < until,
            outbox.c.letter.in_(among),
            outbox.c.kind.in_(kinds),
        )
        .group_by(outbox.c.letter, outbox.c.error)
    )
    found: dict[int, dict[str, int]] = {}
    for letter, error, count in rows:
        found.setdefault(letter, {})[error] = count
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """Counts of unsettled notices, and of those that could not be delivered in the last day."""

    now: datetime
    due: int
    """Due notices, including those that a worker has claimed."""
    oldest_due: datetime | None
    """Due time of the oldest due notice; None if none is due."""
    later: int
    in_doubt: int
    given_up: Mapping[str, int]
    """Counts by Slack's error name."""


def backlog(tx: Transaction) -> Backlog:
    """Count unsettled notices, and those given up in the last day."""
    is_due, is_doubtful = outbox.c.due_at <= tx.now, outbox.c.state == NoticeState.UNKNOWN.value
    row = tx.execute(
        select(
            func.count().filter(is_due),
            func.min(outbox.c.due_at).filter(is_due),
            func.count().filter(~is_due),
            func.count().filter(is_doubtful),
        ).where(outbox.c.settled_at.is_(None))
    ).one()
    since = tx.now - timedelta(days=1)
    given_up = tx.execute(
        select(outbox.c.error, func.count())
        # As a literal, so that SQLite uses the partial index.
        .where(outbox.c.state == literal_column("'given_up'"), outbox.c.settled_at >= since)
        .group_by(outbox.c.error)
    )
    return Backlog(
        now=tx.now,
        due=row[0],
        oldest_due=row[1],
        later=row[2],
        in_doubt=row[3],
        given_up={error or "unknown": count for error, count in given_up},
    )
