"""When the buckets that pace calls to Slack will be empty, for all replicas together."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select, tuple_

from bot.storage.database import Transaction
from bot.storage.prepared import insert_into
from bot.storage.tables import rate_limits

Bucket = tuple[str, str]
"""A workspace and the name of a bucket of it."""


def ahead(tx: Transaction, names: Collection[str]) -> dict[Bucket, datetime]:
    """The buckets of these names, in all workspaces, that are not empty yet."""
    rows = tx.connection.execute(
        select(rate_limits).where(rate_limits.c.bucket.in_(names), rate_limits.c.free_at > tx.now)
    )
    return {(row.workspace, row.bucket): row.free_at for row in rows}


def locked(tx: Transaction, buckets: Collection[Bucket]) -> dict[Bucket, datetime]:
    """When buckets will be empty; no other replica can use them until this transaction ends."""
    if not buckets:
        return {}
    # A row that is not there cannot be locked. All lock in the same order, so that none waits for
    # one that waits for it.
    tx.connection.execute(
        insert_into(tx, rate_limits).on_conflict_do_nothing(),
        [
            {"workspace": workspace, "bucket": bucket, "free_at": tx.now}
            for workspace, bucket in sorted(buckets)
        ],
    )
    rows = tx.connection.execute(
        select(rate_limits)
        .where(tuple_(rate_limits.c.workspace, rate_limits.c.bucket).in_(sorted(buckets)))
        .order_by(rate_limits.c.workspace, rate_limits.c.bucket)
        .with_for_update()
    )
    return {(row.workspace, row.bucket): row.free_at for row in rows}


def keep(tx: Transaction, free: Mapping[Bucket, datetime]) -> None:
    """Write when buckets will be empty."""
    if not free:
        return
    statement = insert_into(tx, rate_limits)
    tx.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace", "bucket"],
            set_={"free_at": statement.excluded.free_at},
        ),
        [
            {"workspace": workspace, "bucket": bucket, "free_at": moment}
            for (workspace, bucket), moment in sorted(free.items())
        ],
    )


def forget(tx: Transaction) -> None:
    """Forget buckets that have been empty for a while: one that is missing is empty."""
    tx.connection.execute(
        delete(rate_limits).where(rate_limits.c.free_at < tx.now - timedelta(minutes=5))
    )
