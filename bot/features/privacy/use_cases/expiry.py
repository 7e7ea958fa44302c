"""Words about people are forgotten in time, without anybody's asking."""

from datetime import timedelta

from bot.storage.database import Database, Transaction, writing
from bot.storage.privacy import blanking, expiry
from bot.use_cases.letter_jobs import for_each

KEPT = timedelta(days=30)
"""For how long words about people stay after a withdrawal, a removal or the end of a letter."""
PORTION = 100
"""Rows of one transaction, so that clicks are answered in between."""


async def forget_due(database: Database) -> int:
    """Blank what was withdrawn or removed 30 days ago, and forget people whom no letter needs.

    Entries of delivered copies stay. Return the number of blanked portions and forgotten people.
    """
    portions = await for_each(
        database,
        "privacy",
        lambda tx: expiry.letters_due(tx, tx.now - KEPT),
        _blank,
        in_portions=True,
        also_gone=True,
    )
    return len(portions) + await forget_people(database)


@writing
def forget_people(tx: Transaction) -> int:
    """Forget people and members of channels whom no letter needs any more; return their number."""
    return expiry.forget_people(tx, tx.now - KEPT)


def _blank(tx: Transaction, letter: int) -> int | None:
    """Blank a portion of a letter and return its size, or None if nothing is left."""
    before = tx.now - KEPT
    ended = expiry.endorsements_due(tx, letter, before, PORTION)
    blanking.blank_endorsements(tx, ended)
    left = expiry.signatories_left(tx, letter)
    blanking.blank_signatories(tx, letter, left)
    blanking.blank_signatories(tx, letter, expiry.merged_left(tx, letter))
    asked = expiry.invitations_due(tx, letter, before, PORTION)
    blanking.blank_invitations(tx, letter, asked)
    return len(ended) + len(left) + len(asked) or None
