from datetime import timedelta

from bot.features.amendments import proposal_rows
from bot.storage import inbox, outbox
from bot.storage.database import Transaction, writing

INBOX_KEPT = timedelta(days=3)
"""Slack may deliver an event again for 24 h (SLACK.md §5); three days leave room for an outage."""
OUTBOX_KEPT = timedelta(days=14)
PROPOSALS_KEPT = timedelta(days=14)
"""Time a preview may stay open before its confirmation is refused."""


@writing
def forget(tx: Transaction) -> int:
    """Forget deliveries, notices and proposals that nobody will ask about again; return how many."""
    return (
        inbox.forget(tx, tx.now - INBOX_KEPT)
        + outbox.forget(tx, tx.now - OUTBOX_KEPT)
        + proposal_rows.forget(tx, tx.now - PROPOSALS_KEPT)
    )
