"""Withdrawing a signature."""

from bot.features.invitations.use_cases.invitations import mark_withdrawn
from bot.letters import notices
from bot.letters.endorsement import MOVES, Endorsement, Event, State
from bot.letters.invitation import Saying
from bot.letters.letter import Letter, refuse
from bot.letters.notices import LetterTopic
from bot.letters.people import Actor, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import in_delivered_copy
from bot.storage import endorsements, letters, outbox, signatories
from bot.storage.database import Transaction, reading, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import once, role_in
from bot.use_cases.parties import refresh


@reading
def held(tx: Transaction, *, endorsement: str, actor: Actor) -> tuple[Letter, Endorsement]:
    """Return one of the actor's own endorsements that stands, and its letter.

    Raises:
        Refused: it is not theirs, or it ended.
    """
    return own(tx, endorsement, actor)


def own(
    tx: Transaction, endorsement: str, actor: Actor, *, lock: bool = False
) -> tuple[Letter, Endorsement]:
    """The same within a transaction; `lock` locks the letter.

    Raises:
        Refused: it is not theirs, or it ended.
    """
    # The lock comes first: what is read after it cannot change before the commit.
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
    """The same with the letter locked, where the actor may do that with it now.

    Raises:
        Refused: it is not theirs, it ended, or the table of rules says no.
    """
    letter, found = own(tx, endorsement, actor, lock=True)
    refusal = refuse(letter, action, role_in(tx, letter, actor), tx.now)
    if refusal is not None:
        raise Refused(refusal)
    return letter, found


def as_it_is(tx: Transaction, endorsement: str, actor: Actor) -> tuple[Letter, Endorsement]:
    """Return one of the actor's own endorsements, whether it stands or ended, and its letter.

    Raises:
        Refused: it is not theirs.
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

    `saying` is what an invitation of its signer says then.

    Raises:
        Refused: that cannot happen to it as it is.
    """
    state = MOVES.get((one.state_at(letter, tx.now), event))
    if state is None:
        raise Refused.because(Reason.NOT_SIGNED)
    endorsements.end(tx, letter, one, state)
    letter = refresh(tx, letter, one.signatory, leaves=True)
    mark_withdrawn(tx, letter, one, saying)
    return letter


def withdrawal(tx: Transaction, letter: Letter, one: Endorsement) -> Event:
    """Return the kind of a withdrawal: after delivery it is recorded apart."""
    party = signatories.find(tx, one.signatory)
    delivered = party is not None and in_delivered_copy(letter, party, one)
    asked = one.state_at(letter, tx.now) is State.ASKED
    return Event.WITHDRAW_AFTER_DELIVERY if delivered and not asked else Event.WITHDRAW


@writing
def withdraw(
    tx: Transaction, *, endorsement: str, actor: Actor, trigger: str, from_home: bool = False
) -> tuple[Letter, Endorsement]:
    """Take a signature back, also after closing; return its letter and the signature as it is then.

    `from_home` says that it was done from the App Home, which then shows it.

    Raises:
        Refused: it is not theirs, or it ended before.
    """

    def act() -> dict[str, str]:
        letter, found = own_now(tx, endorsement, actor, Action.WITHDRAW)
        event = withdrawal(tx, letter, found)
        end(tx, letter, found, event)
        told = [notices.receipt(letter.id, actor.person, changed=True)]
        if event is Event.WITHDRAW_AFTER_DELIVERY:
            # The letter's recipients may have to hear of it.
            told += [
                notices.word(
                    LetterTopic.WITHDRAWN_AFTER_DELIVERY,
                    letter.id,
                    person,
                    entry=found.signature.entry,
                    # A forgotten signer is forgotten here too.
                    endorsement=found.id,
                )
                for person in letters.organisers_of(tx, letter.id)
            ]
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
        return {}

    once(tx, actor.workspace, trigger, act)
    return as_it_is(tx, endorsement, actor)
