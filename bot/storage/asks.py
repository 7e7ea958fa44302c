"""Who was asked for a signature: rows <-> values."""

from typing import Any

from sqlalchemy import Row, select

from bot.letters.asking import Ask, AskState
from bot.letters.endorsement import Kind
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.tables import asks


def find(tx: Transaction, number: str) -> Ask | None:
    """One ask by its id."""
    row = tx.connection.execute(select(asks).where(asks.c.id == number)).one_or_none()
    return None if row is None else _ask(row)


def _ask(row: Row[Any]) -> Ask:
    return Ask(
        id=row.id,
        letter=row.letter,
        kind=Kind(row.kind),
        person=Person(row.team, row.user) if row.user else None,
        name=row.name,
        organisation=row.organisation,
        country=row.country,
        contact=row.contact,
        key=row.key,
        state=AskState(row.state),
        until=row.until,
        note=row.note,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
    )
