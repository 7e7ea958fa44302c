"""Upkeep of the database: whether it answers, and what is forgotten in time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.storage import inbox, outbox, outbox_counts, tallies, workspaces
from bot.storage.database import Transaction, reading, writing

INBOX_KEPT = timedelta(days=3)
"""Slack may send an event again for 24 h (SLACK.md §5); three days leave room for an outage."""
OUTBOX_KEPT = timedelta(days=14)
HOMES_KEPT = timedelta(hours=1)
"""A Home that was drawn says no more of anybody than that they are here."""


@writing
def forget(tx: Transaction) -> int:
    """Forget triggers and notices that nobody will ask about again; return how many.

    What waits for a day that only a wrong clock can have named waits no longer.
    """
    outbox.mend(tx)
    notices = outbox.forget(tx, tx.now - OUTBOX_KEPT, tx.now - HOMES_KEPT)
    return inbox.forget(tx, tx.now - INBOX_KEPT) + notices


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """Notices that are owed, and those of the last day that could not be delivered."""

    now: datetime
    due: int
    oldest_due: datetime | None
    """The time from which the oldest one that is due could have gone; None for none."""
    later: int
    """Notices whose time is still to come."""
    in_doubt: int
    given_up: Mapping[str, int]
    """Counts by Slack's error."""


@reading
def backlog(tx: Transaction) -> Backlog:
    """Return what waits to be sent."""
    return _backlog(tx)


def _backlog(tx: Transaction) -> Backlog:
    due, oldest, later, in_doubt = outbox_counts.lengths(tx)
    return Backlog(
        now=tx.now,
        due=due,
        oldest_due=oldest,
        later=later,
        in_doubt=in_doubt,
        given_up=outbox_counts.given_up(tx, tx.now - timedelta(days=1)),
    )


@writing
def probe(tx: Transaction) -> Backlog:
    """Write a row as it is, and return what waits; raise what the database raises.

    To count a hundred thousand that wait takes 50 ms: on SQLite a writer does not hold the loop
    for it, and a reader would.
    """
    workspaces.touch(tx)
    return _backlog(tx)


@reading
def workspaces_with_letters(tx: Transaction) -> list[str]:
    """Return the ids of the workspaces that have letters here."""
    return workspaces.with_letters(tx)


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """Counts of all workspaces."""

    letters: Mapping[str, int]
    """By phase."""
    listed: int
    """Signatories on the lists."""


@reading
def census(tx: Transaction) -> Census:
    """Count the letters, and who is on their lists."""
    found = tallies.by_phase(tx)
    return Census(
        letters={phase: count for phase, (count, _) in found.items()},
        listed=sum(listed for _, listed in found.values()),
    )
