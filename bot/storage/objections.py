"""Objections to organisations' signatures, and organisers' decisions on them: rows <-> values."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.letters.ids import new_id
from bot.letters.people import Person
from bot.letters.signatory import Signatory
from bot.storage.database import Transaction
from bot.storage.states import Decision
from bot.storage.tables import objections
from bot.storage.tables.columns import is_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An objection to a signature for the objector's organisation."""

    id: str
    signatory: str
    person: Person
    name: str
    role: str
    """The objector's role in the organisation, in their own words."""
    reason: str
    tied: bool
    """The objector is invited to sign for the organisation."""
    made_at: datetime
    decision: Decision | None
    why: str
    """The reason that the deciding organiser stated."""
    decided_by: Person | None
    decided_at: datetime | None
    domain: str = ""
    """The domain of the objector's address, while that is kept."""


_NOT_SAME = {"person", "decision", "decided_by", "domain"}
_SAME = tuple(one.name for one in fields(Objection) if one.name not in _NOT_SAME)
"""Fields of an objection that have columns of the same names."""


def add(
    tx: Transaction,
    party: Signatory,
    workspace: str,
    person: Person,
    *,
    name: str,
    role: str,
    reason: str,
    tied: bool,
) -> str:
    """Add an objection and return its id."""
    number = new_id(tx.now)
    tx.execute(
        insert(objections).values(
            id=number,
            letter=party.letter,
            signatory=party.id,
            workspace=workspace,
            team=person.team,
            user=person.user,
            name=name,
            role=role,
            reason=reason,
            tied=tied,
            made_at=tx.now,
        )
    )
    return number


def reword(tx: Transaction, number: str, *, name: str, role: str, reason: str) -> None:
    """Replace the words of an open objection by later ones of the same person."""
    tx.execute(
        update(objections)
        .where(objections.c.id == number)
        .values(name=name, role=role, reason=reason)
    )


def is_decided(tx: Transaction, number: str) -> bool:
    """Return whether an objection was decided, or is gone."""
    open_one = select(objections.c.id).where(
        objections.c.id == number, objections.c.decided_at.is_(None)
    )
    return tx.execute(open_one).first() is None


def count_of(tx: Transaction, letter: int, person: Person, *, since: datetime | None = None) -> int:
    """Count a person's undecided objections on a letter, or all that they made since a time."""
    some = objections.c.decided_at.is_(None) if since is None else objections.c.made_at > since
    theirs = objections.c.letter == letter, is_person(objections, person)
    counted = select(func.count()).select_from(objections).where(*theirs, some)
    return tx.execute(counted).scalar_one()


def of_parties(tx: Transaction, parties: Collection[str]) -> dict[str, list[Objection]]:
    """Return the objections to each organisation, first to last; those without are left out."""
    rows = tx.execute(
        select(objections).where(objections.c.signatory.in_(parties)).order_by(objections.c.id)
    )
    found: dict[str, list[Objection]] = {}
    for row in rows:
        found.setdefault(row.signatory, []).append(_objection(row))
    return found


def open_to(tx: Transaction, party: str) -> list[Objection]:
    """Return the undecided objections to an organisation."""
    heard = of_parties(tx, [party]).get(party, [])
    return [one for one in heard if one.decided_at is None]


def _objection(row: Row[Any]) -> Objection:
    same: dict[str, Any] = {name: getattr(row, name) for name in _SAME}
    return Objection(
        **same,
        person=Person(row.team, row.user),
        decision=Decision(row.decision) if row.decision else None,
        decided_by=Person(row.decided_team, row.decided_user) if row.decided_user else None,
    )


def decide(
    tx: Transaction, party: str, decision: Decision, why: str = "", by: Person | None = None
) -> set[Person]:
    """End every open objection to an organisation, and return who objected.

    `by` is the organiser, None for the app. Erased objectors are left out.
    """
    rows = tx.execute(
        update(objections)
        .where(objections.c.signatory == party, objections.c.decided_at.is_(None))
        .values(
            decision=decision.value,
            why=why,
            decided_team=by.team if by else None,
            decided_user=by.user if by else None,
            decided_at=tx.now,
        )
        .returning(objections.c.team, objections.c.user)
    )
    return {Person(row.team, row.user) for row in rows if row.team}


def close(tx: Transaction, ended: Collection[str]) -> None:
    """End objections that need no decision."""
    if ended:
        tx.execute(
            update(objections)
            .where(objections.c.id.in_(ended))
            .values(decision=Decision.MOOT.value, decided_at=tx.now)
        )


def move(tx: Transaction, party: str, to: str) -> None:
    """Move the objections to one signatory to another."""
    tx.execute(update(objections).where(objections.c.signatory == party).values(signatory=to))
