"""Proposed amendments that their organiser has not confirmed: rows <-> values."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.letters.amendment import AmendmentKind, Proposal
from bot.letters.people import Person
from bot.letters.text import SIGNED, LetterText
from bot.storage.database import Transaction
from bot.storage.tables import proposals

_SAME = ("id", "letter", "from_sha256", "note", "answer_by")
"""Fields of a proposal that have columns of the same names."""


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
            **{name: getattr(proposal, name) for name in _SAME},
            **{name: getattr(proposal.text, name) for name in SIGNED},
            workspace=workspace,
            kind=proposal.kind.value,
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
        **{name: getattr(row, name) for name in _SAME},
        kind=AmendmentKind(row.kind),
        text=LetterText(*(getattr(row, name) for name in SIGNED)),
        by=Person(row.team, row.user),
    )


def drop(tx: Transaction, letter: int) -> None:
    """Delete all proposals for a letter, after its text has changed."""
    tx.execute(delete(proposals).where(proposals.c.letter == letter))


def forget(tx: Transaction, before: datetime) -> int:
    """Delete the proposals made before a time; return how many."""
    return tx.execute(delete(proposals).where(proposals.c.made_at < before)).rowcount
