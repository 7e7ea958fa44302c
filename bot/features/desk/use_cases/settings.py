"""Settings of a letter, for its organisers."""

from dataclasses import dataclass
from datetime import datetime

from bot.letters.letter import Letter, Sight
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import Action
from bot.letters.text import Translation
from bot.storage import letters
from bot.storage.database import Transaction, reading
from bot.use_cases.gate import admit


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A letter's settings."""

    letter: Letter
    organisers: tuple[Person, ...]
    first_signers: tuple[Person, ...]
    hidden: bool = False
    """True if an embargo hides names from readers now."""
    answer_by: datetime | None = None
    """Deadline for answers to a text change; None if nobody is asked now."""
    appears: datetime | None = None
    """Time at which the list appears on the public page, if that is still to come."""
    translations: tuple[Translation, ...] = ()


@reading
def settings(tx: Transaction, *, letter: int, actor: Actor) -> Settings:
    """Return the settings of a letter.

    Raises:
        Refused: There is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    return Settings(
        letter=found.as_seen_by(Role.ORGANISER, tx.now),
        organisers=tuple(letters.organisers_of(tx, letter)),
        first_signers=tuple(letters.first_signers_of(tx, letter)),
        hidden=found.sight(Role.MEMBER, tx.now) is not Sight.ALL,
        answer_by=found.answer_by if found.answer_by and found.answer_by > tx.now else None,
        appears=found.listed_at if found.listed_at and found.listed_at > tx.now else None,
        translations=tuple(letters.translations_of(tx, letter)),
    )
