"""Upkeep of the database: whether it answers, how much waits, and what is forgotten in time."""

from datetime import timedelta

from bot.storage import inbox, outbox, outbox_counts, tallies, workspaces
from bot.storage.database import Transaction, reading, writing
from bot.storage.outbox_counts import Backlog

INBOX_KEPT = timedelta(days=3)
"""Slack may send an event again for 24 h (SLACK.md §5); three days leave room for an outage."""
OUTBOX_KEPT = timedelta(days=14)
HOMES_KEPT = timedelta(hours=1)
"""A notice of a drawn Home tells nothing but that the person uses the app."""


@writing
def forget(tx: Transaction) -> int:
    """Forget old triggers and settled notices; return how many.

    Notices whose time only a wrong clock can have set become due.
    """
    outbox.mend(tx)
    notices = outbox.forget(tx, tx.now - OUTBOX_KEPT, tx.now - HOMES_KEPT)
    return inbox.forget(tx, tx.now - INBOX_KEPT) + notices


@reading
def backlog(tx: Transaction) -> Backlog:
    """Return what waits to be sent."""
    return outbox_counts.backlog(tx)


@writing
def probe(tx: Transaction) -> Backlog:
    """Write a row unchanged, and return what waits; raise what the database raises.

    Counting a hundred thousand notices takes 50 ms. On SQLite a reader would hold the loop for it;
    a writer does not.
    """
    workspaces.touch(tx)
    return outbox_counts.backlog(tx)


@reading
def workspaces_with_letters(tx: Transaction) -> list[str]:
    """Return the ids of the workspaces that have letters here."""
    return workspaces.with_letters(tx)


@reading
def census(tx: Transaction) -> dict[str, tuple[int, int]]:
    """Count the letters of all workspaces and their listed signatories, by phase."""
    return tallies.by_phase(tx)
