"""Delivery of a closed letter, and its late signatures."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.features.amendments.use_cases.default_answer import drop_all
from bot.features.delivery import rows as copy_rows
from bot.features.delivery.rules import DeliveredCopy, Listed, canonical_entries, with_hash
from bot.features.desk.use_cases.status import Need, still_open
from bot.letters.endorsement import Endorsement
from bot.letters.ids import revision
from bot.letters.letter import Letter, Sight
from bot.letters.people import Actor, Role
from bot.letters.phases import Action, Phase, after
from bot.letters.refusals import Reason, Refused
from bot.storage import amendments, endorsements, letters, outbox, signatories
from bot.storage.amendments import Answers
from bot.storage.database import Transaction, reading, writing, writing_aside
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, card_changed, repeated

REGRET = timedelta(minutes=10)
"""Time after a delivery in which an organiser may take it back."""
PAGE = 30
"""Entries on a page of the last look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastLook:
    """A closed letter as it would be delivered now, and what is still open."""

    letter: Letter
    needs: tuple[Need, ...]
    waits: bool
    """True while signers can answer a text change: the letter can't be delivered."""
    behind: int
    listed: tuple[Listed, ...]
    more: bool
    hidden: bool = False
    """True if an embargo hides names from readers now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A letter, its delivered copy, and the signatures withdrawn since."""

    letter: Letter
    copies: tuple[DeliveredCopy, ...]
    """The latest first."""
    withdrawn: tuple[Endorsement, ...]
    """Signatures withdrawn after delivery, the latest first."""
    until: datetime | None = None
    """The time until which the delivery can be taken back; None if it can't be."""
    again: bool = False
    """True if there are late signatures that no copy has."""

    @property
    def copy(self) -> DeliveredCopy:
        """The latest copy."""
        return self.copies[0]


@reading
def look(tx: Transaction, *, letter: int, actor: Actor, after: str = "") -> LastLook | None:
    """Return the last look at a letter, its list from after an entry; None once it is delivered.

    Raises:
        Refused: the letter is not closed, or the actor does not run it.
    """
    if admit(tx, letter, actor, Action.SEE_STATUS, lock=False).delivered_at is not None:
        return None
    found = admit(tx, letter, actor, Action.DELIVER, lock=False)
    found = replace(found, phase=found.phase_at(tx.now))
    answers = amendments.answers(tx, found)
    asked = _still_asked(tx, found, answers)
    listed = copy_rows.listed(tx, letter, after=after, limit=PAGE + 1)
    return LastLook(
        letter=found,
        needs=still_open(tx, found, asked),
        waits=asked > 0,
        behind=0 if asked or answers is None else answers.behind,
        listed=tuple(listed[:PAGE]),
        more=len(listed) > PAGE,
        hidden=found.sight(Role.MEMBER, tx.now) is not Sight.ALL,
    )


def seen(letter: Letter) -> str:
    """Return the state of a letter's list in which it may be delivered, for the Deliver button."""
    return revision(letter.tally, letter.text_sha256)


@writing_aside
def deliver(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    read: str | None = None,
    trigger: str | None = None,
) -> Letter:
    """Deliver a closed letter: save its list, text, counts, hash and time.

    Raises:
        Refused: the letter is not closed, the actor does not run it, signers may still answer an
            amendment, or the list has changed since it was `read` (`seen`).
    """
    again = repeated(tx, letter, actor, trigger)
    if again is not None:
        return again
    found = admit(tx, letter, actor, Action.DELIVER)
    if _still_asked(tx, found, amendments.answers(tx, found)):
        raise Refused.because(Reason.STILL_TO_ANSWER, until=found.answer_by)
    if read not in {None, seen(found)}:
        raise Refused.because(Reason.LIST_CHANGED)
    found = drop_all(tx, found)
    _cut(tx, found, actor)
    phase = after(found.phase_at(tx.now), Action.DELIVER)
    # If everybody answered early, the time to answer ends now.
    answered = None if found.answer_by is None else min(found.answer_by, tx.now)
    letters.change(
        tx,
        letter,
        phase=phase.value,
        delivered_at=tx.now,
        # The deadline may have passed before the letter was recorded as closed.
        closed_at=found.closed_at or found.closes_at,
        answer_by=answered,
    )
    card_changed(tx, found)
    return found


@writing_aside
def deliver_again(
    tx: Transaction, *, letter: int, actor: Actor, trigger: str | None = None
) -> Letter:
    """Save one more copy of a delivered letter, with its late signatures; earlier copies stay.

    Raises:
        Refused: the letter is not delivered, the actor does not run it, or nobody signed since the
            latest copy.
    """
    again = repeated(tx, letter, actor, trigger)
    if again is not None:
        return again
    found = admit(tx, letter, actor, Action.DELIVER_AGAIN)
    if not signatories.signed_late(tx, letter):
        raise Refused.because(Reason.NOT_LATE)
    latest = copy_rows.find(tx, letter)
    _cut(tx, found, actor, number=1 + (latest.number if latest else 0))
    return found


def _cut(tx: Transaction, letter: Letter, actor: Actor, *, number: int = 1) -> None:
    listed, tally = copy_rows.listed(tx, letter.id), letter.tally
    copy = with_hash(
        DeliveredCopy(
            letter=letter.id,
            number=number,
            text=letters.text_of(tx, letter),
            entries=canonical_entries(listed, letter.tz),
            people=tally.people + tally.late_people,
            organisations=tally.organisations + tally.late_organisations,
            by=actor.person,
            cut_at=tx.now,
            clock=tx.clock,
            parties=tuple(one.id for one in listed),
            printing=letter.rules.printing,
        )
    )
    copy_rows.cut(tx, copy, letter.workspace)
    signatories.hand_over(tx, letter.id)
    record(tx, letter, Act.DELIVERED, actor.person, copy_sha256=copy.copy_sha256)


def _still_asked(tx: Transaction, letter: Letter, answers: Answers | None) -> int:
    if letter.answer_by is None or letter.answer_by <= tx.now:
        return 0
    return 0 if answers is None else answers.silent


@writing
def take_back(tx: Transaction, *, letter: int, actor: Actor, trigger: str | None = None) -> Letter:
    """Undo a delivery: its copy is deleted, and the letter is closed as before.

    Raises:
        Refused: the letter is not delivered, the actor does not run it, or the delivery stays: it
            is older than `REGRET`, its copy was written to a file, or somebody was told.
    """
    again = repeated(tx, letter, actor, trigger)
    if again is not None:
        return again
    found = admit(tx, letter, actor, Action.TAKE_BACK)
    copy = copy_rows.find(tx, letter)
    # A file that is being made now is noted before the copy is read for it.
    if _until(tx, found, copy) is None or not copy_rows.delete_unused(tx, letter):
        raise Refused.because(Reason.DELIVERY_STAYS)
    signatories.take_back(tx, letter)
    phase = after(found.phase, Action.TAKE_BACK)
    letters.change(tx, letter, phase=phase.value, delivered_at=None)
    record(tx, found, Act.TAKEN_BACK, actor.person)
    card_changed(tx, found)
    return found


def _until(tx: Transaction, letter: Letter, copy: DeliveredCopy | None) -> datetime | None:
    """Return until when a delivery can be taken back, or None."""
    if copy is None or copy.used or letter.phase is not Phase.DELIVERED or letter.tally.late:
        return None
    until = copy.cut_at + REGRET
    told = until <= tx.now or outbox.told_since(tx, letter.id, copy.cut_at)
    return None if told or endorsements.ended_after_delivery(tx, letter.id) else until


@writing
def open_late(tx: Transaction, *, letter: int, actor: Actor, trigger: str | None = None) -> Letter:
    """Let more people sign a delivered letter: they go on the late list.

    Raises:
        Refused: the letter is not delivered, the late list is open, or the actor does not run it.
    """
    return _move(tx, letter, actor, Action.OPEN_LATE, trigger)


@writing
def close_late(tx: Transaction, *, letter: int, actor: Actor, trigger: str | None = None) -> Letter:
    """End the late list.

    Raises:
        Refused: the late list is not open, or the actor does not run the letter.
    """
    return _move(tx, letter, actor, Action.CLOSE_LATE, trigger)


def _move(
    tx: Transaction, letter: int, actor: Actor, action: Action, trigger: str | None
) -> Letter:
    again = repeated(tx, letter, actor, trigger)
    if again is not None:
        return again
    found = admit(tx, letter, actor, action)
    letters.change(tx, letter, phase=after(found.phase, action).value)
    act = Act.LATE_OPENED if action is Action.OPEN_LATE else Act.LATE_CLOSED
    record(tx, found, act, actor.person)
    card_changed(tx, found)
    return found


@reading
def delivered(tx: Transaction, *, letter: int, actor: Actor) -> Delivered:
    """Return the delivered copy, and the signatures withdrawn since.

    Raises:
        Refused: there is no copy, or the actor does not run the letter.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    copies = tuple(copy_rows.copies(tx, letter))
    if not copies and found.phase is Phase.CANCELLED:
        raise Refused.because(Reason.IS_CANCELLED, title=found.title, why=found.reason)
    if not copies:
        raise Refused.because(Reason.NOT_DELIVERED, title=found.title)
    return Delivered(
        letter=found,
        copies=copies,
        withdrawn=tuple(endorsements.ended_after_delivery(tx, letter)),
        until=_until(tx, found, copies[0]),
        again=signatories.signed_late(tx, letter),
    )


@writing
def copy_of(tx: Transaction, *, letter: int, number: int = 0) -> DeliveredCopy:
    """Return a delivered copy, by default the latest, for a file of the operator.

    Raises:
        Refused: there is no such letter, or no copy of it.
    """
    found = letters.find(tx, letter)
    if found is None:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    copy_rows.use(tx, letter)
    copy = copy_rows.find(tx, letter, number)
    if copy is None:
        reason = Reason.NO_SUCH_COPY if number else Reason.NOT_DELIVERED
        raise Refused.because(reason, title=found.title)
    return copy
