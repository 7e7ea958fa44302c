"""A letter's privacy notice: who is responsible, and what happens to names."""

from dataclasses import dataclass

from bot.letters.letter import Letter
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.storage import letters
from bot.storage.database import Transaction, reading, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, repeated, role_in

__all__ = ["RESPONSIBLE_MOST", "Notice", "notice", "set_responsible"]

RESPONSIBLE_MOST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Facts of a letter's privacy notice."""

    letter: Letter
    organisers: tuple[Person, ...]
    """The organisers, who answer for it where nobody else is named."""
    may_change: bool
    """The reader runs the letter."""


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


@writing
def set_responsible(
    tx: Transaction, *, letter: int, actor: Actor, responsible: str, delivery: str | None = None
) -> Letter:
    """Say who is responsible for a letter's names, and return it as it is then.

    Args:
        tx: The transaction.
        letter: The letter.
        actor: An organiser.
        responsible: A name and how to reach it; empty for the organisers.
        delivery: Of Slack's, if it is one.

    Raises:
        Refused: the actor does not run it, or it is too long.
    """
    again = repeated(tx, letter, actor, delivery)
    if again is not None:
        return again
    found = admit(tx, letter, actor, Action.CHANGE_ORGANISERS)
    said = responsible.strip()
    if len(said) > RESPONSIBLE_MOST:
        raise Refused.because(
            Reason.TOO_LONG, "responsible", most=RESPONSIBLE_MOST, length=len(said)
        )
    letters.change(tx, letter, responsible=said)
    record(tx, found, Act.DETAILS_CHANGED, actor.person, fields=["responsible"])
    changed = letters.find(tx, letter)
    assert changed is not None  # noqa: S101 - it is locked by this transaction
    return changed
