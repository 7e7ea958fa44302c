"""Confirmation of organisations, objections to them, and decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.features.organisations.use_cases import matches
from bot.features.organisations.use_cases.removals import (
    is_tied,
    judge,
)
from bot.features.organisations.use_cases.shown import Organisation, decided_on, organisations_of
from bot.letters.audit import AuditEntry
from bot.letters.endorsement import Endorsement, Kind, organisations_among
from bot.letters.entries import REASON_MOST, reason_given, refuse_part
from bot.letters.letter import Letter, Sight
from bot.letters.notices import LetterTopic, word
from bot.letters.people import Actor
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory
from bot.letters.standing import Permission, Standing, Waits, refuse_permission
from bot.names.cleaning import clean
from bot.storage import endorsements, letters, objections, outbox, permissions, signatories
from bot.storage.database import Transaction, reading, writing
from bot.storage.objections import Objection
from bot.storage.permissions import Confirmed
from bot.storage.privacy import addresses
from bot.storage.states import Decision
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once, role_in
from bot.use_cases.mail import Keyring
from bot.use_cases.parties import change_party, hourly, removal_of
from bot.use_cases.seen import refuse_unseen

__all__ = [
    "REASON_MOST", "Case", "Confirmed", "Decision", "Objection", "Organisation", "case", "confirm",
    "decide", "object_to", "refuse_permission", "unlisted",
]  # fmt: skip


DAY = timedelta(days=1)
OBJECTIONS_MOST = 3
"""Most open objections of one person on a letter, and messages a day about theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One entry of a letter, a person's or an organisation's."""

    letter: Letter
    organisation: Organisation
    removal: AuditEntry | None = None
    """Its removal, with the reason and who removed it, if it is removed."""
    held: Sequence[Endorsement] = ()
    """All signatures that its signers gave on the letter."""

    def signed_for(self, given: Endorsement) -> int:
        """Return how many organisations the signer of one of its signatures signed for."""
        return organisations_among(one for one in self.held if one.person == given.person)


@writing
def confirm(
    tx: Transaction,
    *,
    signatory: str,
    actor: Actor,
    permission: Permission | None,
    read: str | None = None,
    trigger: str,
) -> Signatory:
    """Record an organiser's proof that an organisation signed, and return the organisation.

    Without a permission, list a person whose name reads like an organisation, or an entry that was
    signed for on the web and waits for an organiser's look.

    Raises:
        Refused: there is no such organisation, the actor does not run its letter, signed for it
            themselves, has recorded it before, a field is invalid, or it changed since `read`.
    """

    def act() -> None:
        if permission:
            letter, party = _party(tx, signatory, actor, Action.CONFIRM)
            if refusal := refuse_permission(permission, tx.now.date()):
                raise Refused(refusal)
        else:
            letter = admit(tx, find_party(tx, signatory).letter, actor, Action.CONFIRM)
            party = find_party(tx, signatory)
            waits = party.kind is Kind.PERSON or party.waits is not Waits.NO
            if not waits or party.standing is not Standing.UNCONFIRMED:
                raise Refused.because(Reason.NOT_DISPUTED, entry=party.entry)
        if any(one.person == actor.person for one in endorsements.of_party(tx, party.id)):
            raise Refused.because(Reason.OWN_SIGNATURE, entry=party.entry)
        if party.confirmed and party.waits is Waits.NO:
            raise Refused.because(Reason.ALREADY_CONFIRMED, entry=party.entry)
        decided_on(tx, read, party)
        proof: dict[str, Any] = {}
        if permission:
            permissions.confirm(tx, [(party, permission)], letter.workspace, actor.person)
            proof = {"proof": permission.ground.value}
        confirmed = bool(permission) or party.confirmed or party.kind is Kind.PERSON
        change_party(tx, letter, party, replace(party, confirmed=confirmed, waits=Waits.NO))
        record(tx, letter, Act.CONFIRMED, actor.person, signatory=party.id, **proof)

    once(tx, actor.workspace, trigger, act)
    return find_party(tx, signatory)


@writing
def object_to(
    tx: Transaction,
    *,
    signatory: str,
    actor: Actor,
    name: str,
    role: str,
    reason: str,
    read: str | None = None,
    trigger: str,
) -> Signatory:
    """Record an objection to a signature.

    The organisation is off the list until a decision, if the objector has a tie to it.

    `name` and `role` are the objector's own, in the organisation that they state they belong to.

    Raises:
        Refused: there is no such organisation, the letter does not allow it now, the actor signed
            for it or objected before, `OBJECTIONS_MOST` of their objections are open, a field is
            invalid, or the entry changed since `read`.
    """

    def act() -> None:
        letter, party = _party(tx, signatory, actor, Action.OBJECT)
        said = {"name": clean(name), "role": clean(role)}
        for field, value in said.items():
            if refusal := refuse_part(field, value):
                raise Refused(refusal)
        why = reason_given(reason, field="reason")
        entry = _entry_seen(tx, letter, party, actor)
        if any(one.person == actor.person for one in endorsements.of_party(tx, party.id)):
            raise Refused.because(Reason.OWN_SIGNATURE, entry=entry)
        refuse_unseen(read, matches.signed_by(tx, letter, party, actor).read)
        before = objections.of_parties(tx, [party.id]).get(party.id, [])
        mine = [one for one in before if one.person == actor.person]
        if any(one.decision in {Decision.LISTED, Decision.REMOVED} for one in mine):
            raise Refused.because(Reason.ALREADY_OBJECTED, entry=entry)
        if again := [one for one in mine if one.decided_at is None]:
            objections.reword(tx, again[0].id, reason=why, **said)
            record(tx, letter, Act.OBJECTED, actor.person, signatory=party.id, ground=why)
            return
        if (opened := objections.count_of(tx, letter.id, actor.person)) >= OBJECTIONS_MOST:
            raise Refused.because(Reason.MANY_OBJECTIONS, count=opened)
        tied = is_tied(tx, party, actor.person)
        number = objections.add(
            tx, party, letter.workspace, actor.person, reason=why, tied=tied, **said
        )
        if tied:
            change_party(tx, letter, party, replace(party, objections=party.objections + 1))
        record(tx, letter, Act.OBJECTED, actor.person, signatory=party.id, ground=why)
        if objections.count_of(tx, letter.id, actor.person, since=tx.now - DAY) > OBJECTIONS_MOST:
            # The desk shows it. Somebody who signs and withdraws could cause any number of messages.
            return
        facts = {"entry": party.entry, "signatory": party.id, "tied": tied, "which": number}
        about, count = LetterTopic.DISPUTED, len(signatories.disputed(tx, [letter.id]))
        told = {
            f"disputed:{letter.id}:{one}": word(about, letter.id, one, count=count, **facts)
            for one in letters.organisers_of(tx, letter.id)
        }
        outbox.owe(tx, letter.workspace, hourly(tx, told))

    once(tx, actor.workspace, trigger, act)
    return find_party(tx, signatory)


@writing
def decide(
    tx: Transaction,
    *,
    signatory: str,
    actor: Actor,
    decision: Decision,
    why: str,
    read: str | None = None,
    trigger: str,
) -> Signatory:
    """Keep or remove a disputed organisation, or change the decision about a removed one.

    Raises:
        Refused: there is no such organisation, the actor does not run its letter, there is no
            objection, the reason is missing, or it changed since `read`.
    """

    def act() -> None:
        letter, party = _party(tx, signatory, actor, Action.DECIDE)
        if not party.removed and not objections.open_to(tx, party.id):
            raise Refused.because(Reason.NOT_DISPUTED, entry=party.entry)
        said = reason_given(why)
        decided_on(tx, read, party)
        judge(tx, letter, party, actor, removed=decision is Decision.REMOVED, why=said)

    once(tx, actor.workspace, trigger, act)
    return find_party(tx, signatory)


@reading
def unlisted(
    tx: Transaction, *, letter: int, actor: Actor, after: str = "", limit: int = 20
) -> tuple[Letter, list[Organisation]]:
    """Return entries that wait for a confirmation or a decision, or were removed, oldest first.

    A removed entry is among them even if everybody has withdrawn since.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    parties = signatories.unlisted(tx, letter, after=after, limit=limit)
    return found, organisations_of(tx, parties)


@reading
def case(tx: Transaction, *, signatory: str, actor: Actor, keys: Keyring | None = None) -> Case:
    """Return one entry with its signatures, proof of permission and objections.

    Raises:
        Refused: there is no such entry, or the actor does not run its letter.
    """
    party = signatories.kept(tx, [signatory]).get(signatory)
    if party is None:
        raise Refused.because(Reason.NO_SUCH_SIGNATORY, name="")
    letter = admit(tx, party.letter, actor, Action.SEE_STATUS, lock=False)
    if party.endorsements == 0 and not party.removed:
        raise Refused.because(Reason.SIGNATURE_GONE)
    (one,) = organisations_of(tx, [party])
    heard = [
        replace(each, domain=kept.address.rpartition("@")[2])
        if keys and (kept := addresses.find(tx, keys, letter.workspace, each.person))
        else each
        for each in one.objections
    ]
    signers = {(letter.id, given.person) for given in one.endorsements if given.person}
    held = endorsements.held_by(tx, signers)
    return Case(
        letter=letter,
        organisation=replace(one, objections=tuple(heard)),
        removal=removal_of(tx, party),
        held=[given for theirs in held.values() for given in theirs],
    )


def _party(
    tx: Transaction, signatory: str, actor: Actor, action: Action
) -> tuple[Letter, Signatory]:
    letter = admit(tx, find_party(tx, signatory).letter, actor, action)
    # The organisation may have changed before the letter was locked.
    party = signatories.find(tx, signatory)
    if party is None or party.endorsements == 0:
        raise Refused.because(Reason.SIGNATURE_GONE)
    if party.kind is not Kind.ORGANISATION:
        entry = _entry_seen(tx, letter, party, actor)
        raise Refused.because(Reason.NOT_AN_ORGANISATION, entry=entry)
    return letter, party


def _entry_seen(tx: Transaction, letter: Letter, party: Signatory, actor: Actor) -> str:
    """Return an entry for a refusal; "" while an embargo hides the names from the actor."""
    seen = letter.sight(role_in(tx, letter, actor), tx.now) is Sight.ALL
    return party.entry if seen else ""


def find_party(tx: Transaction, signatory: str) -> Signatory:
    """Return a signatory by id, even one that was merged into another.

    Raises:
        Refused: there is no such signatory.
    """
    party = signatories.find(tx, signatory)
    if party is None:
        raise Refused.because(Reason.NO_SUCH_SIGNATORY, name="")
    return party
