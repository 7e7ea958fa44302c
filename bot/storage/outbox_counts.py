"""Counts of notices: those that wait, and those that were given up."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, literal_column, select

from bot.letters.notices import TRAITS
from bot.storage.database import Transaction
from bot.storage.states import NoticeState
from bot.storage.tables import outbox


def missed(
    tx: Transaction, among: Collection[int], since: datetime, until: datetime
) -> dict[int, dict[str, int]]:
    """Return how many messages to people about some letters were given up, by letter and error."""
    kinds = [kind.value for kind, traits in TRAITS.items() if traits.missed]
    rows = tx.connection.execute(
        select(outbox.c.letter, outbox.c.error, func.count())
        .where(
            # Written out, so that SQLite sees that its index is for them.
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


def lengths(tx: Transaction) -> tuple[int, datetime | None, int, int]:
    """Return how many notices are due, since when the oldest is, how many are for later or in doubt.

    Those that a worker has in hand count as due.
    """
    is_due, is_doubtful = outbox.c.due_at <= tx.now, outbox.c.state == NoticeState.UNKNOWN.value
    row = tx.connection.execute(
        select(
            func.count().filter(is_due),
            func.min(outbox.c.due_at).filter(is_due),
            func.count().filter(~is_due),
            func.count().filter(is_doubtful),
        ).where(outbox.c.settled_at.is_(None))
    ).one()
    return row[0], row[1], row[2], row[3]


def given_up(tx: Transaction, since: datetime) -> dict[str, int]:
    """Return how many notices were given up since an instant, by Slack's error."""
    rows = tx.connection.execute(
        select(outbox.c.error, func.count())
        # Written out, so that SQLite sees that its index is for them.
        .where(outbox.c.state == literal_column("'given_up'"), outbox.c.settled_at >= since)
        .group_by(outbox.c.error)
    )
    return {row[0] or "unknown": row[1] for row in rows}
