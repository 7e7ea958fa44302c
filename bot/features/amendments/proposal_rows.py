"""Amendments that wait for their organiser's yes: rows <-> values."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.letters.amendment import AmendmentKind, Proposal
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.tables import proposals


def put(tx: Transaction, proposal: Proposal, workspace: str) -> None:
    """Keep a proposal in the place of another one of the same organiser for the same letter."""
    tx.connection.execute(
        delete(proposals).where(
            proposals.c.letter == proposal.letter,
            proposals.c.team == proposal.by.team,
            proposals.c.user == proposal.by.user,
        )
    )
    tx.connection.execute(
        insert(proposals).values(
            id=proposal.id,
            letter=proposal.letter,
            workspace=workspace,
            kind=proposal.kind.value,
            from_sha256=proposal.from_sha256,
            body=proposal.body,
            note=proposal.note,
            answer_by=proposal.answer_by,
            team=proposal.by.team,
            user=proposal.by.user,
            made_at=tx.now,
        )
    )


def find(tx: Transaction, proposal: str) -> Proposal | None:
    """One proposal that is not carried out, nor replaced."""
    row = tx.connection.execute(
        select(proposals).where(proposals.c.id == proposal)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    return Proposal(
        id=row.id,
        letter=row.letter,
        kind=AmendmentKind(row.kind),
        from_sha256=row.from_sha256,
        body=row.body,
        note=row.note,
        answer_by=row.answer_by,
        by=Person(row.team, row.user),
    )


def drop(tx: Transaction, letter: int) -> None:
    """Drop all proposals for a letter: its text is another one now."""
    tx.connection.execute(delete(proposals).where(proposals.c.letter == letter))


def forget(tx: Transaction, before: datetime) -> int:
    """Forget those that were made before an instant; return how many."""
    return tx.connection.execute(delete(proposals).where(proposals.c.made_at < before)).rowcount
