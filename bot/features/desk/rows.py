"""Entries of a letter's list, found by name: rows -> ids."""

from collections.abc import Collection

from sqlalchemy import and_, case, or_, select

from bot.storage import signatories as entries
from bot.storage.database import Transaction
from bot.storage.tables import signatories

LAST = "\U0010ffff"
"""The last character: what begins with a text sorts between the text and the text with this."""


def named(
    tx: Transaction, letter: int, folds: Collection[str], lines: Collection[str], *, limit: int
) -> list[str]:
    """Return entries that somebody backs and that have a part of a name, at most `limit`.

    Those that begin with one of `lines`, or are filed under one of `folds`, come first. A part can
    be anywhere in a name: every entry is looked at.
    """
    starts = [
        *((signatories.c.sort_fold, start) for start in folds),
        *((signatories.c.entry, start) for start in lines),
    ]
    begins = or_(*(and_(column >= start, column < start + LAST) for column, start in starts))
    part = or_(*(signatories.c.sort_fold.contains(fold, autoescape=True) for fold in folds))
    rows = tx.connection.execute(
        select(signatories.c.id)
        .where(signatories.c.letter == letter, signatories.c.endorsements > 0, or_(begins, part))
        .order_by(case((begins, 0), else_=1), *entries.ORDER)
        .limit(limit)
    )
    return list(rows.scalars())
