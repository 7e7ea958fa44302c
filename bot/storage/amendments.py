"""Amendments of letters' texts: rows <-> values."""

from typing import Any

from sqlalchemy import Row, insert, select

from bot.letters.amendment import Amendment, AmendmentKind
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.tables import amendments


def add(tx: Transaction, amendment: Amendment, workspace: str, by: Person) -> None:
    """Keeps an amendment."""
    tx.connection.execute(
        insert(amendments).values(
            id=amendment.id,
            letter=amendment.letter,
            workspace=workspace,
            kind=amendment.kind.value,
            from_sha256=amendment.from_sha256,
            to_sha256=amendment.to_sha256,
            meaning=amendment.meaning,
            note=amendment.note,
            answer_by=amendment.answer_by,
            team=by.team,
            user=by.user,
            made_at=amendment.made_at,
        )
    )


def of_letter(tx: Transaction, letter: int) -> list[Amendment]:
    """Every amendment of a letter, the first one first."""
    rows = tx.connection.execute(
        select(amendments).where(amendments.c.letter == letter).order_by(amendments.c.id)
    )
    return [_amendment(row) for row in rows]


def find(tx: Transaction, amendment: str) -> Amendment | None:
    """One amendment."""
    row = tx.connection.execute(
        select(amendments).where(amendments.c.id == amendment)
    ).one_or_none()
    return None if row is None else _amendment(row)


def _amendment(row: Row[Any]) -> Amendment:
    return Amendment(
        id=row.id,
        letter=row.letter,
        kind=AmendmentKind(row.kind),
        from_sha256=row.from_sha256,
        to_sha256=row.to_sha256,
        meaning=row.meaning,
        note=row.note,
        answer_by=row.answer_by,
        made_at=row.made_at,
    )
