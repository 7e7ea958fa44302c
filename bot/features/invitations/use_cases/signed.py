"""Updates of invitations when signatures are added or end."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.use_cases.entry import is_backed
from bot.letters.endorsement import Endorsement, Kind, Signature
from bot.letters.invitation import (
    AWAITED,
    MOVES,
    Invitation,
    InvitationIndex,
    InvitationKey,
    InvitationState,
    Saying,
    Whom,
    whom_for,
    whom_kept,
    whose_signature,
)
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic
from bot.letters.people import Person
from bot.letters.signatory import PartyIndex, PartyKey, Signatory, plain_key
from bot.names.filing import organisation_key, sort_fold
from bot.storage import endorsements, name_index, outbox, sent_messages, signatories
from bot.storage.database import Transaction
from bot.storage.privacy import approvals
from bot.storage.privacy.approvals import Approval


def unsigned(
    tx: Transaction, letter: int, invitation: str, person: Person | None
) -> Invitation | None:
    """Return a person's invitation for an organisation that has not signed; None for any other."""
    found = invitation_rows.find(tx, invitation)
    if found is None or (found.letter, found.person) != (letter, person):
        return None
    waits = found.kind is Kind.ORGANISATION and found.state is not InvitationState.SIGNED
    return found if waits else None


def is_contact(tx: Transaction, party: Signatory, person: Person) -> bool:
    """Return whether somebody is invited to sign for an organisation."""
    names = {one.keys[-1][1] for one in _names_of(tx, {party.id})}
    return not names.isdisjoint(bodies_of(tx, party.letter, person))


def bodies_of(tx: Transaction, letter: int, person: Person) -> set[str]:
    """Return the keys of the organisations for which somebody is invited to sign a letter."""
    asked = invitation_rows.put_to(tx, letter, person)
    return {organisation_key(one.organisation) for one in asked if one.organisation}


def invited_bodies(
    tx: Transaction, letters: Iterable[Letter], names: Iterable[PartyKey]
) -> set[PartyKey]:
    """Return which of the names are those of organisations invited to sign the letters."""
    known = set(names)
    return {
        (letter.id, kind, plain_key(key))
        for letter in letters
        if letter.has_invitations
        and (asked := {(kind, key) for number, kind, key in known if number == letter.id})
        for kind, key in invitation_rows.by_keys(tx, letter.id, asked)
    }


def mark_signed(tx: Transaction, letter: Letter, signed: Sequence[Endorsement]) -> None:
    """Mark the invitations answered by these signatures as signed."""
    if letter.has_invitations:
        people = [one for new in signed for one in whose_signature(new.person, new.signature)]
        spoken_for = {one.signatory for one in signed if one.kind is Kind.ORGANISATION}
        changed = _mark(tx, letter, people + _names_of(tx, spoken_for), Saying.SIGN)
        # The signers' own messages are edited after their receipts.
        signers = {one.person for one in signed}
        edit_messages(tx, letter, [one for one in changed if one.person not in signers])
        if changed:
            tell_if_all_answered(tx, letter)


def mark_own(
    tx: Transaction, letter: Letter, person: Person, signature: Signature, until: datetime | None
) -> None:
    """Mark a person's invitation to give a signature as awaiting an approval, or no longer so (None)."""
    key, changed = organisation_key(signature.facts.organisation), list[Invitation]()
    for one in invitation_rows.put_to(tx, letter.id, person):
        waits = one.state is InvitationState.AWAITING
        state = MOVES.get((one.state, Saying.AWAIT if until else Saying.READ))
        if state and waits != bool(until) and organisation_key(one.organisation) == key:
            changed.append(replace(one, state=state, until=until, answered_at=tx.now))
    invitation_rows.change(tx, changed)
    edit_messages(tx, letter, changed)


def end_questions(tx: Transaction, letter: Letter, asked: Iterable[Approval]) -> None:
    """End questions about approvals by mail, as if their time were over."""
    for one in asked:
        approvals.change(tx, one.id, made_at=tx.now - 2 * approvals.OPEN)
        mark_own(tx, letter, one.person, one.signature, None)


def tell_if_all_answered(tx: Transaction, letter: Letter) -> None:
    """Tell the organisers once nobody's answer to an invitation is awaited any more."""
    counts = invitation_rows.counts(tx, letter.id)
    if AWAITED.isdisjoint(counts):
        told = {state.value: count for state, count in counts.items()}
        outbox.tell_organisers(tx, letter.workspace, letter.id, LetterTopic.ALL_ANSWERED, **told)


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
        gone = [one for one in gone if (Kind.PERSON, str(person)) not in one.keys]
    _mark(tx, letter, gone, saying)


def edit_messages(tx: Transaction, letter: Letter, changed: Sequence[Invitation]) -> None:
    """Queue edits of the messages about these invitations."""
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
    # Who of several was invited under their name, only an organiser can tell.
    names = [one.name for one in meant if one.kind is Kind.PERSON and one.person is None]
    signers = name_index.signers_named(tx, letter.id, names)
    changed: dict[str, Invitation] = {}
    for invitation in meant:
        several = invitation.person is None and signers.get(sort_fold(invitation.name), 0) > 1
        said = Saying.DOUBT if several and saying is Saying.SIGN else saying
        state = MOVES.get((invitation.state, said))
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
