"""Confirmations, objections and decisions about organisations."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.letters.people import Person
from bot.letters.signatory import Signatory
from bot.letters.standing import Ground, Permission
from bot.storage.database import Transaction
from bot.storage.ids import new_id
from bot.storage.tables import confirmations, contests


class Decision(StrEnum):
    """Outcome of an objection."""

    LISTED = "listed"
    """An organiser decided that the signature holds."""
    STRUCK = "struck"
    MOOT = "moot"
    """Those who signed took it back themselves, or the same person said it twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """An objection to a signature for the objector's organisation."""

    id: str
    signatory: str
    person: Person
    name: str
    role: str
    """Role in the organisation, in their own words."""
    reason: str
    made_at: datetime
    decision: Decision | None
    why: str
    """The reason of the organiser who decided."""
    decided_by: Person | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """An organiser's record of how they know that an organisation signed."""

    signatory: str
    permission: Permission
    by: Person
    made_at: datetime


def confirm(
    tx: Transaction, party: Signatory, workspace: str, permission: Permission, by: Person
) -> None:
    """Record how an organiser knows that an organisation signed."""
    confirm_all(tx, [(party, permission)], workspace, by)


def confirm_all(
    tx: Transaction,
    known: Collection[tuple[Signatory, Permission]],
    workspace: str,
    by: Person,
) -> None:
    """The same for many at once."""
    if not known:
        return
    tx.connection.execute(
        insert(confirmations),
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


def confirmed(tx: Transaction, parties: Collection[str]) -> dict[str, Confirmed]:
    """The last record of an organiser about each organisation; who has none is missing.

    Those that ended with what they were about are not among them.
    """
    rows = tx.connection.execute(
        select(confirmations)
        .where(confirmations.c.signatory.in_(parties), confirmations.c.ended_at.is_(None))
        .order_by(confirmations.c.id)
    )
    return {
        row.signatory: Confirmed(
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
        for row in rows
    }


def recorders(tx: Transaction, parties: Collection[str]) -> dict[str, set[Person]]:
    """Return who recorded proof of permission for each organisation; those without are missing."""
    found: dict[str, set[Person]] = {}
    if parties:
        rows = tx.connection.execute(
            select(confirmations.c.signatory, confirmations.c.team, confirmations.c.user).where(
                confirmations.c.signatory.in_(parties), confirmations.c.ended_at.is_(None)
            )
        )
        for row in rows:
            found.setdefault(row.signatory, set()).add(Person(row.team, row.user))
    return found


def end_records(tx: Transaction, party: str) -> None:
    """End every record about an organisation that nobody signs for any more."""
    tx.connection.execute(
        update(confirmations)
        .where(confirmations.c.signatory == party, confirmations.c.ended_at.is_(None))
        .values(ended_at=tx.now)
    )


def contest(
    tx: Transaction,
    party: Signatory,
    workspace: str,
    person: Person,
    *,
    name: str,
    role: str,
    reason: str,
) -> str:
    """Keep an objection and return its id."""
    number = new_id(tx.now)
    tx.connection.execute(
        insert(contests).values(
            id=number,
            letter=party.letter,
            signatory=party.id,
            workspace=workspace,
            team=person.team,
            user=person.user,
            name=name,
            role=role,
            reason=reason,
            made_at=tx.now,
        )
    )
    return number


def contests_of(tx: Transaction, parties: Collection[str]) -> dict[str, list[Contest]]:
    """The objections to each organisation, the first one first; who has none is missing."""
    rows = tx.connection.execute(
        select(contests).where(contests.c.signatory.in_(parties)).order_by(contests.c.id)
    )
    found: dict[str, list[Contest]] = {}
    for row in rows:
        found.setdefault(row.signatory, []).append(_contest(row))
    return found


def _contest(row: Row[Any]) -> Contest:
    return Contest(
        id=row.id,
        signatory=row.signatory,
        person=Person(row.team, row.user),
        name=row.name,
        role=row.role,
        reason=row.reason,
        made_at=row.made_at,
        decision=Decision(row.decision) if row.decision else None,
        why=row.why,
        decided_by=Person(row.decided_team, row.decided_user) if row.decided_user else None,
        decided_at=row.decided_at,
    )


def decide(tx: Transaction, party: str, decision: Decision, why: str, by: Person) -> None:
    """End every open objection to an organisation."""
    tx.connection.execute(
        update(contests)
        .where(contests.c.signatory == party, contests.c.decided_at.is_(None))
        .values(
            decision=decision.value,
            why=why,
            decided_team=by.team,
            decided_user=by.user,
            decided_at=tx.now,
        )
    )


def close_contests(tx: Transaction, party: str) -> None:
    """End every open objection to an organisation that nobody signs for any more."""
    tx.connection.execute(
        update(contests)
        .where(contests.c.signatory == party, contests.c.decided_at.is_(None))
        .values(decision=Decision.MOOT.value, decided_at=tx.now)
    )


def close(tx: Transaction, ended: Collection[str]) -> None:
    """End some objections that need no decision."""
    if ended:
        tx.connection.execute(
            update(contests)
            .where(contests.c.id.in_(ended))
            .values(decision=Decision.MOOT.value, decided_at=tx.now)
        )


def move(tx: Transaction, party: str, to: str) -> None:
    """Make what was said about one signatory count for another one."""
    for table in (confirmations, contests):
        tx.connection.execute(update(table).where(table.c.signatory == party).values(signatory=to))
