"""Stored answers to Slack's triggers: a repeated trigger gets the same answer and no new effect."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from bot.storage.database import Transaction
from bot.storage.prepared import Insertion, Question, insert_into
from bot.storage.tables import inbox

_BY_KEYS = Question(
    lambda among: select(inbox.c.key, inbox.c.answer).where(among(inbox.c.key, "keys"))
)
_KEEP = Insertion(inbox)


def answers(tx: Transaction, keys: Collection[str]) -> dict[str, Any]:
    """Return the stored answers to those of the given triggers that were handled before."""
    return {row.key: row.answer for row in _BY_KEYS.ask(tx, keys=keys)}


def take(tx: Transaction, workspace: str, key: str) -> bool:
    """Return whether a trigger is new; if so, this transaction must answer it.

    If another transaction is answering it, wait until that one ends.
    """
    taken = tx.execute(
        insert_into(tx, inbox)
        .values(key=key, workspace=workspace, received_at=tx.now)
        .on_conflict_do_nothing()
    )
    return taken.rowcount == 1


def answer(tx: Transaction, key: str, given: Mapping[str, Any]) -> None:
    """Store the answer to a trigger that `take` returned as new."""
    tx.execute(update(inbox).where(inbox.c.key == key).values(answer=dict(given)))


def keep(tx: Transaction, workspace: str, answered: Mapping[str, Any]) -> None:
    """Store the answers to many triggers.

    Raises:
        sqlalchemy.exc.IntegrityError: a key exists already: another replica was faster.
    """
    _KEEP.write(
        tx,
        [
            {"key": key, "workspace": workspace, "answer": answer, "received_at": tx.now}
            for key, answer in answered.items()
        ],
    )


def forget(tx: Transaction, before: datetime, most: int) -> int:
    """Delete at most `most` triggers received before `before`; return how many."""
    old = select(inbox.c.key).where(inbox.c.received_at < before).limit(most)
    return tx.execute(delete(inbox).where(inbox.c.key.in_(old))).rowcount
