"""What was already answered: a delivery that comes again gets the same answer, and no new effect."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from bot.storage.database import Transaction
from bot.storage.tables import inbox

_BY_KEYS = select(inbox.c.key, inbox.c.answer).where(
    inbox.c.key.in_(bindparam("keys", expanding=True))
)


def answers(tx: Transaction, keys: Collection[str]) -> dict[str, Any]:
    """The answers kept for those keys that were seen before."""
    rows = tx.connection.execute(_BY_KEYS, {"keys": list(keys)})
    return {row.key: row.answer for row in rows}


def keep(tx: Transaction, workspace: str, answered: Mapping[str, Any]) -> None:
    """Keeps answers by key, in the transaction of the effect that they answer for.

    Raises:
        sqlalchemy.exc.IntegrityError: a key is there already: another replica was faster.
    """
    tx.connection.execute(
        insert(inbox),
        [
            {"key": key, "workspace": workspace, "answer": answer, "received_at": tx.now}
            for key, answer in answered.items()
        ],
    )


def forget(tx: Transaction, before: datetime) -> int:
    """Forgets what came before an instant; gives how many."""
    return tx.connection.execute(delete(inbox).where(inbox.c.received_at < before)).rowcount
