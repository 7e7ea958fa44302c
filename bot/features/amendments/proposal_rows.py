"""Proposed amendments that their organiser has not confirmed: rows <-> values."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.letters.amendment import AmendmentKind, Proposal
from bot.letters.people import Person
from bot.letters.text import LetterText
from bot.storage.database import Transaction
from bot.storage.tables import proposals


def put(tx: Transaction, proposal: Proposal, workspace: str) -> None:
    """Store a proposal, replacing the same organiser's earlier one for the letter."""
    tx.execute(
        delete(proposals).where(
            proposals.c.letter == proposal.letter,
            proposals.c.team == proposal.by.team,
            proposals.c.user == proposal.by.user,
        )
    )
    tx.execute(
        insert(proposals).values(
            id=proposal.id,
            letter=proposal.letter,
            workspace=workspace,
            kind=proposal.kind.value,
            from_sha256=proposal.from_sha256,
            title=proposal.text.title,
            sender=proposal.text.sender,
            body=proposal.text.body,
            note=proposal.note,
            answer_by=proposal.answer_by,
            team=proposal.by.team,
            user=proposal.by.user,
            made_at=tx.now,
        )
    )


def find(tx: Transaction, proposal: str) -> Proposal | None:
    """Return a proposal, or None if it was carried out, replaced or deleted."""
    row = tx.execute(
        select(proposals).where(proposals.c.id == proposal)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    return Proposal(
        id=row.id,
        letter=row.letter,
        kind=AmendmentKind(row.kind),
        from_sha256=row.from_sha256,
        text=LetterText(row.title, row.sender, row.body),
        note=row.note,
        answer_by=row.answer_by,
        by=Person(row.team, row.user),
    )


def drop(tx: Transaction, letter: int) -> None:
    """Delete all proposals for a letter, after its text has changed."""
    tx.execute(delete(proposals).where(proposals.c.letter == letter))


def forget(tx: Transaction, before: datetime) -> int:
    """Delete the proposals made before a time; return how many."""
    return tx.execute(delete(proposals).where(proposals.c.made_at < before)).rowcount
