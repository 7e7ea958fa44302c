"""Signatories that look alike and are not the same, as an organiser said: rows <-> values."""

from collections.abc import Collection

from sqlalchemy import delete, or_, select, tuple_

from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.prepared import insert_into
from bot.storage.tables import distinct_pairs

Pair = tuple[str, str]
"""Two signatories by id, the lower one first."""


def pair(one: str, other: str) -> Pair:
    """Two signatories in the order in which they are kept."""
    return (one, other) if one < other else (other, one)


def add(
    tx: Transaction, letter: int, workspace: str, told_apart: Collection[Pair], by: Person
) -> None:
    """Remember that these are not the same; what is there already stays."""
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
        tx.connection.execute(insert_into(tx, distinct_pairs).on_conflict_do_nothing(), rows)


def of(tx: Transaction, letter: int, parties: Collection[str]) -> set[Pair]:
    """The pairs that were told apart and that one of these is in."""
    if not parties:
        return set()
    rows = tx.connection.execute(
        select(distinct_pairs.c.one, distinct_pairs.c.other).where(
            distinct_pairs.c.letter == letter,
            or_(distinct_pairs.c.one.in_(parties), distinct_pairs.c.other.in_(parties)),
        )
    )
    return {(row.one, row.other) for row in rows}


def others(tx: Transaction, party: str) -> list[str]:
    """Return the ids of the signatories that one was told apart from."""
    rows = tx.connection.execute(
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
    """Give back the "not the same" marks of a signatory whose merge is undone.

    Args:
        tx: The transaction.
        letter: The letter.
        by: The organiser who merged.
        kept: The signatory that it was merged into.
        gone: The signatory that comes back.
        of_gone: The signatories that it was told apart from before the merge.
        of_kept: The signatories that the other one was told apart from before the merge.
    """
    carried = [pair(kept, one) for one in of_gone if one not in of_kept]
    if carried:
        tx.connection.execute(
            delete(distinct_pairs).where(
                distinct_pairs.c.letter == letter.id,
                tuple_(distinct_pairs.c.one, distinct_pairs.c.other).in_(carried),
            )
        )
    told_apart = [pair(gone, one) for one in of_gone] + [pair(kept, one) for one in of_kept]
    add(tx, letter.id, letter.workspace, told_apart, by)


def move(tx: Transaction, letter: int, party: str, to: str) -> None:
    """Carry over the "not the same" marks of a merged signatory to where it went."""
    apart = or_(distinct_pairs.c.one == party, distinct_pairs.c.other == party)
    rows = tx.connection.execute(
        delete(distinct_pairs)
        .where(distinct_pairs.c.letter == letter, apart)
        .returning(*distinct_pairs.columns)
    ).all()
    moved = [
        {**row._mapping, "one": one, "other": other}  # noqa: SLF001 - a row's own way to a dict
        for row in rows
        for one, other in [pair(row.other if row.one == party else row.one, to)]
        if one != other
    ]
    if moved:
        tx.connection.execute(insert_into(tx, distinct_pairs).on_conflict_do_nothing(), moved)
