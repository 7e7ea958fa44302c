"""Notices that wait to be delivered, and how far each came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, and_, exists, func, literal_column, or_, select, update

from bot.letters.notices import PRIORITY, Notice, NoticeKind
from bot.storage.database import Transaction
from bot.storage.ids import new_id
from bot.storage.tables import outbox, paces
from bot.storage.upsert import insert_into


class NoticeState(StrEnum):
    """How far a notice came."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    """A worker has it until its lease runs out; after that nobody knows whether it went."""
    SENT = "sent"
    DROPPED = "dropped"
    """No longer owed when its time came."""
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A claimed notice."""

    id: str
    workspace: str
    kind: NoticeKind
    target: str
    subject: Mapping[str, Any]
    attempts: int
    """How often it was tried before."""
    doubtful: bool
    """An earlier try has an unknown outcome: look before sending again."""
    reference: Mapping[str, Any]
    """What earlier tries learnt (the id of a direct-message channel)."""


def owe(tx: Transaction, workspace: str, notices: Iterable[Notice]) -> None:
    """Owes notices from this transaction on. One whose key already waits is that one."""
    rows = [
        {
            "id": new_id(tx.now),
            "workspace": workspace,
            "kind": notice.kind.value,
            "key": notice.key,
            "subject": dict(notice.subject),
            "target": notice.target,
            "priority": PRIORITY[notice.kind],
            "state": NoticeState.WAITING.value,
            "due_at": notice.due_at or tx.now,
            "created_at": tx.now,
        }
        for notice in notices
    ]
    if rows:
        statement = insert_into(tx, outbox)
        tx.connection.execute(
            statement.on_conflict_do_nothing(
                index_elements=["key"],
                index_where=outbox.c.state == literal_column("'waiting'"),
            ),
            rows,
        )


def claim(tx: Transaction, *, limit: int, lease: timedelta) -> list[Owed]:
    """Takes notices that are due and those whose lease ran out, the urgent ones first.

    A notice waits while another one with its key is under way, so that two changes of one card
    cannot overtake each other. Claimed ones carry `doubtful` when they were claimed before and
    never settled.
    """
    other = outbox.alias()
    under_way = exists().where(
        other.c.key == outbox.c.key,
        other.c.state == NoticeState.CLAIMED.value,
        other.c.id != outbox.c.id,
    )
    due = select(outbox).where(
        or_(
            and_(
                outbox.c.state == NoticeState.WAITING.value,
                outbox.c.due_at <= tx.now,
                ~under_way,
            ),
            and_(outbox.c.state == NoticeState.CLAIMED.value, outbox.c.lease_until <= tx.now),
        )
    )
    rows = tx.connection.execute(
        due.order_by(outbox.c.priority, outbox.c.due_at, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    if rows:
        tx.connection.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in rows]))
            .values(state=NoticeState.CLAIMED.value, lease_until=tx.now + lease)
        )
    return [_owed(row) for row in rows]


def _owed(row: Row[Any]) -> Owed:
    return Owed(
        id=row.id,
        workspace=row.workspace,
        kind=NoticeKind(row.kind),
        target=row.target,
        subject=row.subject,
        attempts=row.attempts,
        doubtful=row.state == NoticeState.CLAIMED.value or bool((row.reference or {}).get("doubt")),
        reference=row.reference or {},
    )


def settle(
    tx: Transaction,
    notice: str,
    state: NoticeState,
    *,
    error: str = "",
    reference: Mapping[str, Any],
) -> None:
    """Ends a notice: sent, dropped or given up."""
    tx.connection.execute(
        update(outbox)
        .where(outbox.c.id == notice)
        .values(
            state=state.value,
            error=error,
            reference=dict(reference),
            attempts=outbox.c.attempts + 1,
            lease_until=None,
            settled_at=tx.now,
        )
    )


def put_back(
    tx: Transaction,
    notice: str,
    due_at: datetime,
    *,
    tried: bool,
    error: str = "",
    reference: Mapping[str, Any],
) -> None:
    """Lets a claimed notice wait until an instant.

    Where a newer one with its key already waits, that one takes its place and this one is dropped.
    `tried` says whether Slack was asked, which counts as an attempt.
    """
    (key,) = tx.connection.execute(select(outbox.c.key).where(outbox.c.id == notice)).one()
    newer = tx.connection.execute(
        select(outbox.c.id).where(outbox.c.key == key, outbox.c.state == NoticeState.WAITING.value)
    ).first()
    if newer is not None:
        settle(tx, notice, NoticeState.DROPPED, error=error, reference=reference)
        return
    tx.connection.execute(
        update(outbox)
        .where(outbox.c.id == notice)
        .values(
            state=NoticeState.WAITING.value,
            due_at=due_at,
            error=error,
            reference=dict(reference),
            attempts=outbox.c.attempts + (1 if tried else 0),
            lease_until=None,
        )
    )


def renew(tx: Transaction, notices: Sequence[str], lease: timedelta) -> None:
    """Keeps claimed notices for longer while they are still being worked on."""
    tx.connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(notices), outbox.c.state == NoticeState.CLAIMED.value)
        .values(lease_until=tx.now + lease)
    )


def next_due(tx: Transaction) -> datetime | None:
    """When the next notice wants to go; None where nothing waits."""
    return tx.connection.execute(
        select(func.min(outbox.c.due_at)).where(outbox.c.state == NoticeState.WAITING.value)
    ).scalar()


def free_at(tx: Transaction, workspace: str, buckets: Sequence[str]) -> dict[str, datetime]:
    """From when on each bucket of a workspace may be used; a bucket never used is missing."""
    rows = tx.connection.execute(
        select(paces)
        .where(paces.c.workspace == workspace, paces.c.bucket.in_(buckets))
        .with_for_update()
    )
    return {row.bucket: row.free_at for row in rows}


def use_until(tx: Transaction, workspace: str, free: Mapping[str, datetime]) -> None:
    """Writes from when on buckets may be used again."""
    if not free:
        return
    statement = insert_into(tx, paces)
    tx.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace", "bucket"],
            set_={"free_at": statement.excluded.free_at},
        ),
        [
            {"workspace": workspace, "bucket": bucket, "free_at": moment}
            for bucket, moment in free.items()
        ],
    )


def forget(tx: Transaction, before: datetime) -> int:
    """Forgets what was settled before an instant; gives how many."""
    return tx.connection.execute(outbox.delete().where(outbox.c.settled_at < before)).rowcount
