"""Somebody who was asked for a signature says where that stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bot.letters.asking import OPEN, Ask, AskState, Saying, Voice
from bot.letters.letter import Letter
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import SIGNABLE, Action, Phase
from bot.letters.refusals import Reason, Refused
from bot.storage import asks, letters
from bot.storage.database import Transaction, reading, writing
from bot.use_cases.asking import move
from bot.use_cases.gate import admit, once

__all__ = ["Ask", "AskState", "Asking", "Saying", "answer", "first", "mine", "still_open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What somebody is asked about one letter, as they may see it."""

    letter: Letter
    phase: Phase
    """The phase that holds now."""
    asks: tuple[Ask, ...]
    """For themselves and for organisations, the first one first; at least one."""
    by: Person | None
    """The first of its organisers."""


@reading
def first(tx: Transaction, *, ask: str) -> Asking | None:
    """What the first message of an ask says now; None where it is not owed any more.

    It is not where the ask is gone or answered, or the letter takes no signatures.
    """
    found = asks.find(tx, ask)
    letter = None if found is None else letters.find(tx, found.letter)
    if found is None or letter is None or found.state is not AskState.ASKED:
        return None
    if letter.phase_at(tx.now) not in SIGNABLE:
        return None
    return _asking(tx, letter, [found])


@reading
def still_open(tx: Transaction, *, letter: int, person: Person) -> Asking | None:
    """What somebody has not answered finally; None where there is nothing."""
    found = letters.find(tx, letter)
    put = [ask for ask in asks.put_to(tx, letter, person) if ask.state in OPEN]
    return None if found is None or not put else _asking(tx, found, put)


@reading
def mine(tx: Transaction, *, asks: Collection[str], actor: Actor) -> Asking | None:
    """How those of some asks of one letter stand that were put to the actor; None for none."""
    return _mine(tx, asks, actor)


@writing
def answer(
    tx: Transaction,
    *,
    ask: str,
    actor: Actor,
    saying: Saying,
    day: date | None = None,
    tz: str = "UTC",
    delivery: str,
) -> Ask:
    """The one who was asked says where it stands, and gets the ask as it is then.

    They may say something else later; what they signed they can only take back.

    Args:
        tx: The transaction.
        ask: An ask that was put to the actor.
        actor: The person who was asked, or the contact of the organisation.
        saying: What they say; `AWAIT` needs a day.
        day: Until when they wait for an approval.
        tz: Whose day it is.
        delivery: The trigger of the click.

    Raises:
        Refused: it was not put to them, the letter takes no answers now, they have signed, or the
            day is not right.
    """

    def act() -> dict[str, str]:
        letter = admit(tx, _own(tx, ask, actor).letter, actor, Action.ANSWER)
        # It may have changed until the lock was had.
        move(tx, letter, _own(tx, ask, actor), Voice.ASKED, saying, day, tz)
        return {}

    once(tx, actor.workspace, delivery, act)
    return _own(tx, ask, actor)


def _own(tx: Transaction, ask: str, actor: Actor) -> Ask:
    found = asks.find(tx, ask)
    if found is None or found.person != actor.person:
        raise Refused.because(Reason.NOT_ASKED)
    return found


def _mine(tx: Transaction, numbers: Collection[str], actor: Actor) -> Asking | None:
    found = [ask for ask in (asks.find(tx, number) for number in numbers) if ask is not None]
    put = [ask for ask in found if ask.person == actor.person]
    letter = letters.find(tx, put[0].letter) if put else None
    if letter is None:
        return None
    return _asking(tx, letter, [ask for ask in put if ask.letter == letter.id])


def _asking(tx: Transaction, letter: Letter, put: list[Ask]) -> Asking:
    return Asking(
        letter=letter.as_seen_by(Role.MEMBER, tx.now),
        phase=letter.phase_at(tx.now),
        asks=tuple(put),
        by=next(iter(letters.organisers_of(tx, letter.id)), None),
    )
