"""The order of a list in Python, to compare with SQL's."""

from bot.letters.order import Position, group, prefix
from bot.letters.rules import Rules
from bot.letters.signatory import Signatory


def order_key(party: Signatory, rules: Rules) -> Position:
    """Return a signatory's place. Positions compare as Python tuples, and as rows in SQL."""
    return (
        group(party, rules),
        party.pinned,
        prefix(party, rules.ordering),
        party.sort_key,
        party.entry,
        party.id,
    )
