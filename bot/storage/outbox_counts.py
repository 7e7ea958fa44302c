"""Counts of waiting notices, and of notices that were given up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, literal_column, select

from bot.letters.notices import TRAITS
from bot.storage.database import Transaction
from bot.storage.states import NoticeState
from bot.storage.tables import outbox


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
