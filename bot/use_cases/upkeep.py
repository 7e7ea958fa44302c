"""Upkeep of the database: test writes, counts of waiting notices, and deletion of old rows."""

from datetime import timedelta

from bot.storage import inbox, leases, outbox, rate_limits, tallies, workspaces
from bot.storage.database import Database, Transaction, reading, writing
from bot.storage.leases import Backlog

INBOX_KEPT = timedelta(days=3)
"""Slack can send an event again for 24 h (SLACK.md §5); three days allow for an outage."""
OUTBOX_KEPT = timedelta(days=14)
HOMES_KEPT = timedelta(hours=1)
"""Kept only briefly: a notice of a drawn Home merely shows that the person uses the app."""


FORGOTTEN_AT_ONCE = 1_000
"""Rows of a table deleted in one transaction, so that clicks are answered in between."""


async def forget(database: Database) -> None:
    """Delete old triggers, settled notices and rate limits in portions.

    Notices become due if only a wrong clock can have set their time.
    """

    def forget_some(tx: Transaction) -> bool:
        most = FORGOTTEN_AT_ONCE
        gone = (
            outbox.forget(tx, tx.now - OUTBOX_KEPT, tx.now - HOMES_KEPT, most),
            inbox.forget(tx, tx.now - INBOX_KEPT, most),
            rate_limits.forget(tx, most),
        )
        return most in gone

    await database.write(outbox.mend)
    while await database.write(forget_some):
        pass


@reading
def backlog(tx: Transaction) -> Backlog:
    """Return the counts of unsettled notices."""
    return leases.backlog(tx)


@writing
def probe(tx: Transaction) -> Backlog:
    """Write a row unchanged and return the backlog; errors of the database are raised.

    Counting a hundred thousand notices takes 50 ms. On SQLite a read would block the event loop for
    that time; a write does not.
    """
    workspaces.touch(tx)
    return leases.backlog(tx)


@reading
def workspaces_with_letters(tx: Transaction) -> list[str]:
    """Return the ids of the workspaces that have letters here."""
    return workspaces.with_letters(tx)


@reading
def census(tx: Transaction) -> dict[str, tuple[int, int]]:
    """Count the letters of all workspaces and their listed signatories, by phase."""
    return tallies.by_phase(tx)
