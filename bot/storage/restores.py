"""Restores of a copy of the database: repeated work may have been done before the restore.

A copy stores when it was made, and the first process to use it stores when that was. The database
does not know what the bot sent in between, and the bot will plan some of it again: the same steps
of the same letters, with the same keys. Therefore notices due in that period are looked up in Slack
by key before they are sent.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from bot.letters.notices import MESSAGES, TRAITS
from bot.storage.database import Transaction
from bot.storage.tables import workspaces

CATCHING_UP = timedelta(hours=1)
"""Period after a restore in which missed work may become due: closing letters, messages about it.
"""
KEPT = timedelta(days=2)
"""Time after which a restore no longer matters: a step more than a day late is skipped."""
AGAIN = frozenset(kind for kind in MESSAGES if TRAITS[kind].recurs)
"""Direct messages that may be planned again with an earlier key. A receipt never is: it is about
one signature, and the copy lacks later signatures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A workspace's restore from a copy."""

    copied_at: datetime
    """From this time until the restore it is unknown what was sent."""
    until: datetime
    """Time until which due work may have been sent before the restore."""


def note(tx: Transaction, workspace: str) -> None:
    """Record that a workspace is being served, if this is the first time from a copy."""
    tx.execute(
        update(workspaces)
        .where(
            workspaces.c.id == workspace,
            workspaces.c.copied_at.is_not(None),
            workspaces.c.returned_at.is_(None),
        )
        .values(returned_at=tx.now)
    )


def lately(tx: Transaction) -> dict[str, Return]:
    """Return the workspaces that were restored from a copy recently."""
    rows = tx.execute(
        select(workspaces.c.id, workspaces.c.copied_at, workspaces.c.returned_at).where(
            workspaces.c.copied_at.is_not(None), workspaces.c.returned_at > tx.now - KEPT
        )
    )
    return {
        row.id: Return(copied_at=row.copied_at, until=row.returned_at + CATCHING_UP) for row in rows
    }


def copied_at(tx: Transaction) -> datetime | None:
    """Return when this copy of a database was made; None if it is not a copy or already in use."""
    return tx.execute(
        select(func.min(workspaces.c.copied_at)).where(
            workspaces.c.copied_at.is_not(None), workspaces.c.returned_at.is_(None)
        )
    ).scalar()
