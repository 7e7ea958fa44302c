"""Where somebody was on a long list."""

from bot.letters.order import ListedLine, Position, order_key
from bot.storage import signatories
from bot.storage.database import Transaction, reading


@reading
def place(tx: Transaction, *, signatory: str) -> Position:
    """Where a signatory stands now, to read on behind it.

    A button and a modal remember the short id: a position carries whole names.
    """
    party = signatories.find(tx, signatory)
    return order_key(
        ListedLine(
            kind=party.kind,
            line=party.line,
            sort_fold=party.sort_fold,
            pinned_rank=party.pinned or None,
            tiebreak=party.id,
        )
    )
