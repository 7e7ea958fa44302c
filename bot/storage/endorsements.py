"""Endorsements: rows <-> values.

What a batch of signatures needs is loaded by one statement and written by one executemany:
statements, not the disk, are what signing costs.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.letters.endorsement import Capacity, Endorsement, Facts, Signature
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.tables import endorsements, signatories

# A list for each column, not one of rows: PostgreSQL reads rows as a chain of ORs. And in no order:
# for that SQLite would rather read the whole letter by id.
_HELD = select(endorsements).where(
    endorsements.c.team.in_(bindparam("teams", expanding=True)),
    endorsements.c.user.in_(bindparam("users", expanding=True)),
    endorsements.c.letter.in_(bindparam("letters", expanding=True)),
    endorsements.c.withdrawn_at.is_(None),
)


def _endorsement(row: Row[Any]) -> Endorsement:
    return Endorsement(
        id=row.id,
        letter=row.letter,
        signatory=row.signatory,
        person=Person(row.team, row.user),
        signature=Signature(
            capacity=Capacity(row.capacity),
            facts=Facts(
                name=row.name,
                title=row.title,
                affiliation=row.affiliation,
                organisation=row.organisation,
                country=row.country,
                role=row.role,
                authorised=row.authorised,
            ),
            line=row.line,
            sort_name=row.sort_name,
            sort_fold=row.sort_fold,
            key=row.key,
            text_sha256=row.text_sha256,
            consent=row.consent,
        ),
        signed_at=row.signed_at,
        changed_at=row.changed_at,
        withdrawn_at=row.withdrawn_at,
    )


def _signature_columns(signature: Signature) -> dict[str, Any]:
    facts = signature.facts
    return {
        "capacity": signature.capacity.value,
        "name": facts.name,
        "title": facts.title,
        "affiliation": facts.affiliation,
        "organisation": facts.organisation,
        "country": facts.country,
        "role": facts.role,
        "authorised": facts.authorised,
        "line": signature.line,
        "sort_name": signature.sort_name,
        "sort_fold": signature.sort_fold,
        "key": signature.key,
        "text_sha256": signature.text_sha256,
        "consent": signature.consent,
    }


def held_by(
    tx: Transaction, holders: Collection[tuple[int, Person]]
) -> dict[tuple[int, Person], list[Endorsement]]:
    """What each person holds on that letter, not withdrawn, oldest first; who holds none is missing."""
    rows = tx.connection.execute(
        _HELD,
        {
            "teams": list({person.team for _, person in holders}),
            "users": list({person.user for _, person in holders}),
            "letters": list({letter for letter, _ in holders}),
        },
    )
    held: dict[tuple[int, Person], list[Endorsement]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        endorsement = _endorsement(row)
        holder = (endorsement.letter, endorsement.person)
        if holder in holders:
            held.setdefault(holder, []).append(endorsement)
    return held


def everything_held_by(tx: Transaction, person: Person) -> list[Endorsement]:
    """What somebody holds on any letter, not withdrawn, newest first."""
    rows = tx.connection.execute(
        select(endorsements)
        .where(
            endorsements.c.team == person.team,
            endorsements.c.user == person.user,
            endorsements.c.withdrawn_at.is_(None),
        )
        .order_by(endorsements.c.id.desc())
    )
    return [_endorsement(row) for row in rows]


def find(tx: Transaction, endorsement: str) -> Endorsement | None:
    """One endorsement, withdrawn or not."""
    row = tx.connection.execute(
        select(endorsements).where(endorsements.c.id == endorsement)
    ).one_or_none()
    return None if row is None else _endorsement(row)


def add(tx: Transaction, added: Sequence[Endorsement], workspace: str) -> None:
    """Keeps new endorsements of one workspace."""
    tx.connection.execute(
        insert(endorsements),
        [
            {
                "id": endorsement.id,
                "letter": endorsement.letter,
                "signatory": endorsement.signatory,
                "workspace": workspace,
                "team": endorsement.person.team,
                "user": endorsement.person.user,
                "signed_at": endorsement.signed_at,
                **_signature_columns(endorsement.signature),
            }
            for endorsement in added
        ],
    )


def change(tx: Transaction, endorsement: str, signature: Signature) -> None:
    """Writes what its signer corrected."""
    tx.connection.execute(
        update(endorsements)
        .where(endorsements.c.id == endorsement)
        .values(changed_at=tx.now, **_signature_columns(signature))
    )


def withdraw(tx: Transaction, endorsement: str) -> None:
    """Marks an endorsement as withdrawn now."""
    tx.connection.execute(
        update(endorsements).where(endorsements.c.id == endorsement).values(withdrawn_at=tx.now)
    )


def speaking_for(tx: Transaction, party: str, speaker: str) -> Endorsement | None:
    """Of those that stand for a signatory: the speaker, or else the one that was given first."""
    row = tx.connection.execute(
        select(endorsements)
        .where(endorsements.c.signatory == party, endorsements.c.withdrawn_at.is_(None))
        .order_by(endorsements.c.id != speaker, endorsements.c.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else _endorsement(row)


def latest(tx: Transaction, letter: int, limit: int) -> list[Endorsement]:
    """Who signed last, newest first."""
    rows = tx.connection.execute(
        select(endorsements)
        .where(endorsements.c.letter == letter, endorsements.c.withdrawn_at.is_(None))
        .order_by(endorsements.c.id.desc())
        .limit(limit)
    )
    return [_endorsement(row) for row in rows]


def speakers(tx: Transaction, letter: int) -> dict[str, Endorsement]:
    """For each signatory on the list, the endorsement whose line it carries."""
    rows = tx.connection.execute(
        select(endorsements)
        .join(signatories, signatories.c.speaker == endorsements.c.id)
        .where(signatories.c.letter == letter, signatories.c.endorsements > 0)
    )
    return {row.signatory: _endorsement(row) for row in rows}
