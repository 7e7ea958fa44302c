"""An organiser closes, extends, reopens or cancels a letter, and says who else runs it."""

from datetime import datetime

from bot.letters import names, notices
from bot.letters.letter import Action, Letter, Phase
from bot.letters.people import Actor, Membership, Person
from bot.letters.refusals import Reason, Refused
from bot.storage import letters, outbox, signatories, workspaces
from bot.storage.database import Transaction, reading, writing
from bot.storage.signatories import Signatory
from bot.use_cases.gate import admit, card_changed, repeated
from bot.use_cases.reminding import leave_out_passed


@writing
def close(tx: Transaction, *, letter: int, actor: Actor, delivery: str | None = None) -> Letter:
    """Closes an open letter now and gives it as it was.

    Raises:
        Refused: it is not open, or the actor does not run it.
    """
    again = repeated(tx, letter, actor, delivery)
    if again is not None:
        return again
    found = admit(tx, letter, actor, Action.CLOSE)
    letters.change(tx, letter, phase=Phase.CLOSED.value, closed_at=tx.now)
    card_changed(tx, found)
    return found


@writing
def close_due(tx: Transaction) -> list[int]:
    """Writes down that letters whose deadline is here are closed, and tells their organisers."""
    closed: list[int] = []
    due = letters.past_deadline(tx, tx.now)
    for found in letters.find_many(tx, due, lock=True).values():
        # Another process may have closed or extended it before the lock was had.
        if found.phase is not Phase.OPEN or found.deadline > tx.now:
            continue
        closed.append(found.id)
        letters.change(tx, found.id, phase=Phase.CLOSED.value, closed_at=found.deadline)
        card_changed(tx, found)
        told = letters.organisers_of(tx, found.id)
        moment = found.deadline.isoformat()
        outbox.owe(
            tx,
            found.workspace,
            [notices.word("closed", found.id, person, deadline=moment) for person in told],
        )
    return closed


@writing
def extend(
    tx: Transaction, *, letter: int, actor: Actor, deadline: datetime, delivery: str | None = None
) -> Letter:
    """Moves the deadline of an open letter to a later instant and gives it as it was.

    Raises:
        Refused: it is not open, the actor does not run it, or the instant is not later.
    """
    again = repeated(tx, letter, actor, delivery)
    if again is not None:
        return again
    found = admit(tx, letter, actor, Action.EXTEND)
    if deadline <= max(found.deadline, tx.now):
        raise Refused.because(Reason.DEADLINE_NOT_LATER, "deadline")
    letters.change(tx, letter, deadline=deadline)
    leave_out_passed(tx, found, deadline)
    card_changed(tx, found)
    return found


@writing
def reopen(
    tx: Transaction, *, letter: int, actor: Actor, deadline: datetime, delivery: str | None = None
) -> Letter:
    """Opens a closed letter again until an instant ahead and gives it as it was.

    Raises:
        Refused: it is not closed, the actor does not run it, or the instant is not ahead.
    """
    again = repeated(tx, letter, actor, delivery)
    if again is not None:
        return again
    found = admit(tx, letter, actor, Action.REOPEN)
    if deadline <= tx.now:
        raise Refused.because(Reason.DEADLINE_NOT_AHEAD, "deadline")
    letters.change(tx, letter, phase=Phase.OPEN.value, deadline=deadline, closed_at=None)
    leave_out_passed(tx, found, deadline)
    card_changed(tx, found)
    return found


@writing
def cancel(
    tx: Transaction, *, letter: int, actor: Actor, reason: str, delivery: str | None = None
) -> Letter:
    """Cancels a posted letter with a word of why, which its cards then show.

    Raises:
        Refused: it is a draft or cancelled, the actor does not run it, or the word is missing.
    """
    again = repeated(tx, letter, actor, delivery)
    if again is not None:
        return again
    found = admit(tx, letter, actor, Action.CANCEL)
    reason = reason.strip()
    if not reason:
        raise Refused.because(Reason.EMPTY, "reason")
    if len(reason) > 300:
        raise Refused.because(Reason.TOO_LONG, "reason", most=300, length=len(reason))
    letters.change(
        tx, letter, phase=Phase.CANCELLED.value, reason=reason, closed_at=found.closed_at or tx.now
    )
    card_changed(tx, found)
    return found


@writing
def add_organiser(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    person: Person,
    membership: Membership,
    delivery: str | None = None,
) -> Letter:
    """Lets another full member run the letter too.

    Raises:
        Refused: the actor does not run it, or the other is no full member or runs it already.
    """
    again = repeated(tx, letter, actor, delivery)
    if again is not None:
        return again
    found = admit(tx, letter, actor, Action.CHANGE_ORGANISERS)
    if membership is not Membership.MEMBER:
        raise Refused.because(Reason.ORGANISER_MUST_BE_MEMBER)
    if letters.organises(tx, letter, person):
        raise Refused.because(Reason.ALREADY_ORGANISER)
    letters.add_organiser(tx, letter, found.workspace, person)
    outbox.owe(
        tx,
        found.workspace,
        [notices.word("made_organiser", letter, person, by=actor.person.user, at=str(tx.now))],
    )
    return found


@writing
def remove_organiser(
    tx: Transaction, *, letter: int, actor: Actor, person: Person, delivery: str | None = None
) -> Letter:
    """Takes an organiser off the letter; the last one stays.

    Raises:
        Refused: the actor does not run it, the other does not either, or is the last.
    """
    again = repeated(tx, letter, actor, delivery)
    if again is not None:
        return again
    found = admit(tx, letter, actor, Action.CHANGE_ORGANISERS)
    running = letters.organisers_of(tx, letter)
    if person not in running:
        raise Refused.because(Reason.NO_SUCH_ORGANISER)
    if len(running) == 1:
        raise Refused.because(Reason.LAST_ORGANISER)
    letters.remove_organiser(tx, letter, person)
    return found


@reading
def organisers(tx: Transaction, *, letter: int) -> list[Person]:
    """Who runs a letter, the first one first."""
    return letters.organisers_of(tx, letter)


@reading
def told_of(tx: Transaction, *, letter: int, person: Person) -> Letter | None:
    """The letter that an organiser is told something of; None where they do not run it any more."""
    if not letters.organises(tx, letter, person):
        return None
    return letters.find(tx, letter)


@writing
def pin(tx: Transaction, *, letter: int, actor: Actor, name: str) -> Signatory:
    """Puts a signatory at the top of the list as a convener, below those put there before.

    Args:
        tx: The transaction.
        letter: The letter.
        actor: Who asks.
        name: The line as it reads, or the name of the organisation or person.

    Raises:
        Refused: the actor does not run it, or the name is that of none or of several.
    """
    found = admit(tx, letter, actor, Action.PIN)
    party = _named(tx, letter, name)
    if not party.pinned:
        rank = signatories.last_pin(tx, letter) + 1
        _put_pin(tx, found, party, rank)
    return party


@writing
def unpin(tx: Transaction, *, letter: int, actor: Actor, name: str) -> Signatory:
    """Puts a convener back into the order of the list.

    Raises:
        Refused: the actor does not run it, or the name is that of none or of several.
    """
    found = admit(tx, letter, actor, Action.PIN)
    party = _named(tx, letter, name)
    _put_pin(tx, found, party, 0)
    return party


def _named(tx: Transaction, letter: int, name: str) -> Signatory:
    fold = names.sort_fold(name)
    meant = signatories.named(
        tx, letter, name, {fold, names.sort_fold(names.person_sort_name(name))},
        names.organisation_key(name),
    )  # fmt: skip
    exact = [party for party in meant if party.line == name]
    chosen = exact or meant
    if not chosen:
        raise Refused.because(Reason.NO_SUCH_SIGNATORY, name=name)
    if len(chosen) > 1:
        lines = [party.line for party in chosen]
        raise Refused.because(Reason.SEVERAL_SIGNATORIES, name=name, lines=lines)
    return chosen[0]


def _put_pin(tx: Transaction, letter: Letter, party: Signatory, rank: int) -> None:
    signatories.pin(tx, party.id, party.kind, rank)
    card_changed(tx, letter)


@writing
def know_workspace(tx: Transaction, *, workspace: str, name: str) -> None:
    """Keeps the workspace that the bot runs in, or its new name."""
    workspaces.know(tx, workspace, name)
