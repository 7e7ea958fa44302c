"""Merges of signatories, with the data for undoing them: rows <-> values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, or_, select, update

from bot.letters.people import Person
from bot.storage import endorsements as endorsement_rows
from bot.storage.database import Transaction
from bot.storage.tables import endorsements, merges, objections, permissions, signatories

OWNED = {"endorsements": endorsements, "permissions": permissions, "objections": objections}
"""Tables whose rows belong to a signatory, and move with it in a merge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """One merge of two signatories of a letter."""

    id: str
    letter: int
    keeps: str
    """The signatory that was kept, by id."""
    goes: str
    """The signatory that was merged into `keeps`, by id."""
    done: Mapping[str, Any]
    """Changes made by the merge, as JSON: ids, and the state of both signatories before."""
    by: Person
    made_at: datetime
    undone_at: datetime | None = None


def add(tx: Transaction, merge: Merge, workspace: str) -> None:
    """Insert a merge."""
    tx.execute(
        insert(merges).values(
            id=merge.id,
            letter=merge.letter,
            workspace=workspace,
            keeps=merge.keeps,
            goes=merge.goes,
            done=dict(merge.done),
            team=merge.by.team,
            user=merge.by.user,
            made_at=merge.made_at,
        )
    )


def find(tx: Transaction, merge: str) -> Merge | None:
    """Return a merge by its id."""
    row = tx.execute(select(merges).where(merges.c.id == merge)).one_or_none()
    return None if row is None else _merge(row)


def of_letter(tx: Transaction, letter: int, *, limit: int) -> list[Merge]:
    """Return a letter's merges that were not undone, the newest first."""
    rows = tx.execute(
        select(merges)
        .where(merges.c.letter == letter, merges.c.undone_at.is_(None))
        .order_by(merges.c.id.desc())
        .limit(limit)
    )
    return [_merge(row) for row in rows]


def is_last(tx: Transaction, merge: Merge) -> bool:
    """Return whether no later merge still in force involves the kept signatory."""
    later = tx.execute(
        select(merges.c.id)
        .where(
            merges.c.letter == merge.letter,
            merges.c.undone_at.is_(None),
            merges.c.id > merge.id,
            or_(merges.c.keeps == merge.keeps, merges.c.goes == merge.keeps),
        )
        .limit(1)
    )
    return later.first() is None


def mark_undone(tx: Transaction, merge: str, by: Person) -> None:
    """Record that a merge was undone now."""
    tx.execute(
        update(merges)
        .where(merges.c.id == merge)
        .values(undone_at=tx.now, undone_team=by.team, undone_user=by.user)
    )


def owned(tx: Transaction, party: str) -> dict[str, list[str]]:
    """Return the ids of all rows that belong to a signatory, by the name of their table."""
    found = {
        name: select(table.c.id).where(table.c.signatory == party).order_by(table.c.id)
        for name, table in OWNED.items()
    }
    return {name: list(tx.execute(ids).scalars()) for name, ids in found.items()}


def give(tx: Transaction, table: str, ids: Collection[str], to: str) -> None:
    """Move rows of a table to another signatory."""
    if ids:
        rows = OWNED[table]
        tx.execute(update(rows).where(rows.c.id.in_(ids)).values(signatory=to))


def merged_before(tx: Transaction, party: str) -> list[str]:
    """Return the ids of the signatories that were merged into this one."""
    found = select(signatories.c.id).where(signatories.c.merged_into == party)
    return list(tx.execute(found).scalars())


def merge_into(tx: Transaction, parties: Collection[str], to: str | None) -> None:
    """Mark signatories as merged into `to`; None: as not merged."""
    if parties:
        tx.execute(update(signatories).where(signatories.c.id.in_(parties)).values(merged_into=to))


def answer_of(tx: Transaction, endorsement: str) -> list[str]:
    """Return the time and the text's SHA-256 of an endorsement's last Keep; [] if there is none."""
    row = _kept(tx, endorsement)
    return [] if row.kept_at is None else [row.kept_at.isoformat(), row.kept_sha256]


def _kept(tx: Transaction, endorsement: str) -> Row[Any, Any, Any, Any]:
    this = endorsements.c
    return tx.execute(
        select(this.meaning, this.kept_sha256, this.kept_at, this.kept_consent).where(
            this.id == endorsement
        )
    ).one()


def revive(tx: Transaction, ended: str, survivor: str, before: list[str]) -> int:
    """Restore an endorsement that a merge ended; return the `meaning` of its text.

    A Keep of the `survivor` since the merge applies to the ended endorsement as well. It is
    recognised by an answer that differs from `before` (`answer_of` at the merge), not by the clock,
    which may have been set back.
    """
    answered = _kept(tx, survivor)
    this = endorsements.c.id == ended
    endorsement_rows.revive(tx, ended)
    if answer_of(tx, survivor) != before:
        tx.execute(
            update(endorsements)
            .where(this, endorsements.c.meaning < answered.meaning)
            .values(**answered._mapping)  # noqa: SLF001 - a row's mapping
        )
    return tx.execute(select(endorsements.c.meaning).where(this)).scalar_one()


def reopen(tx: Transaction, closed: Collection[str]) -> None:
    """Reopen objections that a merge closed because the objector had objected to both."""
    if closed:
        tx.execute(
            update(objections)
            .where(objections.c.id.in_(closed), objections.c.decided_user.is_(None))
            .values(decision=None, decided_at=None)
        )


def _merge(row: Row[Any]) -> Merge:
    return Merge(
        id=row.id,
        letter=row.letter,
        keeps=row.keeps,
        goes=row.goes,
        done=row.done,
        by=Person(row.team, row.user),
        made_at=row.made_at,
        undone_at=row.undone_at,
    )
