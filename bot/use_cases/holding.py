"""Somebody looks at what they signed, corrects it, or takes it back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.letters import notices
from bot.letters.endorsement import (
    MOVES,
    Capacity,
    Endorsement,
    Event,
    Signature,
    State,
    refuse_signature,
)
from bot.letters.letter import Letter, refuse
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory
from bot.storage import endorsements, letters, outbox, signatories
from bot.storage.database import Transaction, reading, writing
from bot.use_cases.amended_texts import Change, to_answer
from bot.use_cases.asking import mark_withdrawn
from bot.use_cases.gate import admit, once, role_in
from bot.use_cases.parties import end_double_of, refresh, same_party
from bot.use_cases.signing import Signed, SignRequest, sign_all


@reading
def held(tx: Transaction, *, endorsement: str, actor: Actor) -> tuple[Letter, Endorsement]:
    """One of the actor's own endorsements that stands, and its letter.

    Raises:
        Refused: it is not theirs, or it ended.
    """
    return own(tx, endorsement, actor)


def own(tx: Transaction, endorsement: str, actor: Actor) -> tuple[Letter, Endorsement]:
    """One of the actor's own endorsements that stands, and its letter, in a story.

    Raises:
        Refused: it is not theirs, or it ended.
    """
    found = endorsements.find(tx, endorsement)
    if found is None or found.person != actor.person:
        raise Refused.because(Reason.NOT_SIGNED)
    letter = letters.find(tx, found.letter)
    if letter is None or letter.workspace != actor.workspace:
        raise Refused.because(Reason.NOT_SIGNED)
    if found.state_at(letter, tx.now) not in {State.STANDS, State.ASKED}:
        raise Refused.because(Reason.NOT_SIGNED)
    return letter, found


def own_now(
    tx: Transaction, endorsement: str, actor: Actor, action: Action
) -> tuple[Letter, Endorsement]:
    """The same with its letter locked, where the actor may do that with it now.

    Raises:
        Refused: it is not theirs, it ended, or the table of rules says no.
    """
    letter, _ = own(tx, endorsement, actor)
    admit(tx, letter.id, actor, action)
    return own(tx, endorsement, actor)


def end(tx: Transaction, letter: Letter, one: Endorsement, event: Event) -> Letter:
    """Ends an endorsement by an event and gives the letter anew.

    Raises:
        Refused: that cannot happen to it as it is.
    """
    state = MOVES.get((one.state_at(letter, tx.now), event))
    if state is None:
        raise Refused.because(Reason.NOT_SIGNED)
    endorsements.end(tx, one.id, state)
    letter = refresh(tx, letter, one.signatory, leaves=True)
    mark_withdrawn(tx, letter, one)
    return letter


@writing
def withdraw(
    tx: Transaction, *, endorsement: str, actor: Actor, delivery: str, from_home: bool = False
) -> str:
    """Takes a signature back, also after closing, and gives the line that was withdrawn.

    `from_home` says that it was done from the App Home, which then shows it.

    Raises:
        Refused: it is not theirs, or it ended before.
    """

    def act() -> dict[str, str]:
        letter, found = own_now(tx, endorsement, actor, Action.WITHDRAW)
        end(tx, letter, found, withdrawal(tx, letter, found))
        if from_home:
            outbox.owe(tx, letter.workspace, [notices.home(actor.person)])
        return {"line": found.signature.line}

    return once(tx, actor.workspace, delivery, act)["line"]


def withdrawal(tx: Transaction, letter: Letter, one: Endorsement) -> Event:
    """What a withdrawal is: who stands on the list that was handed over is told apart."""
    party = signatories.find(tx, one.signatory)
    handed_over = letter.delivered_at is not None and party is not None and not party.late
    asked = one.state_at(letter, tx.now) is State.ASKED
    return Event.WITHDRAW_AFTER_DELIVERY if handed_over and not asked else Event.WITHDRAW


@writing
def change(
    tx: Transaction,
    *,
    endorsement: str,
    actor: Actor,
    signature: Signature,
    delivery: str,
    confirms: bool = False,
    from_home: bool = False,
    knows_late: bool = False,
) -> Signed:
    """Corrects what somebody signed, as they approved it anew.

    The same party keeps its endorsement, and the text that it names. Another party (a different
    organisation, another capacity) is a new endorsement in place of the old one, which the letter
    must be open for. `from_home` says that it was done from the App Home, which then shows it;
    `knows_late`, that they were told that a new one goes on the late list, if it does.

    Raises:
        Refused: it is not theirs, the letter does not allow it now, or the signature cannot stand.
    """

    def act() -> dict[str, str]:
        letter, found = own_now(tx, endorsement, actor, Action.CHANGE)
        new = signature
        same = same_party(tx, found, new)
        if same:
            given = found.signature
            new = replace(new, text_sha256=given.text_sha256, consent=given.consent)
        others = endorsements.held_by(tx, [(letter.id, actor.person)])[letter.id, actor.person]
        rest = tuple(one for one in others if one.id != found.id)
        same_text = replace(letter, text_sha256=new.text_sha256)
        refusal = refuse_signature(same_text if same else letter, new, rest)
        if refusal is not None:
            raise Refused(refusal)
        if from_home:
            outbox.owe(tx, letter.workspace, [notices.home(actor.person)])
        if same:
            endorsements.change(tx, found.id, new)
            doubled = end_double_of(tx, letter, replace(found, signature=new))
            refresh(tx, letter, found.signatory, leaves=doubled)
            outbox.owe(tx, letter.workspace, [notices.receipt(found.id, actor.person)])
            return {"endorsement": found.id, "line": new.line}
        refusal = refuse(letter, Action.SIGN, role_in(tx, letter, actor), tx.now)
        if refusal is not None:
            raise Refused.because(Reason.STAYS_WHOSE_IT_IS, _name_field(new))
        letter = end(tx, letter, found, withdrawal(tx, letter, found))
        request = SignRequest(
            letter=letter.id,
            actor=actor,
            signature=new,
            delivery=f"{delivery}:again",
            confirms=confirms,
            knows_late=knows_late,
        )
        (signed,) = sign_all(tx, [request])
        if isinstance(signed, Exception):
            raise signed
        return {"endorsement": signed.endorsement, "line": signed.line}

    return Signed(**once(tx, actor.workspace, delivery, act))


def _name_field(signature: Signature) -> str:
    return "organisation" if signature.capacity is Capacity.ORGANISATION else "capacity"


@reading
def mine(tx: Transaction, *, actor: Actor) -> list[tuple[Letter, Endorsement, Signatory]]:
    """What the actor holds on the letters of this workspace, newest first, and whom it speaks for."""
    everything = endorsements.everything_held_by(tx, actor.person)
    found = letters.find_many(tx, {one.letter for one in everything})
    parties = signatories.find_many(tx, {one.signatory for one in everything})
    return [
        (found[one.letter], one, parties[one.signatory])
        for one in everything
        if found[one.letter].workspace == actor.workspace
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What somebody can do now with what they hold on a letter."""

    may_change: bool
    asked: Mapping[str, Change]
    """By endorsement, what they are asked about."""


@reading
def own_on(tx: Transaction, *, letter: int, actor: Actor) -> Own:
    """What somebody can do now with what they hold on a letter.

    Raises:
        Refused: there is no such letter here.
    """
    found = letters.find(tx, letter)
    if found is None or found.workspace != actor.workspace:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    refusal = refuse(found, Action.CHANGE, role_in(tx, found, actor), tx.now)
    return Own(may_change=refusal is None, asked=to_answer(tx, found, actor))


@reading
def own_at_all(tx: Transaction, *, endorsement: str, actor: Actor) -> tuple[Letter, Endorsement]:
    """One of the actor's own endorsements, whether it stands or ended, and its letter.

    Raises:
        Refused: it is not theirs.
    """
    one = endorsements.find(tx, endorsement)
    letter = None if one is None else letters.find(tx, one.letter)
    if one is None or letter is None or one.person != actor.person:
        raise Refused.because(Reason.NOT_SIGNED)
    return letter.as_seen_by(Role.MEMBER, tx.now), one


@reading
def told_of(
    tx: Transaction, *, endorsement: str, person: Person
) -> tuple[Letter, Endorsement] | None:
    """What a signer is told of, whether it stands or ended; None where it is not theirs."""
    found = endorsements.find(tx, endorsement)
    if found is None or found.person != person:
        return None
    letter = letters.find(tx, found.letter)
    return None if letter is None else (letter.as_seen_by(Role.MEMBER, tx.now), found)


@reading
def receipt(tx: Transaction, *, endorsement: str) -> tuple[Letter, Endorsement, Signatory] | None:
    """What a signer's receipt says now; None where it ended meanwhile."""
    found = endorsements.find(tx, endorsement)
    if found is None or found.withdrawn_at is not None:
        return None
    letter, party = letters.find(tx, found.letter), signatories.find(tx, found.signatory)
    if letter is None or party is None:
        return None
    return letter.as_seen_by(Role.MEMBER, tx.now), found, party
