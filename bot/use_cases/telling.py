"""An organiser is told something of a letter."""

from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.storage import letters
from bot.storage.database import Transaction, reading


@reading
def told_of(tx: Transaction, *, letter: int, person: Person) -> Letter | None:
    """The letter that an organiser is told something of; None where they do not run it any more."""
    return letters.find(tx, letter) if letters.organises(tx, letter, person) else None
