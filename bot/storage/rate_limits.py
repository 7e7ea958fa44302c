"""Rate-limit buckets shared by all replicas: the time at which each will be empty."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, tuple_

from bot.storage.database import Transaction
from bot.storage.prepared import insert_into
from bot.storage.tables import rate_limits

Bucket = tuple[str, str]
"""A workspace and the name of one of its buckets."""

FURTHEST = timedelta(hours=2)
"""The longest time until a bucket is empty; a later time was written while a clock was ahead."""
KEPT = timedelta(days=1)
"""Time for which a bucket's last use is stored."""


def ahead(tx: Transaction, names: Collection[str]) -> dict[Bucket, datetime]:
    """Return the buckets of these names, in all workspaces, that are not empty yet."""
    rows = tx.execute(
        select(rate_limits).where(
            rate_limits.c.bucket.in_(names),
            rate_limits.c.free_at > tx.now,
            rate_limits.c.free_at <= tx.now + FURTHEST,
        )
    )
    return {(row.workspace, row.bucket): row.free_at for row in rows}


def last(tx: Transaction, name: str) -> dict[str, datetime]:
    """Return the time of a bucket in each workspace, without times in the future."""
    rows = tx.execute(
        select(rate_limits).where(rate_limits.c.bucket == name, rate_limits.c.free_at <= tx.now)
    )
    return {row.workspace: row.free_at for row in rows}


def locked(tx: Transaction, buckets: Collection[Bucket]) -> dict[Bucket, datetime]:
    """Return when buckets will be empty, and lock them until this transaction ends."""
    if not buckets:
        return {}
    # A missing row cannot be locked. All transactions lock in the same order, to avoid deadlocks.
    tx.execute(
        insert_into(tx, rate_limits).on_conflict_do_nothing(),
        [
            {"workspace": workspace, "bucket": bucket, "free_at": tx.now - KEPT}
            for workspace, bucket in sorted(buckets)
        ],
    )
    rows = tx.execute(
        select(rate_limits)
        .where(tuple_(rate_limits.c.workspace, rate_limits.c.bucket).in_(sorted(buckets)))
        .order_by(rate_limits.c.workspace, rate_limits.c.bucket)
        .with_for_update()
    )
    furthest = tx.now + FURTHEST
    return {
        (row.workspace, row.bucket): row.free_at if row.free_at <= furthest else tx.now
        for row in rows
    }


def keep(tx: Transaction, free: Mapping[Bucket, datetime]) -> None:
    """Save the times at which buckets will be empty."""
    if not free:
        return
    statement = insert_into(tx, rate_limits)
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace", "bucket"], set_={"free_at": statement.excluded.free_at}
        ),
        [
            {"workspace": workspace, "bucket": bucket, "free_at": moment}
            for (workspace, bucket), moment in sorted(free.items())
        ],
    )


def forget(tx: Transaction, most: int) -> int:
    """Delete some buckets that have been empty for a while; return how many.

    A missing bucket counts as empty.
    """
    bucket = (rate_limits.c.workspace, rate_limits.c.bucket)
    is_old = or_(rate_limits.c.free_at < tx.now - KEPT, rate_limits.c.free_at > tx.now + FURTHEST)
    old = select(*bucket).where(is_old).limit(most)
    return tx.execute(delete(rate_limits).where(tuple_(*bucket).in_(old))).rowcount
