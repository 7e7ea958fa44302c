"""Signatures that a person holds on a letter now."""

from bot.letters.endorsement import Endorsement, State
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.storage import endorsements
from bot.storage.database import Transaction


def held_now(tx: Transaction, letter: Letter, person: Person) -> list[Endorsement]:
    """Return a person's endorsements on a letter, without unanswered ones past their time.

    The worker may not have recorded yet that such an endorsement ended.
    """
    kept = endorsements.held_by(tx, [(letter.id, person)]).get((letter.id, person), [])
    return [one for one in kept if one.state_at(letter, tx.now) is not State.DROPPED]
