"""Entries of a letter's list, found by name: rows -> ids."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, or_, select, text, union

from bot.storage import signatories as entries
from bot.storage.database import Transaction
from bot.storage.tables import signatories
from bot.storage.tables.signatures import OF_ORGANISATIONS

LAST = "\U0010ffff"
"""The last character: what begins with a text sorts between the text and the text with this."""


def with_part(tx: Transaction, letter: int, folds: Collection[str], *, limit: int) -> list[str]:
    """Return the entries whose names contain one of `folds`, in list order.

    A substring needs a full scan. The scan reads only the index of names, not the rows.
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
    """Return entries that begin with one of `lines`, or are filed under one of `folds`.

    They are in list order. Each beginning takes only the first rows of its index, so that a long
    list costs no more than a short one. `organisations` says whether organisations are also found
    by any part of their names.
    """
    columns = [
        *((signatories.c.sort_fold, start) for start in folds),
        *((signatories.c.entry, start) for start in lines),
    ]
    ways: list[Select[Any]] = []
    for column, start in columns:
        first = (
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
        )
        ways.append(select(first.c.id))
    if organisations:
        ways.append(_with_part(letter, folds).where(text(OF_ORGANISATIONS)))
    return _in_order(tx, ways, limit)


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
