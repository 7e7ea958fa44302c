"""The history of letters: rows <-> values. Entries are added, and blanked on erasure."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, text

from bot.letters.audit import Act, AuditEntry
from bot.letters.ids import first_id
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.tables import audit_entries, corrections, invitations, signatories
from bot.storage.tables.privacy import OF_INVITATION

ACTS_MOST = 1000
"""The most entries of one day that a digest counts."""
ERASED = "erased"
"""The user of an act whose author was erased, with no team."""
_SAME = ("id", "letter", "ground", "signatory", "endorsement", "invitation")
"""Fields of an entry that have columns of the same names."""


def add(tx: Transaction, entry: AuditEntry, workspace: str) -> None:
    """Add an entry."""
    tx.execute(
        insert(audit_entries).values(
            **{name: getattr(entry, name) for name in _SAME},
            workspace=workspace,
            act=entry.act.value,
            made_at=entry.at,
            team=entry.by.team if entry.by else "",
            user=entry.by.user if entry.by else "",
            about_team=entry.about.team if entry.about else "",
            about_user=entry.about.user if entry.about else "",
            facts=dict(entry.facts),
        )
    )


def of_letter(
    tx: Transaction, letter: int, *, skip: int = 0, limit: int | None = None
) -> list[AuditEntry]:
    """Return a letter's entries, the newest first."""
    rows = tx.execute(
        select(audit_entries)
        .where(audit_entries.c.letter == letter)
        .order_by(audit_entries.c.id.desc())
        .offset(skip)
        .limit(limit)
    )
    return [_entry(row) for row in rows]


def acts_between(
    tx: Transaction, among: Collection[int], since: datetime, until: datetime
) -> list[AuditEntry]:
    """Return the entries about some letters between two times, oldest first."""
    rows = tx.execute(
        select(audit_entries)
        .where(
            audit_entries.c.letter.in_(among),
            # Ids are ordered by time and indexed.
            audit_entries.c.id >= first_id(since),
            audit_entries.c.id < first_id(until),
        )
        .order_by(audit_entries.c.id)
        .limit(ACTS_MOST)
    )
    return [_entry(row) for row in rows]


def find(tx: Transaction, entry: str) -> AuditEntry | None:
    """Return an entry by its id."""
    row = tx.execute(select(audit_entries).where(audit_entries.c.id == entry)).one_or_none()
    return None if row is None else _entry(row)


def last_about(tx: Transaction, letter: int, act: Act, signatory: str) -> AuditEntry | None:
    """Return the newest entry of an act about one signatory, or None."""
    row = tx.execute(
        select(audit_entries)
        .where(
            audit_entries.c.letter == letter,
            audit_entries.c.act == act.value,
            audit_entries.c.signatory == signatory,
        )
        .order_by(audit_entries.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _entry(row)


def count(tx: Transaction, letter: int, *, most: int) -> int:
    """Return the number of a letter's entries, or `most` where there are more."""
    those = select(audit_entries.c.id).where(audit_entries.c.letter == letter).limit(most)
    return tx.execute(select(func.count()).select_from(those.subquery())).scalar_one()


def names_of(tx: Transaction, parties: Collection[str]) -> dict[str, str]:
    """Return the current list entries of signatories by id."""
    rows = tx.execute(
        select(signatories.c.id, signatories.c.entry).where(signatories.c.id.in_(_given(parties)))
    )
    return {row.id: row.entry for row in rows}


def invited_of(tx: Transaction, ids: Collection[str]) -> dict[str, str]:
    """Return the names of invited people and organisations by invitation id, removed ones too."""
    kept, acts = invitations.c, audit_entries.c
    rows = tx.execute(select(kept.id, kept.name, kept.organisation).where(kept.id.in_(_given(ids))))
    named = {row.id: row.organisation or row.name for row in rows}
    theirs = acts.invitation.in_(_given(ids)), text(OF_INVITATION)
    removed = (*theirs, acts.act == Act.INVITATION_REMOVED.value)
    gone = tx.execute(select(acts.invitation, acts.ground).where(*removed))
    return {row.invitation: row.ground for row in gone} | named


def corrected_of(tx: Transaction, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return the old and the new entry of corrections, by id."""
    rows = tx.execute(
        select(corrections.c.id, corrections.c.proposed).where(corrections.c.id.in_(_given(ids)))
    )
    return {row.id: (row.proposed.get("old", ""), row.proposed.get("entry", "")) for row in rows}


def _given(ids: Collection[str]) -> list[str]:
    return [one for one in ids if one]


def _entry(row: Any) -> AuditEntry:
    return AuditEntry(
        **{name: getattr(row, name) for name in _SAME},
        act=Act(row.act),
        at=row.made_at,
        by=_person(row.team, row.user),
        erased=(row.team, row.user) == ("", ERASED),
        about=_person(row.about_team, row.about_user),
        facts=row.facts,
    )


def _person(team: str, user: str) -> Person | None:
    return Person(team, user) if team else None
