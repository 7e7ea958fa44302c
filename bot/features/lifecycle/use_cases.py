"""Closing, extending, reopening, describing and cancelling a letter, and its organisers."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from bot.features.reminders.use_cases.reminders import leave_out_passed, waiting
from bot.letters import notices
from bot.letters.deadlines import hard_deadline
from bot.letters.draft import Details, details_of, refuse_details
from bot.letters.ids import revision
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic, SignatureTopic, Thread
from bot.letters.people import Actor, Membership, Person
from bot.letters.phases import Action, Moment, Phase, after
from bot.letters.refusals import Reason, Refused, raise_for
from bot.letters.rules import NOTICE, PublicPage
from bot.storage import endorsements, letters, outbox, restores, sent_messages, workspaces
from bot.storage.database import Database, Transaction, reading, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, card_changed, cards_of, repeated
from bot.use_cases.letter_jobs import for_each
from bot.use_cases.organisers import let_run, tell, tell_others

EDITS_AT_ONCE = 500
"""The most edits of a letter's questions queued in one transaction."""


@reading
def letter_now(tx: Transaction, *, letter: int, actor: Actor) -> tuple[Letter, datetime]:
    """Return a letter in its current phase, and the current time.

    Raises:
        Refused: the workspace has no such letter, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    return replace(found, phase=found.phase_at(tx.now)), tx.now


@writing
def close(tx: Transaction, *, letter: int, actor: Actor, trigger: str | None = None) -> Letter:
    """Close a letter now and return it as it was before; who waits for an approval is told.

    Raises:
        Refused: the letter is not open, or the actor does not run it.
    """
    if again := repeated(tx, letter, actor, trigger):
        return again
    found = admit(tx, letter, actor, Action.CLOSE)
    _move(tx, found, Action.CLOSE, closed_at=tx.now)
    record(tx, found, Act.CLOSED, actor.person)
    _tell_waiting(tx, found, tx.now)
    return found


def _tell_waiting(tx: Transaction, letter: Letter, end: datetime) -> None:
    about, people = LetterTopic.DEADLINE_SOONER, waiting(tx, letter.id)
    facts = {"deadline": end.isoformat()}
    told = [notices.word(about, letter.id, one, **facts) for one in people]
    outbox.owe(tx, letter.workspace, told)


def _move(tx: Transaction, letter: Letter, what: Action | Moment, **values: Any) -> None:
    """Move a letter to its next phase, set columns, and queue updates of cards and questions."""
    letters.change(tx, letter.id, phase=_next_phase(letter, what, tx.now).value, **values)
    card_changed(tx, letter, Thread.KEEP, Thread.CORRECT)


def _next_phase(letter: Letter, what: Action | Moment, now: datetime) -> Phase:
    """Return the next phase; reopening a letter that was never posted leads to founding."""
    if what is Action.REOPEN and letter.opened_at is None:
        return Phase.FOUNDING
    return after(letter.phase_at(now), what)


async def close_due(database: Database) -> list[int]:
    """Record the phases of letters whose deadline has passed; return the closed letters' numbers.

    Before a letter is recorded as closed, the last edits of its open questions are queued in
    batches, so that clicks are answered in between.
    """
    reached: dict[int, sent_messages.Place | None] = {}
    done = await for_each(
        database,
        "close",
        lambda tx: letters.past_deadline(tx, tx.now),
        lambda tx, letter: _close_one(tx, letter, reached),
        in_portions=True,
    )
    return list(dict.fromkeys(done))


def _close_one(
    tx: Transaction, letter: int, reached: dict[int, sent_messages.Place | None]
) -> int | None:
    found = letters.find(tx, letter, lock=True)
    if found is None:
        return None
    phase = found.phase_at(tx.now)
    # Another process may have closed or extended the letter before the lock was acquired.
    if phase is found.phase:
        return None
    if phase is not Phase.CLOSED:
        letters.change(tx, letter, phase=phase.value)
        card_changed(tx, found)
        return None
    after = reached.get(letter, sent_messages.FIRST)
    if after is not None:
        rest = sent_messages.owe_edits(tx, found, [Thread.SIGN], after=after, most=EDITS_AT_ONCE)
        reached[letter] = rest
        if rest is not None:
            return letter
    letters.change(tx, letter, phase=phase.value, closed_at=found.closes_at)
    record(tx, found, Act.CLOSED, None)
    outbox.owe(tx, found.workspace, cards_of(tx, [letter]))
    moment = found.closes_at.isoformat()
    outbox.tell_organisers(tx, found.workspace, letter, LetterTopic.CLOSED, deadline=moment)
    return letter


@writing
def extend(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    deadline: datetime,
    tz: str | None = None,
    read: str | None = None,
    trigger: str | None = None,
) -> Letter:
    """Move a letter's deadline to another future time and return the changed letter.

    The hard deadline moves too. It comes earlier by a day's notice at least, and the invited who
    wait for an approval are told. `tz` is its time zone, if that changes. `read` is the
    `deadline_revision` that the organiser saw.

    Raises:
        Refused: the letter is closed or a draft, the actor does not run it, the time is not in the
            future, or the deadline changed since it was read (`CHANGED_MEANWHILE`).
    """
    if again := repeated(tx, letter, actor, trigger):
        return again
    found = admit(tx, letter, actor, Action.EXTEND)
    if read not in {None, deadline_revision(found)}:
        raise Refused.because(Reason.CHANGED_MEANWHILE)
    return _put_off(tx, found, actor, Action.EXTEND, deadline, tz)


def deadline_revision(letter: Letter) -> str:
    """Return the revision of a letter's deadline and time zone."""
    return revision(letter.deadline, letter.tz)


def _put_off(
    tx: Transaction, letter: Letter, actor: Actor, what: Action, deadline: datetime, tz: str | None
) -> Letter:
    if deadline <= tx.now:
        raise Refused.because(Reason.DEADLINE_NOT_AHEAD, "deadline")
    sooner = what is Action.EXTEND and deadline < letter.deadline
    if sooner and deadline < tx.now + NOTICE:
        raise Refused.because(Reason.DEADLINE_TOO_SOON, "deadline")
    act = Act.EXTENDED if what is Action.EXTEND else Act.REOPENED
    was, will_be = letter.deadline.isoformat(), deadline.isoformat()
    record(tx, letter, act, actor.person, before=was, after=will_be)
    tz = tz or letter.tz
    values: dict[str, Any] = {
        "deadline": deadline,
        "tz": tz,
        "closes_at": hard_deadline(deadline, tz, letter.grace),
        "closed_at": None,
    }
    changed = replace(letter, phase=_next_phase(letter, what, tx.now), **values)
    _move(tx, letter, what, **values)
    leave_out_passed(tx, changed, deadline)
    if sooner:
        _tell_waiting(tx, letter, deadline)
    return changed


@writing
def reopen(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    deadline: datetime,
    tz: str | None = None,
    trigger: str | None = None,
) -> Letter:
    """Open a closed letter again until a future deadline and return the changed letter.

    The hard deadline moves too. `tz` is the deadline's time zone, if it changes.

    Raises:
        Refused: the letter is not closed, the actor does not run it, or the deadline is past.
    """
    if again := repeated(tx, letter, actor, trigger):
        return again
    return _put_off(tx, admit(tx, letter, actor, Action.REOPEN), actor, Action.REOPEN, deadline, tz)


@writing
def describe(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    details: Details,
    read: str | None = None,
    trigger: str | None = None,
) -> Letter:
    """Change a letter's summary, goal and data contact, and its cards.

    The contact responsible for names can change also after delivery, the other details until then.
    Signers are told of another contact. Title and sender are signed: they change as the text does.
    `read` is the revision of the details that the organiser saw; None accepts any.

    Raises:
        Refused: the letter is a draft or delivered, the actor does not run it, a field is invalid,
            or the details changed since they were read (`CHANGED_MEANWHILE`).
    """
    if again := repeated(tx, letter, actor, trigger):
        return again
    found = admit(tx, letter, actor, Action.CHANGE_ORGANISERS)
    if replace(details, responsible=found.responsible) != details_of(found):
        admit(tx, letter, actor, Action.DESCRIBE)
    if read not in {None, revision(details_of(found))}:
        raise Refused.because(Reason.CHANGED_MEANWHILE)
    raise_for(refuse_details(details))
    if found.rules.page is not PublicPage.OFF and not details.responsible:
        raise Refused.because(Reason.PAGE_NEEDS_RESPONSIBLE, "responsible")
    changed = asdict(details)
    letters.change(tx, letter, **changed)
    names = [name for name, value in changed.items() if value != getattr(found, name)]
    record(tx, found, Act.DETAILS_CHANGED, actor.person, details=names)
    if details.responsible != found.responsible:
        about = SignatureTopic.RESPONSIBLE_CHANGED
        signed = {person: number for number, person, _ in endorsements.holders(tx, letter)}
        told = [notices.signer(about, letter, number, one) for one, number in signed.items()]
        outbox.owe(tx, found.workspace, told)
    card_changed(tx, found)
    return replace(found, **changed)


@writing
def cancel(
    tx: Transaction, *, letter: int, actor: Actor, reason: str, trigger: str | None = None
) -> Letter:
    """Cancel a letter that was not delivered; its cards then show the reason.

    Raises:
        Refused: the letter is a draft, delivered or cancelled, the actor does not run it, or the
            reason is missing or too long.
    """
    if again := repeated(tx, letter, actor, trigger):
        return again
    found = admit(tx, letter, actor, Action.CANCEL)
    reason = reason.strip()
    if not reason:
        raise Refused.because(Reason.EMPTY, "reason")
    if len(reason) > 300:
        raise Refused.because(Reason.TOO_LONG, "reason", most=300, length=len(reason))
    _move(tx, found, Action.CANCEL, reason=reason, closed_at=found.closed_at or tx.now)
    record(tx, found, Act.CANCELLED, actor.person, ground=reason)
    tell_others(tx, found, actor.person, Act.CANCELLED)
    return found


@writing
def add_organiser(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    person: Person,
    membership: Membership,
    trigger: str | None = None,
) -> Letter:
    """Make another full member an organiser of the letter.

    Raises:
        Refused: the actor isn't an organiser, or the person is one already or no full member.
    """
    if again := repeated(tx, letter, actor, trigger):
        return again
    found = admit(tx, letter, actor, Action.CHANGE_ORGANISERS)
    let_run(tx, found, person, membership, by=actor.person)
    return found


@writing
def appoint_organiser(tx: Transaction, *, letter: int, appointed: Actor) -> Letter:
    """Make a full member an organiser of a letter, on behalf of an operator.

    Raises:
        Refused: the person's workspace has no such letter, or the person is not a full member or is
            an organiser already.
    """
    found = letters.find(tx, letter, lock=True)
    if found is None or found.workspace != appointed.workspace:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    let_run(tx, found, appointed.person, appointed.membership, by=None)
    return found


@writing
def remove_organiser(
    tx: Transaction, *, letter: int, actor: Actor, person: Person, trigger: str | None = None
) -> Letter:
    """Remove an organiser from a letter; the last organiser cannot be removed.

    Raises:
        Refused: the actor does not run the letter, or the person is not an organiser or the last.
    """
    if again := repeated(tx, letter, actor, trigger):
        return again
    found = admit(tx, letter, actor, Action.CHANGE_ORGANISERS)
    running = letters.organisers_of(tx, letter)
    if person not in running:
        raise Refused.because(Reason.NO_SUCH_ORGANISER)
    if len(running) == 1:
        raise Refused.because(Reason.LAST_ORGANISER)
    letters.remove_organiser(tx, letter, person)
    if len(running) == 2 and person == actor.person:
        about, at = LetterTopic.LAST_ORGANISER, str(tx.now)
        outbox.tell_organisers(tx, found.workspace, letter, about, at=at)
    if person != actor.person:
        tell(tx, found, person, LetterTopic.REMOVED_ORGANISER, actor.person)
        tell_others(tx, found, actor.person, Act.ORGANISER_REMOVED, person.user)
    record(tx, found, Act.ORGANISER_REMOVED, actor.person, about=person)
    return found


@reading
def organisers(tx: Transaction, *, letter: int) -> list[Person]:
    """Return a letter's organisers, in the order in which they were added."""
    return letters.organisers_of(tx, letter)


@writing
def know_workspace(tx: Transaction, *, workspace: str, name: str) -> None:
    """Record the workspace that the bot serves, with its current name."""
    workspaces.know(tx, workspace, name)
    restores.note(tx, workspace)
