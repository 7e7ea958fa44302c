"""Answers of people to their invitations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.use_cases.invitations import move
from bot.letters.endorsement import Kind
from bot.letters.invitation import Author, Invitation, InvitationState, Saying, is_due, whom_for
from bot.letters.letter import Letter
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import Action, Phase
from bot.letters.refusals import Reason, Refused
from bot.letters.send_windows import NotNow
from bot.letters.signatory import PartyIndex
from bot.storage import endorsements, letters, signatories
from bot.storage.database import Transaction, reading, writing
from bot.use_cases import addressees
from bot.use_cases.addressees import Asked, Reminding, asked_of, reminding_of, still_organises
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, may_read, once


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """A person's invitations to a letter, with the letter as they may see it."""

    letter: Letter
    phase: Phase
    """The letter's current phase."""
    invitations: tuple[Invitation, ...]
    """Invitations for the person and for organisations, oldest first; at least one."""
    by: Person | None
    """The organiser who invited them; the letter's first one if that is unknown."""
    reminding: Reminding = field(default_factory=Reminding)
    others: Mapping[str, str] = field(default_factory=dict[str, str])
    """Names of those who signed instead, by the ids of invitations of organisations."""

    @property
    def has_signed(self) -> bool:
        """Return whether the person has signed wherever they were invited to."""
        signed = all(one.state is InvitationState.SIGNED for one in self.invitations)
        return signed and not self.others


@reading
def first(tx: Transaction, *, letter: int, person: Person) -> Addressee | NotNow | None:
    """Return the unanswered invitations for the first message; `NotNow` after enough others.

    None if there are none of current organisers, or the letter takes no signatures.
    """
    found = letters.find(tx, letter)
    if found is None or found.opened_at is None or not found.phase_at(tx.now).is_signable:
        return None
    put = [
        invitation
        for invitation in invitation_rows.put_to(tx, letter, person)
        if invitation.state is InvitationState.INVITED
        and (invitation.by is None or still_organises(tx, found, invitation.by))
    ]
    asked = _addressee(tx, found, put, person) if put else None
    return (asked and asked.by and addressees.after_others(tx, found, person, asked.by)) or asked


@reading
def awaiting(tx: Transaction, *, letter: int, person: Person) -> Addressee | None:
    """Return the invitations of somebody who waits for an approval; None if they don't."""
    found = letters.find(tx, letter)
    if found is None or found.phase_at(tx.now) is Phase.CANCELLED:
        return None
    put = invitation_rows.put_to(tx, letter, person)
    waits = any(one.state is InvitationState.AWAITING for one in put)
    return _addressee(tx, found, put, person) if waits else None


@reading
def to_remind(tx: Transaction, *, letter: int, person: Person) -> Addressee | None:
    """Return the invitations to remind somebody of; None if there are none."""
    found = letters.find(tx, letter)
    put = [one for one in invitation_rows.put_to(tx, letter, person) if is_due(one, tx.now)]
    return None if found is None or not put else _addressee(tx, found, put, person)


@reading
def with_others(tx: Transaction, *, invitation: str, actor: Actor) -> Addressee | None:
    """Return all the actor's invitations to the letter of one of them.

    None if the invitation was removed or isn't the actor's, or they may not read the letter.
    """
    found = invitation_rows.find(tx, invitation)
    letter = None if found is None else letters.find(tx, found.letter)
    if found is None or letter is None or found.person != actor.person:
        return None
    if not may_read(tx, letter, actor.person, actor.membership):
        return None
    return _addressee(tx, letter, invitation_rows.put_to(tx, letter.id, actor.person), actor.person)


@reading
def standing(tx: Transaction, *, letter: int, person: Person) -> Addressee | Asked | None:
    """Return the current state for a message about signing; None if the letter was deleted."""
    found = letters.find(tx, letter)
    if found is None:
        return None
    put = invitation_rows.put_to(tx, letter, person)
    return _addressee(tx, found, put, person) if put else asked_of(tx, found, person)


@writing
def answer(
    tx: Transaction,
    *,
    invitation: str,
    actor: Actor,
    saying: Saying,
    day: date | None = None,
    trigger: str,
) -> Invitation:
    """Record an invited person's answer, and return the invitation; `AWAIT` needs a day.

    The actor is the invited person or the organisation's contact. They can change the answer later,
    unless they have signed.

    Raises:
        Refused: the invitation is not the actor's, the letter allows no answers now, they have
            signed, or the day is invalid.
    """

    def act() -> dict[str, str]:
        letter = admit(tx, _own(tx, invitation, actor).letter, actor, Action.ANSWER)
        # The invitation may have changed before the letter was locked.
        move(tx, letter, _own(tx, invitation, actor), Author.INVITED, saying, day)
        said = saying.value
        record(
            tx, letter, Act.INVITATION_ANSWERED, actor.person, invitation=invitation, saying=said
        )
        return {}

    once(tx, actor.workspace, trigger, act)
    return _own(tx, invitation, actor)


def _own(tx: Transaction, invitation: str, actor: Actor) -> Invitation:
    found = invitation_rows.find(tx, invitation)
    if found is None or found.person != actor.person:
        raise Refused.because(Reason.NOT_INVITED)
    return found


def as_if_invited(letter: Letter, *, by: Person, organisation: str, words: str) -> Addressee:
    """Return an invitation that isn't saved, for a preview of its message."""
    invitation = Invitation(
        id="preview",
        letter=letter.id,
        kind=Kind.ORGANISATION if organisation else Kind.PERSON,
        person=by,
        organisation=organisation,
        state=InvitationState.INVITED,
        invited_at=letter.created_at,
        words=words,
        by=by,
    )
    # A preview before posting shows the message as it will be afterwards.
    phase = letter.phase if letter.phase.is_signable else Phase.OPEN
    return Addressee(
        letter=replace(letter, phase=phase), phase=phase, invitations=(invitation,), by=by
    )


def _addressee(tx: Transaction, letter: Letter, put: list[Invitation], person: Person) -> Addressee:
    return Addressee(
        letter=letter.as_seen_by(Role.MEMBER, tx.now),
        phase=letter.phase_at(tx.now),
        invitations=tuple(put),
        by=put[0].by or next(iter(letters.organisers_of(tx, letter.id)), None),
        reminding=reminding_of(tx, letter, person),
        others=_others(tx, put, person),
    )


def _others(tx: Transaction, put: Sequence[Invitation], person: Person) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in put:
        if one.kind is not Kind.ORGANISATION or one.state is not InvitationState.SIGNED:
            continue
        body = whom_for(one.organisation, one.country)
        parties = PartyIndex(signatories.by_keys(tx, {(one.letter, *key) for key in body.keys}))
        _, party = parties.named(one.letter, *body.keys[-1], body.country)
        signers = endorsements.of_party(tx, party.id) if party else []
        if signers and person not in {each.person for each in signers}:
            found[one.id] = signers[0].signature.facts.name
    return found
