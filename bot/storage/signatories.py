"""Signatories, the parties that endorsements put on a list: rows <-> values."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, literal, or_, select, tuple_, update

from bot.letters.endorsement import Kind
from bot.letters.order import CONVENERS, GROUP, Position
from bot.storage.database import Transaction
from bot.storage.tables import signatories
from bot.storage.upsert import insert_into

# A list for each column, as in endorsements.
_BY_KEYS = select(signatories).where(
    signatories.c.letter.in_(bindparam("letters", expanding=True)),
    signatories.c.kind.in_(bindparam("kinds", expanding=True)),
    signatories.c.key.in_(bindparam("keys", expanding=True)),
)


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
    speaker: str
    """The endorsement whose line it carries."""


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
        speaker=row.speaker,
    )


def by_keys(
    tx: Transaction, keys: Collection[tuple[int, Kind, str]]
) -> dict[tuple[int, Kind, str], Signatory]:
    """Signatories by letter, kind and key, also those off the list; others may be among them."""
    rows = tx.connection.execute(
        _BY_KEYS,
        {
            "letters": list({letter for letter, _, _ in keys}),
            "kinds": list({kind.value for _, kind, _ in keys}),
            "keys": list({key for _, _, key in keys}),
        },
    )
    found = (_signatory(row) for row in rows)
    return {(party.letter, party.kind, party.key): party for party in found}


def find(tx: Transaction, party: str) -> Signatory:
    """One signatory by id."""
    return _signatory(
        tx.connection.execute(select(signatories).where(signatories.c.id == party)).one()
    )


def put(tx: Transaction, changed: Sequence[Signatory], workspace: str) -> None:
    """Writes signatories as they are now, new or not."""
    statement = insert_into(tx, signatories)
    kept = ("line", "sort_fold", "group_no", "pinned", "endorsements", "speaker")
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
                "group_no": CONVENERS if party.pinned else GROUP[party.kind],
                "pinned": party.pinned,
                "endorsements": party.endorsements,
                "speaker": party.speaker,
            }
            for party in changed
        ],
    )


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
        .values(pinned=rank, group_no=CONVENERS if rank else GROUP[kind])
    )


def last_pin(tx: Transaction, letter: int) -> int:
    """The rank of the last convener; 0 where there is none."""
    return (
        tx.connection.execute(
            select(func.max(signatories.c.pinned)).where(signatories.c.letter == letter)
        ).scalar()
        or 0
    )
