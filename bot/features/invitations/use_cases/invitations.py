"""Managing of invitations by organisers, and updates by signatures and withdrawals."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.rules import Invitee, cleaned, refusals
from bot.features.invitations.use_cases.entry import Entered, Entry, is_backed, tell
from bot.letters.endorsement import Endorsement, Kind
from bot.letters.invitation import (
    MOVES,
    Author,
    Invitation,
    InvitationIndex,
    InvitationKey,
    InvitationState,
    Saying,
    Whom,
    awaited_until,
    moved,
    whom,
    whom_for,
    whom_kept,
    whose_signature,
)
from bot.letters.letter import Letter, refuse
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refusal, Refused
from bot.letters.signatory import PartyIndex, Signatory
from bot.storage import (
    endorsements,
    letters,
    name_index,
    outbox,
    sent_messages,
    signatories,
    workspaces,
)
from bot.storage.database import Transaction, reading, writing
from bot.storage.workspaces import Acquaintance
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once, role_in


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPage:
    """A page of a letter's invitations."""

    letter: Letter
    invitations: tuple[Invitation, ...]
    number: int
    """Page number, from 1 to that of the last page."""
    pages: int
    counts: dict[InvitationState, int]
    may_change: bool
    """True if the letter's phase lets its organisers change the list now."""
    has_outside: bool = False
    """True if an unanswered invitation is for somebody without an account here."""


@writing
def invite(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    wanted: Sequence[Invitee],
    met: Collection[Acquaintance] = (),
    at_once: bool = False,
    trigger: str,
) -> Entered:
    """Invite people and organisations; those with an account here get one message.

    It goes out when the letter is open to all, in their next daytime or `at_once`. An existing
    invitation only gets the account that it lacks, and people who have signed are added as signed.
    `met` is what Slack says about those with an account here.

    Raises:
        Refused: the letter does not allow it now, the actor does not run it, or a field is
            invalid.
    """

    def act() -> dict[str, int]:
        found = admit(tx, letter, actor, Action.INVITE)
        clean = [cleaned(one) for one in wanted]
        for one in clean:
            for refusal in refusals(one):
                raise Refused(refusal)
        workspaces.meet(tx, found.workspace, met)
        entry = Entry(tx, found, clean, found.tz, by=actor.person)
        for one in clean:
            entry.add(one)
        entered = entry.write(at_once=at_once)
        record(tx, found, Act.INVITED, actor.person, count=entered.added + entered.changed)
        return asdict(entered)

    return Entered(**once(tx, actor.workspace, trigger, act))


@writing
def say(
    tx: Transaction,
    *,
    invitation: str,
    actor: Actor,
    saying: Saying,
    day: date | None = None,
    tz: str = "UTC",
    trigger: str,
) -> Invitation:
    """Set an invitation's state for an organiser, and return it; `AWAIT` needs a day.

    Raises:
        Refused: the invitation was removed, the actor does not run its letter, the invited have
            signed, or the day is invalid.
    """

    def act() -> dict[str, str]:
        letter, found = _own(tx, invitation, actor)
        move(tx, letter, found, Author.ORGANISER, saying, day, tz)
        said = saying.value
        record(tx, letter, Act.INVITATION_CHANGED, actor.person, invitation=invitation, saying=said)
        return {}

    once(tx, actor.workspace, trigger, act)
    return _found(tx, invitation)


def move(
    tx: Transaction,
    letter: Letter,
    invitation: Invitation,
    voice: Author,
    saying: Saying,
    day: date | None,
    tz: str,
) -> Invitation:
    """Apply an answer to an invitation, and return the changed invitation.

    Raises:
        Refused: the current state does not allow the answer, or the day is invalid.
    """
    state = moved(invitation, saying, voice)
    if isinstance(state, Refusal):
        raise Refused(state)
    until: datetime | Refusal | None = None
    if state is InvitationState.AWAITING:
        if day is None:
            raise Refused.because(Reason.EMPTY, "until")
        until = awaited_until(day, tz, letter, tx.now)
        if isinstance(until, Refusal):
            raise Refused(until)
    after = replace(invitation, state=state, until=until, answered_at=tx.now)
    invitation_rows.change(tx, [after])
    if voice is Author.ORGANISER:
        _edit_messages(tx, letter, [after])
    return after


@writing
def remove(tx: Transaction, *, invitation: str, actor: Actor, trigger: str) -> int:
    """Remove an invitation, and return the number of its letter.

    After the last one is removed, reminders go to the members of the letter's channels again.

    Raises:
        Refused: the invitation was removed, or the actor does not run its letter.
    """

    def act() -> dict[str, int]:
        letter, _ = _own(tx, invitation, actor)
        invitation_rows.remove(tx, invitation)
        record(tx, letter, Act.INVITATION_REMOVED, actor.person, invitation=invitation)
        if not invitation_rows.are_there(tx, letter.id):
            letters.change(tx, letter.id, has_invitations=False)
        return {"letter": letter.id}

    return once(tx, actor.workspace, trigger, act)["letter"]


def _own(tx: Transaction, invitation: str, actor: Actor) -> tuple[Letter, Invitation]:
    """Lock a letter that the actor runs, and return it with its invitation."""
    letter = admit(tx, _found(tx, invitation).letter, actor, Action.INVITE)
    return letter, _found(tx, invitation)


def _found(tx: Transaction, invitation: str) -> Invitation:
    found = invitation_rows.find(tx, invitation)
    if found is None:
        raise Refused.because(Reason.NO_SUCH_INVITATION)
    return found


@reading
def find(tx: Transaction, *, invitation: str, actor: Actor) -> tuple[Letter, Invitation]:
    """Return a letter and its invitation, if the actor may change it now.

    Raises:
        Refused: the invitation was removed, or the actor does not run its letter.
    """
    found = _found(tx, invitation)
    return admit(tx, found.letter, actor, Action.INVITE, lock=False), found


@reading
def page(
    tx: Transaction, *, letter: int, actor: Actor, number: int = 1, limit: int
) -> InvitationPage:
    """Return a page of a letter's invitations, in the order in which they were added.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    counts = invitation_rows.counts(tx, letter)
    pages = max(1, -(-sum(counts.values()) // limit))
    number = min(max(number, 1), pages)
    return InvitationPage(
        letter=found.as_seen_by(Role.ORGANISER, tx.now),
        invitations=tuple(
            invitation_rows.of_letter(tx, letter, skip=(number - 1) * limit, limit=limit)
        ),
        number=number,
        pages=pages,
        counts=counts,
        may_change=refuse(found, Action.INVITE, role_in(tx, found, actor), tx.now) is None,
        has_outside=invitation_rows.are_outside(tx, letter),
    )


def unsigned(
    tx: Transaction, letter: int, invitation: str, person: Person | None
) -> Invitation | None:
    """Return a person's invitation for an organisation that has not signed; None for any other."""
    found = invitation_rows.find(tx, invitation)
    if found is None or (found.letter, found.person) != (letter, person):
        return None
    waits = found.kind is Kind.ORGANISATION and found.state is not InvitationState.SIGNED
    return found if waits else None


def announce(tx: Transaction, letter: Letter) -> None:
    """Queue the first message to people invited before the letter opened to all."""
    if letter.has_invitations:
        tell(tx, letter, invitation_rows.of_letter(tx, letter.id))


def mark_signed(tx: Transaction, letter: Letter, signed: Sequence[Endorsement]) -> None:
    """Mark the invitations answered by these signatures as signed."""
    if letter.has_invitations:
        people = [one for new in signed for one in whose_signature(new.person, new.signature)]
        spoken_for = {one.signatory for one in signed if one.kind is Kind.ORGANISATION}
        changed = _mark(tx, letter, people + _names_of(tx, spoken_for), Saying.SIGN)
        # The signers' own messages are edited after their receipts.
        signers = {one.person for one in signed}
        _edit_messages(tx, letter, [one for one in changed if one.person not in signers])


def mark_merged(tx: Transaction, letter: Letter, party: Signatory) -> None:
    """Mark the invitations under any name of a merged organisation as signed."""
    if letter.has_invitations:
        _mark(tx, letter, _names_of(tx, {party.id}), Saying.SIGN)


def mark_as_listed(tx: Transaction, letter: Letter, parties: Collection[Signatory]) -> None:
    """Mark the invitations of signatories whose merge was undone, as signed or as withdrawn."""
    if not letter.has_invitations:
        return
    for party in parties:
        if party.kind is not Kind.ORGANISATION:
            continue
        saying = Saying.SIGN if party.endorsements else Saying.WITHDRAW
        _mark(tx, letter, _names_of(tx, {party.id}), saying)


def _names_of(tx: Transaction, parties: Collection[str]) -> list[Whom]:
    """Return organisations under all their names, each with its country."""
    if not parties:
        return []
    return [whom_kept(key, country) for key, country in name_index.known_under(tx, parties)]


def mark_withdrawn(
    tx: Transaction, letter: Letter, ended: Endorsement, saying: Saying = Saying.WITHDRAW
) -> None:
    """Mark the invitations answered by an ended signature as withdrawn, or by `saying`.

    A person with another signature, and an organisation with another signer, stay as they are.
    """
    if not letter.has_invitations:
        return
    gone = whose_signature(ended.person, ended.signature)
    party = signatories.find(tx, ended.signatory)
    if party is not None and party.kind is Kind.ORGANISATION and not party.endorsements:
        gone += _names_of(tx, {party.id})
    person = ended.person
    if person is None and party is not None and party.kind is Kind.PERSON:
        name = ended.signature.facts.name
        gone = [] if name_index.collected_names(tx, letter.id, [name]) else gone
    if person is not None and endorsements.held_by(tx, [(letter.id, person)]):
        gone = [one for one in gone if one != whom(person, "")]
    _mark(tx, letter, gone, saying)


def _edit_messages(tx: Transaction, letter: Letter, changed: Sequence[Invitation]) -> None:
    people = {one.person for one in changed if one.person is not None}
    owed = [notice for one in people for notice in sent_messages.edits_of(tx, letter.id, one)]
    outbox.owe(tx, letter.workspace, owed)


def _mark(
    tx: Transaction, letter: Letter, people: Sequence[Whom], saying: Saying
) -> list[Invitation]:
    """Apply `saying` to the invitations of some parties; return the changed ones."""
    keys: set[InvitationKey] = {key for one in people for key in one.keys}
    held = InvitationIndex(invitation_rows.by_keys(tx, letter.id, keys))
    meant = [invitation for one in people if (invitation := held.surely(one)) is not None]
    if saying is not Saying.SIGN:
        meant += _no_longer_backed(tx, letter, held, people)
    changed: dict[str, Invitation] = {}
    for invitation in meant:
        state = MOVES.get((invitation.state, saying))
        if state is not None and state is not invitation.state:
            changed[invitation.id] = replace(
                invitation, state=state, until=None, answered_at=tx.now
            )
    invitation_rows.change(tx, [*changed.values()])
    return [*changed.values()]


def _no_longer_backed(
    tx: Transaction, letter: Letter, held: InvitationIndex, gone: Sequence[Whom]
) -> list[Invitation]:
    """Return invitations of organisations that are marked as signed, but have no signature.

    A signature without a country answers the only invitation of its name. When it ends there may be
    a second invitation, of another country, so it is unclear which one it had answered.
    """
    named = {
        invitation.id: invitation
        for one in gone
        if one.keys[-1][0] is Kind.ORGANISATION
        for invitation in held.namesakes(one)
        if invitation.state is InvitationState.SIGNED
    }
    meant = {one.id: whom_for(one.organisation, one.country) for one in named.values()}
    keys = {(letter.id, *key) for one in meant.values() for key in one.keys}
    parties = PartyIndex(signatories.by_keys(tx, keys)) if keys else PartyIndex({})
    return [
        named[number] for number, one in meant.items() if not is_backed(parties, letter.id, one)
    ]
