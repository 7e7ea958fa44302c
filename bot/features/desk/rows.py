"""Entries of a list that somebody looks for by a name: rows -> ids."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, or_, select, text, union

from bot.storage import signatories as entries
from bot.storage.database import Transaction
from bot.storage.tables import signatories
from bot.storage.tables.signatures import OF_ORGANISATIONS

LAST = "\U0010ffff"
"""The last of all signs: what begins with a text is before the text and this."""


def with_part(tx: Transaction, letter: int, folds: Collection[str], *, limit: int) -> list[str]:
    """Return the entries that somebody backs with one of these in their name, in list order.

    A part of a name can be anywhere in it: all are looked at, but only in the index of names.
    """
    return _in_order(tx, [_with_part(letter, folds)], limit)


def beginning(
    tx: Transaction,
    letter: int,
    folds: Collection[str],
    lines: Collection[str],
    *,
    limit: int,
    organisations: bool,
) -> list[str]:
    """Return entries that somebody backs and that begin so, in list order.

    Of each way to begin the first ones that its index gives: a long list costs no more than a
    short one.

    Args:
        tx: The transaction.
        letter: The letter.
        folds: How the name begins under which an entry is filed.
        lines: How the entry begins.
        limit: At most so many.
        organisations: Whether organisations are found by any part of their names.
    """
    ways = [
        *((signatories.c.sort_fold, start) for start in folds),
        *((signatories.c.entry, start) for start in lines),
    ]
    found = [
        select(signatories.c.id)
        .where(
            signatories.c.letter == letter,
            column >= start,
            column < start + LAST,
            signatories.c.endorsements > 0,
        )
        .order_by(column)
        .limit(limit)
        .subquery()
        for column, start in ways
    ]
    of_them: list[Select[Any]] = [select(one.c.id) for one in found]
    if organisations:
        of_them.append(_with_part(letter, folds).where(text(OF_ORGANISATIONS)))
    return _in_order(tx, of_them, limit)


def _with_part(letter: int, folds: Collection[str]) -> Select[Any]:
    return select(signatories.c.id).where(
        signatories.c.letter == letter,
        or_(*(signatories.c.sort_fold.contains(fold, autoescape=True) for fold in folds)),
    )


def _in_order(tx: Transaction, ways: Collection[Select[Any]], limit: int) -> list[str]:
    rows = tx.connection.execute(
        select(signatories.c.id)
        .where(signatories.c.id.in_(union(*ways)), signatories.c.endorsements > 0)
        .order_by(*entries.ORDER)
        .limit(limit)
    )
    return list(rows.scalars())
