"""Leases: notices that a worker has claimed for a time, until they are settled or put back."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select, update

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
