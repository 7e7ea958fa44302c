"""Those who get a direct message: the language they read, and what they may still be told."""

from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter
from bot.letters.people import Person, Role
from bot.storage import endorsements, letters, workspaces
from bot.storage.database import Transaction, reading


@reading
def language(tx: Transaction, *, workspace: str, person: Person) -> str | None:
    """Return the language somebody uses Slack in, as an IETF tag; None where it is not known."""
    known = workspaces.acquaintance(tx, workspace, person)
    return None if known is None else known.locale


@reading
def organiser(tx: Transaction, *, letter: int, person: Person) -> Letter | None:
    """Return the letter that an organiser is told of; None where they run it no more."""
    found = letters.find(tx, letter)
    return found if found is not None and letters.organises(tx, letter, person) else None


@reading
def signer(
    tx: Transaction, *, endorsement: str, person: Person
) -> tuple[Letter, Endorsement] | None:
    """Return the signature that its signer is told of, active or ended; None if it isn't theirs."""
    found = endorsements.find(tx, endorsement)
    if found is None or found.person != person:
        return None
    letter = letters.find(tx, found.letter)
    return None if letter is None else (letter.as_seen_by(Role.MEMBER, tx.now), found)
