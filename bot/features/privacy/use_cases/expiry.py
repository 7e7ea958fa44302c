"""Words about people are forgotten in time, without anybody's asking."""

from datetime import datetime, timedelta

from bot.storage.database import Database, Transaction, writing
from bot.storage.privacy import blanking, expiry
from bot.use_cases.letter_jobs import for_each

KEPT = timedelta(days=30)
"""For how long words about people stay after a withdrawal, a removal or the end of a letter."""
PORTION = 100
"""Rows of one transaction: people click in between."""


async def forget_due(database: Database) -> int:
    """Blank what was withdrawn or removed 30 days ago, and forget people whom no letter needs.

    An entry that stands in a delivered copy stays there.

    Returns:
        How many portions were blanked, and how many people were forgotten.
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
    """Forget members of channels, and people, whom no letter needs any more; return how many."""
    return expiry.forget_people(tx, tx.now - KEPT)


def _blank(tx: Transaction, letter: int) -> int | None:
    """Blank a portion of a letter; None where nothing is left."""
    before: datetime = tx.now - KEPT
    ended = expiry.endorsements_due(tx, letter, before, PORTION)
    blanking.blank_endorsements(tx, ended)
    left = expiry.signatories_left(tx, letter)
    blanking.blank_signatories(tx, letter, left)
    blanking.blank_signatories(tx, letter, expiry.merged_left(tx, letter))
    asked = expiry.invitations_due(tx, letter, before, PORTION)
    blanking.blank_invitations(tx, letter, asked)
    return len(ended) + len(left) + len(asked) or None
