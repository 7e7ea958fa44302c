"""Position on a long list."""

from bot.letters.order import Position
from bot.storage import signatories
from bot.storage.database import Transaction, reading


@reading
def place(tx: Transaction, *, signatory: str) -> Position | None:
    """Return a signatory's position, to continue after it; None where it was never listed.

    A button and a modal remember the short id: a position carries whole names.
    """
    return signatories.position(tx, signatory)
