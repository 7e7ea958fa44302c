"""Delivery copies: the list as it was handed over. They are written once and never changed."""

import json

from sqlalchemy import insert, select

from bot.features.delivery.rules import DeliveredCopy
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.tables import delivered_copies


def cut(tx: Transaction, copy: DeliveredCopy, workspace: str) -> None:
    """Keep the one copy of a letter.

    Raises:
        IntegrityError: it was cut before.
    """
    tx.connection.execute(
        insert(delivered_copies).values(
            letter=copy.letter,
            workspace=workspace,
            title=copy.title,
            text_sha256=copy.text_sha256,
            body=copy.body,
            entries=copy.entries,
            list_sha256=copy.list_sha256,
            people=copy.people,
            organisations=copy.organisations,
            team=copy.by.team,
            user=copy.by.user,
            cut_at=copy.cut_at,
            clock=copy.clock,
            parties=json.dumps(copy.parties),
        )
    )


def find(tx: Transaction, letter: int) -> DeliveredCopy | None:
    """The copy of a letter, if it was cut."""
    row = tx.connection.execute(
        select(delivered_copies).where(delivered_copies.c.letter == letter)
    ).one_or_none()
    if row is None:
        return None
    return DeliveredCopy(
        letter=row.letter,
        title=row.title,
        text_sha256=row.text_sha256,
        body=row.body,
        entries=row.entries,
        list_sha256=row.list_sha256,
        people=row.people,
        organisations=row.organisations,
        by=Person(row.team, row.user),
        cut_at=row.cut_at,
        clock=row.clock,
        parties=tuple(json.loads(row.parties)),
    )
