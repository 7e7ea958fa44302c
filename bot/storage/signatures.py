"""Endorsements and the signatories they put on the list: rows <-> values.

What a batch of signatures needs is loaded by one statement each and written by one executemany
each: statements, not the disk, are what signing costs.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Row,
    and_,
    bindparam,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from bot.letters.endorsement import Capacity, Endorsement, Facts, Kind, Signature
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.tables import endorsements, letters, signatories, tally_hours
from bot.storage.upsert import insert_into

PINNED, ORGANISATIONS, PEOPLE = 0, 1, 2
GROUP = {Kind.ORGANISATION: ORGANISATIONS, Kind.PERSON: PEOPLE}
"""Where a kind of signatory stands on the list; conveners stand before both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """A party on a letter's list."""

    id: str
    letter: int
    kind: Kind
    key: str
    line: str
    sort_fold: str
    pinned: int
    """Its place among the conveners, from 1; 0 for all others."""
    endorsements: int
    """How many people hold it up; at 0 it is off the list."""


def _signatory(row: Row[Any]) -> Signatory:
    return Signatory(
        id=row.id,
        letter=row.letter,
        kind=Kind(row.kind),
        key=row.key,
        line=row.line,
        sort_fold=row.sort_fold,
        pinned=row.pinned,
        endorsements=row.endorsements,
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


_HELD = (
    select(endorsements)
    .where(
        tuple_(endorsements.c.team, endorsements.c.user).in_(bindparam("people", expanding=True)),
        endorsements.c.letter.in_(bindparam("letters", expanding=True)),
        endorsements.c.withdrawn_at.is_(None),
    )
    .order_by(endorsements.c.id)
)
_SIGNATORIES = select(signatories).where(
    tuple_(signatories.c.letter, signatories.c.kind, signatories.c.key).in_(
        bindparam("keys", expanding=True)
    )
)


def held_by(
    tx: Transaction, people: Collection[Person], letters: Collection[int]
) -> dict[tuple[int, Person], list[Endorsement]]:
    """What these people hold on these letters, not withdrawn, oldest first."""
    rows = tx.connection.execute(
        _HELD, {"people": [(p.team, p.user) for p in people], "letters": list(letters)}
    )
    held: dict[tuple[int, Person], list[Endorsement]] = {}
    for row in rows:
        endorsement = _endorsement(row)
        held.setdefault((endorsement.letter, endorsement.person), []).append(endorsement)
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


def parties(
    tx: Transaction, keys: Collection[tuple[int, Kind, str]]
) -> dict[tuple[int, Kind, str], Signatory]:
    """Signatories by letter, kind and key, also those off the list."""
    rows = tx.connection.execute(
        _SIGNATORIES, {"keys": [(letter, kind.value, key) for letter, kind, key in keys]}
    )
    found = (_signatory(row) for row in rows)
    return {(party.letter, party.kind, party.key): party for party in found}


def add_endorsements(tx: Transaction, added: Sequence[Endorsement], workspace: str) -> None:
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


def change_endorsement(tx: Transaction, endorsement: str, signature: Signature) -> None:
    """Writes what its signer corrected."""
    tx.connection.execute(
        update(endorsements)
        .where(endorsements.c.id == endorsement)
        .values(changed_at=tx.now, **_signature_columns(signature))
    )


def withdraw_endorsement(tx: Transaction, endorsement: str) -> None:
    """Marks an endorsement as withdrawn now."""
    tx.connection.execute(
        update(endorsements).where(endorsements.c.id == endorsement).values(withdrawn_at=tx.now)
    )


def put_signatories(tx: Transaction, changed: Sequence[Signatory], workspace: str) -> None:
    """Writes signatories as they are now, new or not."""
    statement = insert_into(tx, signatories)
    kept = ("line", "sort_fold", "group_no", "pinned", "endorsements")
    tx.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["id"], set_={name: statement.excluded[name] for name in kept}
        ),
        [
            {
                "id": party.id,
                "letter": party.letter,
                "workspace": workspace,
                "kind": party.kind.value,
                "key": party.key,
                "line": party.line,
                "sort_fold": party.sort_fold,
                "group_no": PINNED if party.pinned else GROUP[party.kind],
                "pinned": party.pinned,
                "endorsements": party.endorsements,
            }
            for party in changed
        ],
    )


def signatory(tx: Transaction, party: str) -> Signatory:
    """One signatory by id."""
    return _signatory(
        tx.connection.execute(select(signatories).where(signatories.c.id == party)).one()
    )


def speaking_for(tx: Transaction, party: str) -> Endorsement | None:
    """The endorsement whose line a signatory carries: the first that still stands."""
    row = tx.connection.execute(
        select(endorsements)
        .where(endorsements.c.signatory == party, endorsements.c.withdrawn_at.is_(None))
        .order_by(endorsements.c.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else _endorsement(row)


def count(
    tx: Transaction, workspace: str, letter: int, signed: Counter[Kind], withdrawn: Counter[Kind]
) -> None:
    """Moves a letter's tally by signatories that came onto its list or left it."""
    people = signed[Kind.PERSON] - withdrawn[Kind.PERSON]
    organisations = signed[Kind.ORGANISATION] - withdrawn[Kind.ORGANISATION]
    tx.connection.execute(
        update(letters)
        .where(letters.c.id == letter)
        .values(
            people=letters.c.people + people,
            organisations=letters.c.organisations + organisations,
        )
    )
    hour = tx.now.replace(minute=0, second=0, microsecond=0)
    statement = insert_into(tx, tally_hours)
    moved = [kind for kind in Kind if signed[kind] or withdrawn[kind]]
    if not moved:
        return
    tx.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["letter", "hour", "kind"],
            set_={
                "signed": tally_hours.c.signed + statement.excluded.signed,
                "withdrawn": tally_hours.c.withdrawn + statement.excluded.withdrawn,
            },
        ),
        [
            {
                "letter": letter,
                "workspace": workspace,
                "hour": hour,
                "kind": kind.value,
                "signed": signed[kind],
                "withdrawn": withdrawn[kind],
            }
            for kind in moved
        ],
    )


def by_hour(tx: Transaction, letter: int) -> list[tuple[datetime, Kind, int]]:
    """How many came onto the list, less those who left, by hour and kind."""
    rows = tx.connection.execute(
        select(tally_hours).where(tally_hours.c.letter == letter).order_by(tally_hours.c.hour)
    )
    return [(row.hour, Kind(row.kind), row.signed - row.withdrawn) for row in rows]


Position = tuple[int, int, str, str, str]
"""Where a line stands on its list: group, pinned, sort_fold, line, id."""


def listed(
    tx: Transaction, letter: int, *, after: Position | None = None, limit: int | None = None
) -> list[tuple[Position, Signatory]]:
    """The list in its order, from behind a position. Costs the same on every page."""
    columns = (
        signatories.c.group_no,
        signatories.c.pinned,
        signatories.c.sort_fold,
        signatories.c.line,
        signatories.c.id,
    )
    statement = (
        select(signatories)
        .where(signatories.c.letter == letter, signatories.c.endorsements > 0)
        .order_by(*columns)
    )
    if after is not None:
        statement = statement.where(tuple_(*columns) > tuple_(*(literal(v) for v in after)))
    if limit is not None:
        statement = statement.limit(limit)
    rows = tx.connection.execute(statement)
    return [
        ((row.group_no, row.pinned, row.sort_fold, row.line, row.id), _signatory(row))
        for row in rows
    ]


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
        .where(endorsements.c.letter == letter, endorsements.c.withdrawn_at.is_(None))
        .order_by(endorsements.c.id.desc())
    )
    return {row.signatory: _endorsement(row) for row in rows}


def named(
    tx: Transaction, letter: int, line: str, folds: Collection[str], key: str
) -> list[Signatory]:
    """Signatories on the list that somebody may mean by a name: its line, its fold or its key."""
    rows = tx.connection.execute(
        select(signatories)
        .where(
            signatories.c.letter == letter,
            signatories.c.endorsements > 0,
            or_(
                signatories.c.line == line,
                signatories.c.sort_fold.in_(folds),
                and_(signatories.c.kind == Kind.ORGANISATION.value, signatories.c.key == key),
            ),
        )
        .order_by(signatories.c.id)
        .limit(20)
    )
    return [_signatory(row) for row in rows]


def pin(tx: Transaction, party: str, kind: Kind, rank: int) -> None:
    """Puts a signatory among the conveners at a rank from 1, or with 0 back into its group."""
    tx.connection.execute(
        update(signatories)
        .where(signatories.c.id == party)
        .values(pinned=rank, group_no=PINNED if rank else GROUP[kind])
    )


def last_pin(tx: Transaction, letter: int) -> int:
    """The rank of the last convener; 0 where there is none."""
    return (
        tx.connection.execute(
            select(func.max(signatories.c.pinned)).where(signatories.c.letter == letter)
        ).scalar()
        or 0
    )
