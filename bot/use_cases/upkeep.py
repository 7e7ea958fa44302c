"""Upkeep of the database: whether it answers, and what is forgotten in time."""

from datetime import timedelta

from bot.storage import inbox, outbox, workspaces
from bot.storage.database import Transaction, reading, writing

INBOX_KEPT = timedelta(days=3)
"""Slack may deliver an event again for 24 h (SLACK.md §5); three days leave room for an outage."""
OUTBOX_KEPT = timedelta(days=14)


@writing
def forget(tx: Transaction) -> int:
    """Forget deliveries and notices that nobody will ask about again; return how many.

    What waits for a day that only a wrong clock can have named waits no longer.
    """
    outbox.mend(tx)
    return inbox.forget(tx, tx.now - INBOX_KEPT) + outbox.forget(tx, tx.now - OUTBOX_KEPT)


@reading
def ping(tx: Transaction) -> int:
    """Ask the database how many workspaces there are; raise what it raises."""
    return len(workspaces.every(tx))
