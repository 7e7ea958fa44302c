"""Organisations are confirmed, contested, and decided about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.features.organisations.use_cases.removals import (
    REASON_MOST,
    judge,
    reason_given,
    removal_of,
    tell_of_decision,
)
from bot.letters import notices
from bot.letters.audit import AuditEntry
from bot.letters.endorsement import Endorsement, Kind
from bot.letters.entries import refuse_part
from bot.letters.letter import Letter, Sight
from bot.letters.notices import LetterTopic
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory
from bot.letters.standing import Permission, refuse_permission
from bot.names.cleaning import clean
from bot.storage import endorsements, letters, objections, outbox, permissions, signatories
from bot.storage.database import Transaction, reading, writing
from bot.storage.objections import Objection
from bot.storage.permissions import Confirmed
from bot.storage.states import Decision
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once, role_in
from bot.use_cases.parties import change_party

__all__ = [
    "REASON_MOST",
    "Case",
    "Confirmed",
    "Decision",
    "Objection",
    "Organisation",
    "case",
    "confirm",
    "decide",
    "object_to",
    "refuse_permission",
    "unlisted",
]  # fmt: skip


OBJECTIONS_MOST = 3
"""Open objections of one person on a letter: the next waits until an organiser decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """All that an organiser may know of one organisation."""

    party: Signatory
    endorsements: tuple[Endorsement, ...]
    """Its endorsements, the first one first."""
    confirmed: Confirmed | None
    """The last record of an organiser, if there is one."""
    objections: tuple[Objection, ...]
    """Every objection, decided or not, the first one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One entry of a letter, a person's or an organisation's."""

    letter: Letter
    organisation: Organisation
    removal: AuditEntry | None = None
    """Its removal, with the reason and who removed it, if it is removed."""


@writing
def confirm(
    tx: Transaction, *, signatory: str, actor: Actor, permission: Permission, trigger: str
) -> Signatory:
    """Record how an organiser knows that an organisation signed, and return it as it stands then.

    Raises:
        Refused: there is no such organisation, the actor does not run its letter, signed for it
            themselves, has recorded it before, or a field is not right.
    """

    def act() -> Mapping[str, str]:
        letter, party = _party(tx, signatory, actor, Action.CONFIRM)
        refusal = refuse_permission(permission, tx.now.date())
        if refusal is not None:
            raise Refused(refusal)
        if any(one.person == actor.person for one in endorsements.of_party(tx, party.id)):
            raise Refused.because(Reason.OWN_SIGNATURE, entry=party.entry)
        if party.confirmed:
            raise Refused.because(Reason.ALREADY_CONFIRMED, entry=party.entry)
        permissions.confirm(tx, [(party, permission)], letter.workspace, actor.person)
        change_party(tx, letter, party, replace(party, confirmed=True))
        proof = permission.ground.value
        record(tx, letter, Act.CONFIRMED, actor.person, signatory=party.id, proof=proof)
        return {}

    once(tx, actor.workspace, trigger, act)
    return _found(tx, signatory)


@writing
def object_to(
    tx: Transaction,
    *,
    signatory: str,
    actor: Actor,
    name: str,
    role: str,
    reason: str,
    trigger: str,
) -> Signatory:
    """Keep somebody's objection to a signature for their organisation; it is off the list then.

    Args:
        tx: The transaction.
        signatory: The organisation.
        actor: Who objects, and says that they belong to it.
        name: Their name, as they give it.
        role: What they are there.
        reason: Why it should not stand.
        trigger: Slack's id of the submit.

    Raises:
        Refused: there is no such organisation, the letter does not allow it now, they signed for it
            themselves or objected before, `OBJECTIONS_MOST` of theirs are open, or a field is not
            right.
    """

    def act() -> Mapping[str, str]:
        letter, party = _party(tx, signatory, actor, Action.OBJECT)
        said = {"name": clean(name), "role": clean(role)}
        for field, value in said.items():
            refusal = refuse_part(field, value)
            if refusal is not None:
                raise Refused(refusal)
        why = reason.strip()
        if not why:
            raise Refused.because(Reason.EMPTY, "reason")
        if len(why) > REASON_MOST:
            raise Refused.because(Reason.TOO_LONG, "reason", most=REASON_MOST, length=len(why))
        entry = _entry_seen(tx, letter, party, actor)
        if any(one.person == actor.person for one in endorsements.of_party(tx, party.id)):
            raise Refused.because(Reason.OWN_SIGNATURE, entry=entry)
        before = objections.of_parties(tx, [party.id]).get(party.id, [])
        if any(one.person == actor.person and one.decision is not Decision.MOOT for one in before):
            raise Refused.because(Reason.ALREADY_OBJECTED, entry=entry)
        opened = objections.open_of(tx, letter.id, actor.person)
        if opened >= OBJECTIONS_MOST:
            raise Refused.because(Reason.MANY_OBJECTIONS, count=opened)
        number = objections.add(
            tx, party, letter.workspace, actor.person, reason=why, **said
        )  # fmt: skip
        change_party(tx, letter, party, replace(party, objections=party.objections + 1))
        record(tx, letter, Act.OBJECTED, actor.person, signatory=party.id, ground=why)
        _tell_organisers(tx, letter, LetterTopic.DISPUTED, party.entry, number)
        return {}

    once(tx, actor.workspace, trigger, act)
    return _found(tx, signatory)


@writing
def decide(
    tx: Transaction, *, signatory: str, actor: Actor, decision: Decision, why: str, trigger: str
) -> Signatory:
    """Decide about a contested organisation, or again about a removed one.

    Raises:
        Refused: there is no such organisation, the actor does not run its letter, nobody contests
            it, or the reason is missing.
    """

    def act() -> Mapping[str, str]:
        letter, party = _party(tx, signatory, actor, Action.DECIDE)
        if not party.objections and not party.removed:
            raise Refused.because(Reason.NOT_DISPUTED, entry=party.entry)
        said = reason_given(why)
        removed = decision is Decision.REMOVED
        judge(tx, letter, party, actor, removed=removed, why=said)
        tell_of_decision(tx, letter, party, removed=removed)
        return {}

    once(tx, actor.workspace, trigger, act)
    return _found(tx, signatory)


@reading
def unlisted(
    tx: Transaction, *, letter: int, actor: Actor, after: str = "", limit: int = 20
) -> tuple[Letter, list[Organisation]]:
    """Entries that wait for a confirmation or a decision, or were removed; by age.

    Of those that were removed also the ones that everybody has withdrawn from since.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    parties = signatories.unlisted(tx, letter, after=after, limit=limit)
    return found, organisations_of(tx, parties)


@reading
def case(tx: Transaction, *, signatory: str, actor: Actor) -> Case:
    """All that an organiser may know of one entry.

    Raises:
        Refused: there is none, or the actor does not run its letter.
    """
    party = signatories.kept(tx, [signatory]).get(signatory)
    if party is None:
        raise Refused.because(Reason.NO_SUCH_SIGNATORY, name="")
    letter = admit(tx, party.letter, actor, Action.SEE_STATUS, lock=False)
    if party.endorsements == 0 and not party.removed:
        raise Refused.because(Reason.SIGNATURE_GONE)
    return Case(
        letter=letter,
        organisation=organisations_of(tx, [party])[0],
        removal=removal_of(tx, party),
    )


@reading
def told_objector(tx: Transaction, *, letter: int) -> Letter | None:
    """Return the letter as somebody may see it who objected to a signature of it."""
    found = letters.find(tx, letter)
    return None if found is None else found.as_seen_by(Role.MEMBER, tx.now)


def organisations_of(tx: Transaction, parties: Sequence[Signatory]) -> list[Organisation]:
    """All that an organiser may know of some organisations, in a story."""
    ids = [party.id for party in parties]
    records = permissions.records(tx, ids)
    disputed = objections.of_parties(tx, ids)
    return [
        Organisation(
            party=party,
            endorsements=tuple(endorsements.of_party(tx, party.id)),
            confirmed=records[party.id][-1] if party.id in records else None,
            objections=tuple(disputed.get(party.id, ())),
        )
        for party in parties
    ]


def _party(
    tx: Transaction, signatory: str, actor: Actor, action: Action, *, lock: bool = True
) -> tuple[Letter, Signatory]:
    """An organisation that somebody signs for, and its letter, where the actor may do that."""
    party = signatories.find(tx, signatory)
    if party is None:
        raise Refused.because(Reason.NO_SUCH_SIGNATORY, name="")
    letter = admit(tx, party.letter, actor, action, lock=lock)
    # It may have changed until the lock was had.
    party = signatories.find(tx, signatory)
    if party is None or party.endorsements == 0:
        raise Refused.because(Reason.SIGNATURE_GONE)
    if party.kind is not Kind.ORGANISATION:
        raise Refused.because(
            Reason.NOT_AN_ORGANISATION, entry=_entry_seen(tx, letter, party, actor)
        )
    return letter, party


def _entry_seen(tx: Transaction, letter: Letter, party: Signatory, actor: Actor) -> str:
    """Its entry, for a refusal; empty where an embargo hides the names from the actor."""
    seen = letter.sight(role_in(tx, letter, actor), tx.now) is Sight.ALL
    return party.entry if seen else ""


def _found(tx: Transaction, signatory: str) -> Signatory:
    party = signatories.find(tx, signatory)
    if party is None:
        raise Refused.because(Reason.NO_SUCH_SIGNATORY, name="")
    return party


def _tell_organisers(
    tx: Transaction, letter: Letter, about: LetterTopic, entry: str, which: str
) -> None:
    told: list[Person] = letters.organisers_of(tx, letter.id)
    outbox.owe(
        tx,
        letter.workspace,
        [notices.word(about, letter.id, person, entry=entry, which=which) for person in told],
    )
