"""Going back to a copy of the database: what is done again then may have been done already.

A copy notes when it was made; the first process that starts on it notes when that is. What the bot
sent in between is not in the database, and the bot is about to plan some of it once more: the same
steps of the same letters, under the same keys. So whatever was due by then is looked up in Slack by
its key, before it is sent.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from bot.letters.notices import MESSAGES, TRAITS
from bot.storage.database import Transaction
from bot.storage.tables import workspaces

CATCHING_UP = timedelta(hours=1)
"""Period after a restore in which missed work may come up: closed letters, messages about them."""
KEPT = timedelta(days=2)
"""For how long a return matters: a step that is late by more than a day is left out."""
AGAIN = frozenset(kind for kind in MESSAGES if TRAITS[kind].recurs)
"""Direct messages that may come up under a key that they had before. A receipt never does: it is of
one signature, and those since the copy are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A workspace went back to a copy."""

    copied_at: datetime
    """Nothing is known of what was sent from here on until the return."""
    until: datetime
    """Time until which due work may have been sent before the restore."""


def note(tx: Transaction, workspace: str) -> None:
    """Note that a workspace is served; where that is from a copy for the first time, since when."""
    tx.connection.execute(
        update(workspaces)
        .where(
            workspaces.c.id == workspace,
            workspaces.c.copied_at.is_not(None),
            workspaces.c.returned_at.is_(None),
        )
        .values(returned_at=tx.now)
    )


def lately(tx: Transaction) -> dict[str, Return]:
    """Workspaces that went back to a copy not long ago."""
    rows = tx.connection.execute(
        select(workspaces.c.id, workspaces.c.copied_at, workspaces.c.returned_at).where(
            workspaces.c.copied_at.is_not(None), workspaces.c.returned_at > tx.now - KEPT
        )
    )
    return {
        row.id: Return(copied_at=row.copied_at, until=row.returned_at + CATCHING_UP) for row in rows
    }


def copied_at(tx: Transaction) -> datetime | None:
    """Return when the copy was made that this database is, where nobody has served from it yet."""
    return tx.connection.execute(
        select(func.min(workspaces.c.copied_at)).where(
            workspaces.c.copied_at.is_not(None), workspaces.c.returned_at.is_(None)
        )
    ).scalar()
