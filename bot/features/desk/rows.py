"""Search for entries of a letter's list by name: rows -> ids."""

from collections.abc import Collection

from sqlalchemy import and_, case, or_, select

from bot.storage import signatories as entries
from bot.storage.database import Transaction
from bot.storage.tables import signatories

LAST = "\U0010ffff"
"""The last code point: texts with a prefix sort between the prefix alone and with this added."""


def named(
    tx: Transaction, letter: int, folds: Collection[str], lines: Collection[str], *, limit: int
) -> list[str]:
    """Return the ids of signed entries that match a name, at most `limit`.

    An entry matches if it begins with one of `lines`, or its sort name contains one of `folds`;
    matches at the beginning come first. A substring needs a full scan of the letter's entries.
    """
    starts = [
        *((signatories.c.sort_fold, start) for start in folds),
        *((signatories.c.entry, start) for start in lines),
    ]
    begins = or_(*(and_(column >= start, column < start + LAST) for column, start in starts))
    part = or_(*(signatories.c.sort_fold.contains(fold, autoescape=True) for fold in folds))
    rows = tx.execute(
        select(signatories.c.id)
        .where(signatories.c.letter == letter, signatories.c.endorsements > 0, or_(begins, part))
        .order_by(case((begins, 0), else_=1), *entries.ORDER)
        .limit(limit)
    )
    return list(rows.scalars())
