"""Delivery of a closed letter, and its late signatures."""

from dataclasses import dataclass
from datetime import datetime

from bot.features.amendments.use_cases.default_answer import drop_all
from bot.features.delivery import rows as copy_rows
from bot.features.delivery.rules import DeliveredCopy, canonical_entries, with_hash
from bot.letters.amendment import SHORTEST
from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter, Sight
from bot.letters.people import Actor, Role
from bot.letters.phases import Action, Phase, after
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory
from bot.storage import amendments, endorsements, letters, signatories
from bot.storage.amendments import Answers
from bot.storage.database import Transaction, reading, writing, writing_aside
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, card_changed, repeated

MOST_NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The list as it would be delivered now, and the open questions."""

    letter: Letter
    waiting: tuple[Signatory, ...]
    """The first organisations that would be left out; the letter's tally counts all."""
    unanswered: int
    """Number of signers who can still answer a text change."""
    answer_by: datetime | None
    """Deadline for answers to a text change; until then the letter can't be delivered."""
    can_end_sooner: bool = False
    """True if an organiser can shorten the time to answer."""
    hidden: bool = False
    """True if an embargo hides names from readers now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A letter, its delivered copy, and the signatures withdrawn since."""

    letter: Letter
    copy: DeliveredCopy
    withdrawn: tuple[Endorsement, ...]
    """Signatures withdrawn after delivery, the latest first."""


@reading
def preview(tx: Transaction, *, letter: int, actor: Actor) -> Cut:
    """Return the copy that a delivery would save now.

    Raises:
        Refused: the letter is not closed, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.DELIVER, lock=False)
    answers = amendments.answers(tx, found)
    # Only people are asked, and not those whose signatures were collected outside Slack.
    asked = _still_asked(tx, found, answers)
    until = found.answer_by if asked else None
    return Cut(
        letter=found,
        waiting=tuple(signatories.waiting(tx, letter, limit=MOST_NAMED)),
        unanswered=asked or (0 if answers is None else answers.behind),
        answer_by=until,
        can_end_sooner=until is not None and until > tx.now + SHORTEST,
        hidden=found.sight(Role.MEMBER, tx.now) is not Sight.ALL,
    )


@writing_aside
def deliver(tx: Transaction, *, letter: int, actor: Actor, trigger: str | None = None) -> Letter:
    """Deliver a closed letter: save its list, text, counts, hash and time for good.

    Raises:
        Refused: the letter is not closed, the actor does not run it, or signers may still
            answer an amendment.
    """
    again = repeated(tx, letter, actor, trigger)
    if again is not None:
        return again
    found = admit(tx, letter, actor, Action.DELIVER)
    if _still_asked(tx, found, amendments.answers(tx, found)):
        raise Refused.because(Reason.STILL_TO_ANSWER, until=found.answer_by)
    found = drop_all(tx, found)
    listed = copy_rows.listed(tx, letter)
    copy = with_hash(
        DeliveredCopy(
            letter=letter,
            text=letters.text_of(tx, found),
            entries=canonical_entries(listed),
            people=found.tally.people,
            organisations=found.tally.organisations,
            by=actor.person,
            cut_at=tx.now,
            clock=tx.clock,
            parties=tuple(one.id for one in listed),
        )
    )
    copy_rows.cut(tx, copy, found.workspace)
    signatories.hand_over(tx, letter)
    record(tx, found, Act.DELIVERED, actor.person, copy_sha256=copy.copy_sha256)
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


def _still_asked(tx: Transaction, letter: Letter, answers: Answers | None) -> int:
    if letter.answer_by is None or letter.answer_by <= tx.now:
        return 0
    return 0 if answers is None else answers.silent


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
    copy = copy_rows.find(tx, letter)
    if copy is None and found.phase is Phase.CANCELLED:
        raise Refused.because(Reason.IS_CANCELLED, title=found.title, why=found.reason)
    if copy is None:
        raise Refused.because(Reason.NOT_DELIVERED, title=found.title)
    return Delivered(
        letter=found, copy=copy, withdrawn=tuple(endorsements.ended_after_delivery(tx, letter))
    )


@reading
def copy_of(tx: Transaction, *, letter: int) -> DeliveredCopy:
    """Return the delivered copy, for the operator.

    Raises:
        Refused: there is no such letter, or no copy of it.
    """
    found = letters.find(tx, letter)
    if found is None:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    copy = copy_rows.find(tx, letter)
    if copy is None:
        raise Refused.because(Reason.NOT_DELIVERED, title=found.title)
    return copy
