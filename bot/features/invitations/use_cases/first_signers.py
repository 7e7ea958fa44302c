"""First signers: chosen people who sign before the card is public."""

from collections.abc import Collection
from dataclasses import replace

from bot.letters import notices
from bot.letters.letter import Letter
from bot.letters.people import Actor, Person
from bot.letters.phases import Action, Phase, after
from bot.letters.refusals import Reason, Refused
from bot.letters.send_windows import NotNow
from bot.storage import letters, outbox
from bot.storage.database import Transaction, reading, writing
from bot.use_cases.addressees import after_others, next_daytime, still_organises
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, repeated

WORDS_MOST = 600
"""Most characters of an organiser's own words to first signers."""


@writing
def found(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    people: Collection[Person],
    words: str = "",
    at_once: bool = False,
    trigger: str | None = None,
) -> Letter:
    """Add first signers, freeze the text, and queue the first signers' messages.

    The message, with the organiser's own words, is sent in their next daytime or `at_once`. People
    who were chosen before get no other message.

    Raises:
        Refused: the card is public already, the deadline has passed, the actor does not run the
            letter, nobody was chosen, or the words are too long.
    """
    if again := repeated(tx, letter, actor, trigger):
        return again
    one = admit(tx, letter, actor, Action.FOUND)
    if one.deadline <= tx.now:
        raise Refused.because(Reason.DEADLINE_NOT_AHEAD, "deadline")
    if not people:
        raise Refused.because(Reason.EMPTY, "people")
    chosen = set(letters.first_signers_of(tx, letter))
    new = [person for person in dict.fromkeys(people) if person not in chosen]
    for person in new:
        letters.add_first_signer(tx, letter, one.workspace, person)
    letters.change(tx, letter, phase=after(one.phase, Action.FOUND).value)
    record(tx, one, Act.FIRST_SIGNERS_CHOSEN, actor.person, people=len(new))
    if len(words) > WORDS_MOST:
        raise Refused.because(Reason.TOO_LONG, "words", most=WORDS_MOST, length=len(words))
    outbox.owe(
        tx,
        one.workspace,
        [
            replace(
                notices.first_signer(letter, person, actor.person, words.strip()),
                due_at=tx.now if at_once else next_daytime(tx, one.workspace, person),
            )
            for person in new
        ],
    )
    return one


@reading
def first_signers(tx: Transaction, *, letter: int, actor: Actor) -> tuple[Letter, list[Person]]:
    """Return a letter and its first signers.

    Raises:
        Refused: the card is public already, or the actor does not run the letter.
    """
    one = admit(tx, letter, actor, Action.FOUND, lock=False)
    return one, letters.first_signers_of(tx, letter)


@reading
def invited(tx: Transaction, *, letter: int, person: Person, by: str) -> Letter | NotNow | None:
    """Return the letter of a message from `by`; None if either may not be in it any more."""
    found = letters.find(tx, letter)
    if found is None or found.phase_at(tx.now) is not Phase.FOUNDING:
        return None
    chooser = Person(found.workspace, by)
    if not still_organises(tx, found, chooser) or not letters.founds(tx, letter, person):
        return None
    return after_others(tx, found, person, chooser) or found
