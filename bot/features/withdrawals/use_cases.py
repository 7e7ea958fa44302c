"""Withdrawing a signature."""

from bot.features.invitations.use_cases.signed import end_questions, mark_withdrawn
from bot.letters import notices
from bot.letters.endorsement import MOVES, Endorsement, Event, State
from bot.letters.invitation import Saying
from bot.letters.letter import Letter, refuse
from bot.letters.notices import LetterTopic
from bot.letters.people import Actor, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused, raise_for, required
from bot.letters.signatory import in_delivered_copy
from bot.storage import endorsements, letters, outbox, signatories
from bot.storage.database import Transaction, reading, writing
from bot.storage.privacy import approvals
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import once, role_in
from bot.use_cases.parties import refresh, tell_if_answered


@reading
def held(tx: Transaction, *, endorsement: str, actor: Actor) -> tuple[Letter, Endorsement]:
    """Return one of the actor's own active endorsements, and its letter.

    Raises:
        Refused: the endorsement is not the actor's, or has ended.
    """
    return own(tx, endorsement, actor)


def own(
    tx: Transaction, endorsement: str, actor: Actor, *, lock: bool = False
) -> tuple[Letter, Endorsement]:
    """Return an active endorsement of the actor and its letter; `lock` locks the letter.

    Raises:
        Refused: the endorsement is not the actor's, or has ended.
    """
    # Locked first, so that rows read after this cannot change before the commit.
    letter = letters.of_endorsement(tx, endorsement) if lock else None
    found = endorsements.find(tx, endorsement)
    if found is None or found.person != actor.person:
        raise Refused.because(Reason.NOT_SIGNED)
    letter = letter or letters.find(tx, found.letter)
    if letter is None or letter.workspace != actor.workspace:
        raise Refused.because(Reason.NOT_SIGNED)
    if found.state_at(letter, tx.now) not in {State.STANDS, State.ASKED}:
        raise Refused.because(Reason.NOT_SIGNED)
    return letter, found


def own_now(
    tx: Transaction, endorsement: str, actor: Actor, action: Action
) -> tuple[Letter, Endorsement]:
    """Lock an endorsement's letter and return both, after checking that the action is allowed.

    Raises:
        Refused: the endorsement is not the actor's, has ended, or the action is not allowed now: a
            removed entry stays as its organiser removed it (`ENTRY_REMOVED`).
    """
    letter, found = own(tx, endorsement, actor, lock=True)
    raise_for(refuse(letter, action, role_in(tx, letter, actor), tx.now))
    party = signatories.find(tx, found.signatory) if action is Action.CHANGE else None
    if party and party.removed:
        raise Refused.because(Reason.ENTRY_REMOVED, entry=party.entry)
    return letter, found


def as_it_is(tx: Transaction, endorsement: str, actor: Actor) -> tuple[Letter, Endorsement]:
    """Return one of the actor's own endorsements, active or ended, and its letter.

    Raises:
        Refused: the endorsement is not the actor's.
    """
    one = endorsements.find(tx, endorsement)
    letter = None if one is None else letters.find(tx, one.letter)
    if one is None or letter is None or one.person != actor.person:
        raise Refused.because(Reason.NOT_SIGNED)
    return letter.as_seen_by(Role.MEMBER, tx.now), one


def end(
    tx: Transaction,
    letter: Letter,
    one: Endorsement,
    event: Event,
    saying: Saying = Saying.WITHDRAW,
) -> Letter:
    """End an endorsement by an event and return the changed letter.

    `saying` is the change of the signer's invitation.

    Raises:
        Refused: the event is not possible in the endorsement's state.
    """
    state = required(MOVES.get((one.state_at(letter, tx.now), event)), Reason.NOT_SIGNED)
    endorsements.end(tx, letter, one, state)
    letter = refresh(tx, letter, one.signatory, leaves=True)
    mark_withdrawn(tx, letter, one, saying)
    return letter


def withdrawal(tx: Transaction, letter: Letter, one: Endorsement) -> Event:
    """Return the event of a withdrawal, which differs if the signature is in the delivered copy."""
    party = signatories.find(tx, one.signatory)
    delivered = party is not None and in_delivered_copy(letter, party, one)
    asked = one.state_at(letter, tx.now) is State.ASKED
    return Event.WITHDRAW_AFTER_DELIVERY if delivered and not asked else Event.WITHDRAW


@writing
def withdraw(
    tx: Transaction, *, endorsement: str, actor: Actor, trigger: str, from_home: bool = False
) -> tuple[Letter, Endorsement]:
    """Withdraw a signature, even after closing; return its letter and the ended signature.

    The signer's questions about approvals on the letter end with it.

    `from_home` is true if the signer used the App Home, which is then updated.

    Raises:
        Refused: the signature is not the actor's, or has ended already.
    """

    def act() -> None:
        letter, found = own_now(tx, endorsement, actor, Action.WITHDRAW)
        event = withdrawal(tx, letter, found)
        asked = found.state_at(letter, tx.now) is State.ASKED
        letter = end(tx, letter, found, event)
        end_questions(tx, letter, approvals.waiting(tx, letter=letter.id, person=actor.person))
        if asked:
            tell_if_answered(tx, letter)
        told = [notices.receipt(letter.id, actor.person, changed=True)]
        party = signatories.find(tx, found.signatory)
        if event is Event.WITHDRAW_AFTER_DELIVERY and not (party and party.endorsements):
            # The organisers may want to inform the letter's recipients.
            # With the id, erasing the signer also erases the entry here.
            facts = {"entry": found.signature.told, "endorsement": found.id}
            about = LetterTopic.WITHDRAWN_AFTER_DELIVERY
            outbox.tell_organisers(tx, letter.workspace, letter.id, about, **facts)
        if from_home:
            told.append(notices.home(actor.person))
        record(
            tx,
            letter,
            Act.WITHDRAWN,
            actor.person,
            signatory=found.signatory,
            endorsement=found.id,
        )
        outbox.owe(tx, letter.workspace, told)

    once(tx, actor.workspace, trigger, act)
    return as_it_is(tx, endorsement, actor)
