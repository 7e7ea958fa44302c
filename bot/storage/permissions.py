"""Organisers' records of proof that an organisation agreed to sign: rows <-> values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from bot.letters.ids import new_id
from bot.letters.people import Person
from bot.letters.signatory import Signatory
from bot.letters.standing import Ground, Permission
from bot.storage.database import Transaction
from bot.storage.prepared import Question
from bot.storage.tables import permissions

_RECORDS = Question(
    lambda among: select(permissions).where(
        among(permissions.c.signatory, "parties"), permissions.c.ended_at.is_(None)
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """An organiser's record of proof that an organisation agreed to sign."""

    signatory: str
    permission: Permission
    by: Person
    made_at: datetime


def confirm(
    tx: Transaction, known: Collection[tuple[Signatory, Permission]], workspace: str, by: Person
) -> None:
    """Record an organiser's proof that organisations agreed to sign."""
    if not known:
        return
    tx.execute(
        insert(permissions),
        [
            {
                "id": new_id(tx.now),
                "letter": party.letter,
                "signatory": party.id,
                "workspace": workspace,
                "ground": permission.ground.value,
                "given_by": permission.given_by,
                "given_role": permission.given_role,
                "given_on": permission.given_on,
                "team": by.team,
                "user": by.user,
                "made_at": tx.now,
            }
            for party, permission in known
        ],
    )


def records(tx: Transaction, parties: Collection[str]) -> dict[str, list[Confirmed]]:
    """Return the valid records about each organisation, the first one first.

    Organisations without any are left out.
    """
    found: dict[str, list[Confirmed]] = {}
    for row in sorted(_RECORDS.ask(tx, parties=parties), key=lambda row: row.id):
        one = Confirmed(
            signatory=row.signatory,
            permission=Permission(
                ground=Ground(row.ground),
                given_by=row.given_by,
                given_role=row.given_role,
                given_on=row.given_on,
            ),
            by=Person(row.team, row.user),
            made_at=row.made_at,
        )
        found.setdefault(row.signatory, []).append(one)
    return found


def recorders(tx: Transaction, parties: Collection[str]) -> dict[str, set[Person]]:
    """Return the organisers with records about each organisation; others are left out."""
    return {
        party: {one.by for one in kept if not one.by.by_mail}
        for party, kept in records(tx, parties).items()
    }


def end_records(tx: Transaction, party: str) -> None:
    """End every record about an organisation that has no signers any more."""
    tx.execute(
        update(permissions)
        .where(permissions.c.signatory == party, permissions.c.ended_at.is_(None))
        .values(ended_at=tx.now)
    )


def move(tx: Transaction, party: str, to: str) -> None:
    """Move the records about one signatory to another."""
    tx.execute(update(permissions).where(permissions.c.signatory == party).values(signatory=to))
