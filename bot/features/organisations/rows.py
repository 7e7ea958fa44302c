"""Similar signatories, those marked as different, and refused domains: rows <-> values."""

from collections.abc import Collection

from sqlalchemy import delete, exists, func, or_, select, tuple_

from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.storage.database import Transaction
from bot.storage.prepared import insert_into
from bot.storage.tables import (
    compared,
    distinct_pairs,
    endorsements,
    letters,
    likely_pairs,
    refused_domains,
    signatories,
)

Pair = tuple[str, str]
"""Two signatories by id, the lower one first."""


def pair(one: str, other: str) -> Pair:
    """Return two signatories by id, the lower one first."""
    return (one, other) if one < other else (other, one)


def add(
    tx: Transaction, letter: int, workspace: str, told_apart: Collection[Pair], by: Person
) -> None:
    """Insert pairs that an organiser marked as different; existing ones stay."""
    rows = [
        {
            "letter": letter,
            "one": one,
            "other": other,
            "workspace": workspace,
            "team": by.team,
            "user": by.user,
            "said_at": tx.now,
        }
        for one, other in told_apart
    ]
    if rows:
        tx.execute(insert_into(tx, distinct_pairs).on_conflict_do_nothing(), rows)


def of(tx: Transaction, letter: int, parties: Collection[str]) -> set[Pair]:
    """Return the pairs marked as different that contain one of these signatories."""
    if not parties:
        return set()
    rows = tx.execute(
        select(distinct_pairs.c.one, distinct_pairs.c.other).where(
            distinct_pairs.c.letter == letter,
            or_(distinct_pairs.c.one.in_(parties), distinct_pairs.c.other.in_(parties)),
        )
    )
    return {(row.one, row.other) for row in rows}


def others(tx: Transaction, party: str) -> list[str]:
    """Return the ids of the signatories marked as different from this one."""
    rows = tx.execute(
        select(distinct_pairs.c.one, distinct_pairs.c.other)
        .where(or_(distinct_pairs.c.one == party, distinct_pairs.c.other == party))
        .order_by(distinct_pairs.c.one, distinct_pairs.c.other)
    )
    return [row.other if row.one == party else row.one for row in rows]


def part(
    tx: Transaction,
    letter: Letter,
    by: Person,
    kept: str,
    gone: str,
    of_gone: Collection[str],
    of_kept: Collection[str],
) -> None:
    """Restore the pairs marked as different before a merge that is now undone.

    `of_gone` and `of_kept` are the signatories marked as different from each of the two, and `by`
    is the organiser who merged.
    """
    carried = [pair(kept, one) for one in of_gone if one not in of_kept]
    if carried:
        tx.execute(
            delete(distinct_pairs).where(
                distinct_pairs.c.letter == letter.id,
                tuple_(distinct_pairs.c.one, distinct_pairs.c.other).in_(carried),
            )
        )
    told_apart = [pair(gone, one) for one in of_gone] + [pair(kept, one) for one in of_kept]
    add(tx, letter.id, letter.workspace, told_apart, by)


def move(tx: Transaction, letter: int, party: str, to: str) -> None:
    """Move a signatory's pairs to the signatory that it was merged into."""
    for table in (distinct_pairs, likely_pairs):
        rows = tx.execute(
            delete(table)
            .where(
                table.c.letter == letter,
                or_(table.c.one == party, table.c.other == party),
            )
            .returning(*table.columns)
        ).all()
        moved = [
            {**row._mapping, "one": one, "other": other}  # noqa: SLF001 - a row's mapping
            for row in rows
            for one, other in [pair(row.other if row.one == party else row.one, to)]
            if one != other
        ]
        if moved:
            tx.execute(insert_into(tx, table).on_conflict_do_nothing(), moved)


_COMPARED = tuple(phase for phase in Phase if phase.is_watched)
"""Phases in which new signatories are compared with the list."""


def to_compare(tx: Transaction) -> list[int]:
    """Return the numbers of letters with endorsements that were not compared yet."""
    since = func.coalesce(compared.c.endorsement, "")
    rows = tx.execute(
        select(letters.c.id)
        .join(compared, compared.c.letter == letters.c.id, isouter=True)
        .where(
            letters.c.phase.in_(_COMPARED),
            exists().where(endorsements.c.letter == letters.c.id, endorsements.c.id > since),
        )
        .order_by(letters.c.id)
    )
    return list(rows.scalars())


def came_since_compared(tx: Transaction, letter: int, *, limit: int) -> list[tuple[str, str]]:
    """Return the next endorsements to compare, each with its signatory."""
    since = select(compared.c.endorsement).where(compared.c.letter == letter).scalar_subquery()
    rows = tx.execute(
        select(endorsements.c.id, endorsements.c.signatory)
        .where(endorsements.c.letter == letter, endorsements.c.id > func.coalesce(since, ""))
        .order_by(endorsements.c.id)
        .limit(limit)
    )
    return [(row.id, row.signatory) for row in rows]


def add_likely(tx: Transaction, letter: Letter, found: Collection[Pair]) -> None:
    """Insert pairs that look alike; existing ones stay."""
    rows = [
        {"letter": letter.id, "workspace": letter.workspace, "one": one, "other": other}
        for one, other in found
    ]
    if rows:
        tx.execute(insert_into(tx, likely_pairs).on_conflict_do_nothing(), rows)


def note_compared(tx: Transaction, letter: Letter, endorsement: str) -> None:
    """Record the last endorsement that was compared."""
    place = {"letter": letter.id, "workspace": letter.workspace, "endorsement": endorsement}
    tx.execute(
        insert_into(tx, compared)
        .values(place)
        .on_conflict_do_update(index_elements=["letter"], set_={"endorsement": endorsement})
    )


def likely(tx: Transaction, among: Collection[int], *, limit: int) -> list[tuple[int, Pair]]:
    """Return undecided pairs that look alike, each with its letter; of each at most `limit`."""
    one, other = signatories.alias(), signatories.alias()
    apart = exists().where(
        distinct_pairs.c.letter == likely_pairs.c.letter,
        distinct_pairs.c.one == likely_pairs.c.one,
        distinct_pairs.c.other == likely_pairs.c.other,
    )
    place = func.row_number().over(
        partition_by=likely_pairs.c.letter, order_by=(likely_pairs.c.one, likely_pairs.c.other)
    )
    alike = (
        select(*likely_pairs.c["letter", "one", "other"], place.label("place"))
        .join(one, one.c.id == likely_pairs.c.one)
        .join(other, other.c.id == likely_pairs.c.other)
        .where(
            likely_pairs.c.letter.in_(among),
            one.c.endorsements > 0,
            other.c.endorsements > 0,
            ~apart,
        )
        .subquery()
    )
    rows = tx.execute(
        select(alike).where(alike.c.place <= limit).order_by(alike.c.letter, alike.c.place)
    )
    return [(row.letter, (row.one, row.other)) for row in rows]


def refuse_domain(tx: Transaction, letter: Letter, domain: str) -> None:
    """Record that organisers refuse signatures of a letter from a domain."""
    row = {"letter": letter.id, "workspace": letter.workspace, "domain": domain, "made_at": tx.now}
    tx.execute(insert_into(tx, refused_domains).on_conflict_do_nothing().values(row))
