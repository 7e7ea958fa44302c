"""Corrections that organisers propose or make: rows <-> values."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import insert, select, update

from bot.features.corrections.rules import Answer, Correction
from bot.letters.endorsement import ANSWERED, Facts
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.tables import corrections


def add(tx: Transaction, correction: Correction, workspace: str) -> None:
    """Insert a correction."""
    tx.execute(
        insert(corrections).values(
            id=correction.id,
            letter=correction.letter,
            endorsement=correction.endorsement,
            workspace=workspace,
            proposed={
                "old": correction.old,
                "entry": correction.entry,
                "facts": _kept(correction.facts),
                "sort_name": correction.sort_name,
                "was": _kept(correction.was),
                "was_sort_name": correction.was_sort_name,
            },
            team=correction.by.team,
            user=correction.by.user,
            made_at=correction.made_at,
            answer=correction.answer.value if correction.answer else None,
            answered_at=correction.made_at if correction.answer else None,
        )
    )


def _kept(facts: Facts) -> dict[str, Any]:
    # What the signer answered stays with the signature alone, where they change it and it is erased.
    return {name: of for name, of in asdict(facts).items() if name not in ANSWERED}


def find(tx: Transaction, correction: str) -> Correction | None:
    """Return a correction, or None if there is none with this id."""
    row = tx.execute(select(corrections).where(corrections.c.id == correction)).one_or_none()
    if row is None:
        return None
    proposed = row.proposed
    return Correction(
        id=row.id,
        letter=row.letter,
        endorsement=row.endorsement,
        old=proposed["old"],
        entry=proposed["entry"],
        facts=Facts(**proposed["facts"]),
        sort_name=proposed["sort_name"],
        was=Facts(**proposed["was"]),
        was_sort_name=proposed["was_sort_name"],
        by=Person(row.team, row.user),
        made_at=row.made_at,
        answer=Answer(row.answer) if row.answer else None,
    )


def answer(tx: Transaction, correction: str, answer: Answer) -> None:
    """Record the signer's answer to a correction."""
    tx.execute(
        update(corrections)
        .where(corrections.c.id == correction)
        .values(answer=answer.value, answered_at=tx.now)
    )


def overtake(tx: Transaction, endorsement: str) -> None:
    """Mark the unanswered corrections of an endorsement as overtaken."""
    tx.execute(
        update(corrections)
        .where(corrections.c.endorsement == endorsement, corrections.c.answered_at.is_(None))
        .values(answer=Answer.OVERTAKEN.value, answered_at=tx.now)
    )
