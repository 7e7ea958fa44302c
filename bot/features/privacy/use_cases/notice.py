"""A letter's privacy notice: who is responsible, and what happens to names."""

from dataclasses import dataclass

from bot.letters.letter import Letter
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import Action
from bot.storage import letters
from bot.storage.database import Transaction, reading
from bot.use_cases.gate import admit, role_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Facts of a letter's privacy notice."""

    letter: Letter
    organisers: tuple[Person, ...]
    """The organisers, who are responsible if nobody else is named."""
    may_change: bool


@reading
def notice(tx: Transaction, *, letter: int, actor: Actor) -> Notice:
    """Return a letter's privacy notice.

    Raises:
        Refused: there is no such letter here, or the actor may not read it.
    """
    found = admit(tx, letter, actor, Action.READ, lock=False)
    return Notice(
        letter=found,
        organisers=tuple(letters.organisers_of(tx, letter)),
        may_change=role_in(tx, found, actor) is Role.ORGANISER,
    )
