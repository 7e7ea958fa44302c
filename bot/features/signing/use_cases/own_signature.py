"""A signer's own signatures: list, change, receipt, and details saved for the next one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.features.amendments.use_cases.texts import Change, to_answer
from bot.features.signing.use_cases.doubts import is_doubted, why_it_waits
from bot.features.signing.use_cases.signatures import (
    Invitation,
    Signed,
    SignRequest,
    held_now,
    invited_bodies,
    sign_all,
    unsigned,
)
from bot.features.withdrawals.use_cases import end, own, own_now, withdrawal
from bot.letters import notices
from bot.letters.endorsement import (
    ANSWERED,
    Capacity,
    Endorsement,
    Kind,
    Remembered,
    Signature,
    State,
    refuse_other_entry,
    refuse_signature,
)
from bot.letters.ids import revision
from bot.letters.letter import Letter, refuse
from bot.letters.notices import SignatureTopic
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import Action, Phase
from bot.letters.refusals import Reason, Refusal, Refused, raise_for
from bot.letters.rules import Confirmation, Look, MaySign
from bot.letters.signatory import (
    Signatory,
    body_named,
    in_delivered_copy,
    probes_of,
    says_more,
    speaker_among,
)
from bot.letters.standing import Standing, Waits, giving_way
from bot.storage import (
    endorsements,
    letters,
    name_index,
    outbox,
    permissions,
    sent_messages,
    signatories,
)
from bot.storage.database import Transaction, reading, writing
from bot.storage.privacy import remembered
from bot.use_cases.gate import admit_as, once, role_in
from bot.use_cases.parties import carrying, end_doubles, refresh, same_party, told_of_change


@writing
def change(tx: Transaction, request: SignRequest) -> Signed:
    """Change a signature (`request.changes`) to the one that its signer approved now.

    If the party stays the same, so do its endorsement and signed text. For another party (another
    organisation, or a person instead), the old endorsement ends and a new one is added, which the
    letter must be open for.

    Raises:
        Refused: the signature is not the actor's, the letter does not allow the change now (none
            of what is printed, once it has closed), the new signature is not valid, or the old one
            changed since it was read (`CHANGED_MEANWHILE`).
    """

    def act() -> dict[str, str]:
        actor, new = request.actor, request.signature
        letter, found = own_now(tx, request.changes, actor, Action.CHANGE)
        given = found.signature
        if request.read not in {"", revision(given)}:
            raise Refused.because(Reason.CHANGED_MEANWHILE, entry=given.told, yours=new.told)
        same = same_party(tx, found, new)
        if same:
            # To publish a name is another consent than to publish a description.
            agreed = new if new.is_withheld is not given.is_withheld else given
            new = replace(new, text_sha256=given.text_sha256, consent=agreed.consent)
        holder = (letter.id, actor.person)
        rest = tuple(
            one for one in endorsements.held_by(tx, [holder])[holder] if one.id != found.id
        )
        of_text = replace(letter, text_sha256=new.text_sha256) if same else letter
        raise_for(refuse_signature(of_text, new, rest, before=given))
        if letter.rules.question is None:
            # The form asks no longer, so an answer that was given stays as it is.
            answered = {name: getattr(given.facts, name) for name in ANSWERED}
            new = replace(new, facts=replace(new.facts, **answered))
        if request.from_home:
            outbox.owe(tx, letter.workspace, [notices.home(actor.person)])
        if same:
            raise_for(refuse_other_entry(letter, given, new, tx.now))
            endorsements.change(tx, found.id, new)
            if given.is_withheld:
                name_index.add(tx, letter.id, letter.workspace, {found.signatory: probes_of(new)})
            # A collected signature of the same name may be the same person's, so both count once.
            voices = endorsements.gathered_for(
                tx, [(letter.id, found.signatory)], [letter.workspace]
            )
            changed = replace(found, signature=new)
            doubles = [one for one, _ in giving_way(voices.values(), [changed])]
            end_doubles(tx, letter, doubles)
            _agree(tx, letter, found, new)
            refresh(tx, letter, found.signatory, leaves=bool(doubles))
            receipt = notices.receipt(letter.id, actor.person, changed=True)
            outbox.owe(tx, letter.workspace, [receipt])
            return {"endorsement": found.id, "entry": new.entry}
        raise_for(_refuse_another(tx, letter, actor, new))
        letter = end(tx, letter, found, withdrawal(tx, letter, found))
        # The update of the Home tab is queued already.
        another = replace(
            request, letter=letter.id, signature=new, trigger=f"{request.trigger}:again",
            changes="", from_home=False,
        )  # fmt: skip
        (signed,) = sign_all(tx, [another])
        if isinstance(signed, Exception):
            raise signed
        return {"endorsement": signed.endorsement, "entry": signed.entry}

    return Signed(**once(tx, request.actor.workspace, request.trigger, act))


def _agree(tx: Transaction, letter: Letter, found: Endorsement, new: Signature) -> None:
    """Ask about a changed entry, as the letter's rules ask about a new one.

    What organisers knew, they knew of the entry as it was. Where the rule asks for two, another
    signer speaks for an organisation, who approved the entry as it is, until a second one agrees.
    """
    party = signatories.find(tx, found.signatory)
    if party is None:
        return
    others = [one for one in endorsements.of_party(tx, found.signatory) if one.id != found.id]
    # Whoever spoke for it may be a collected signature that has just given way.
    spoke = party.speaker not in {one.id for one in others}
    if not others or (spoke and letter.rules.confirmation is not Confirmation.SECOND):
        after = party
        if party.kind is Kind.PERSON:
            after = replace(party, doubted=is_doubted_on(tx, letter, new))
        if party.entry != new.entry:
            permissions.end_records(tx, party.id)
            waits = _why_it_waits(tx, letter, replace(found, signature=new), after)
            after = replace(after, confirmed=False, waits=waits)
        signatories.put(tx, [after], letter.workspace, letter.rules)
        return
    if letter.rules.confirmation is not Confirmation.SECOND:
        return
    agree = [found, *(one for one in others if one.signature.entry == new.entry)]
    # Where an organiser looks at signatures on the web, those change nothing together.
    counts = [one for one in agree if not (one.on_web and letter.rules.look is not Look.NONE)]
    if len(counts) > 1 or (spoke and new.entry == party.entry):
        after = replace(party, speaker=found.id)
    else:
        after = party
        if spoke and others:
            speaker = speaker_among(others, party)
            more = says_more(party, carrying(party, speaker))
            waits = Waits.LOOK if more else party.waits
            after = replace(party, speaker=speaker.id, waits=waits)
        if new.entry not in {party.entry, found.signature.entry}:
            about, was = SignatureTopic.ENTRY_PROPOSED, party.entry
            outbox.owe(
                tx, letter.workspace, told_of_change(tx, about, others, was=was, now=new.entry)
            )
    signatories.put(tx, [after], letter.workspace, letter.rules)


def _why_it_waits(tx: Transaction, letter: Letter, changed: Endorsement, party: Signatory) -> Waits:
    """Return why a changed entry waits for an organiser."""
    asked = letter.rules.may_sign is not MaySign.READERS
    if changed.person and (asked or signatories.removed_of(tx, {(letter.id, changed.person)})):
        return Waits.LOOK
    waits = why_it_waits(tx, letter, changed, None, doubted=party.doubted)
    return party.waits if waits is Waits.NO else waits


@reading
def reads_like_body(tx: Transaction, *, letter: int, signature: Signature) -> bool:
    """Return whether a person's name is that of a known organisation, or reads like one."""
    found = letters.find(tx, letter)
    return found is not None and is_doubted_on(tx, found, signature)


def is_doubted_on(tx: Transaction, letter: Letter, signature: Signature) -> bool:
    """Return whether an organiser is to look at the name of a person who signs a letter."""
    name = body_named(letter.id, signature)
    body = next(iter(signatories.by_keys(tx, [name]).values()), None)
    return is_doubted(signature, body, invited=bool(invited_bodies(tx, [letter], [name])))


@reading
def refuse_change(
    tx: Transaction, *, endorsement: str, actor: Actor, signature: Signature
) -> Refusal | None:
    """Return why a signature cannot be moved to another party now; None if it can or need not.

    Raises:
        Refused: the signature is not the actor's, or has ended.
    """
    letter, found = own(tx, endorsement, actor)
    if same_party(tx, found, signature):
        return refuse_other_entry(letter, found.signature, signature, tx.now)
    return _refuse_another(tx, letter, actor, signature)


def _refuse_another(
    tx: Transaction, letter: Letter, actor: Actor, new: Signature
) -> Refusal | None:
    if refuse(letter, Action.SIGN, role_in(tx, letter, actor), tx.now) is None:
        return None
    for_organisation = new.capacity is Capacity.ORGANISATION
    return Refusal(Reason.STAYS_WHOSE_IT_IS, "organisation" if for_organisation else "capacity")


@reading
def mine(tx: Transaction, *, actor: Actor) -> list[tuple[Letter, Endorsement, Signatory]]:
    """Return the actor's endorsements in this workspace, newest first, with their signatories."""
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
    """Actions open to a signer on a letter."""

    may_change: bool
    asked: Mapping[str, Change]
    """The text changes that the signer is asked about, by endorsement."""
    delivered: frozenset[str] = frozenset()
    """The signer's endorsements that are in the delivered copy."""


@reading
def own_on(tx: Transaction, *, letter: int, actor: Actor) -> Own:
    """Return the actions open to a signer on a letter.

    Raises:
        Refused: the workspace has no such letter, or the actor may not read it.
    """
    found, role = admit_as(tx, letter, actor, Action.READ, lock=False)
    delivered: frozenset[str] = frozenset()
    if found.delivered_at:
        kept = endorsements.held_by(tx, [(letter, actor.person)]).get((letter, actor.person), [])
        parties = signatories.find_many(tx, {one.signatory for one in kept})
        delivered = frozenset(
            one.id for one in kept if in_delivered_copy(found, parties[one.signatory], one)
        )
    return Own(
        may_change=refuse(found, Action.CHANGE, role, tx.now) is None,
        asked=to_answer(tx, found, actor),
        delivered=delivered,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A receipt: the signer's active signatures on a letter, and those that an organiser removed.

    Without any, it has the last one that ended.
    """

    letter: Letter
    phase: Phase
    held: tuple[tuple[Endorsement, Signatory], ...]
    """The signer's active signatures, oldest first, each with its signatory."""
    ended: tuple[Endorsement, ...]
    """Removed signatures, or the last one that ended; the newest first."""
    why: str = ""

    @property
    def is_removed(self) -> bool:
        """True if an organiser removed one of the signatures or entries."""
        entries = (party.standing is Standing.REMOVED for _, party in self.held)
        return any(entries) or any(one.ended is State.REMOVED for one in self.ended)

    @property
    def is_off(self) -> bool:
        """True if every entry is disputed or removed."""
        off = {Standing.DISPUTED, Standing.REMOVED}
        return all(party.standing in off for _, party in self.held)


@reading
def receipt(
    tx: Transaction, *, letter: int, person: Person, first: bool = False, why: str = ""
) -> Receipt | None:
    """Return the current receipt of a signer; None if the person never signed or was erased.

    For a `first` receipt, also None if one was sent already or no signature is active.
    """
    found = letters.find(tx, letter)
    if found is None or (first and sent_messages.receipt_of(tx, letter, person) is not None):
        return None
    held = held_now(tx, found, person)
    parties = signatories.find_many(tx, {one.signatory for one in held})
    ended = [] if first else endorsements.ended_of(tx, letter, person)
    removed = [one for one in ended if one.ended is State.REMOVED and one.signatory not in parties]
    if not held and (not removed or removed[0] is not ended[0]):
        removed = ended[:1]
    if not held and not removed:
        return None
    return Receipt(
        letter=found.as_seen_by(Role.MEMBER, tx.now),
        phase=found.phase_at(tx.now),
        held=tuple((one, parties[one.signatory]) for one in held),
        ended=tuple(removed),
        why=why,
    )


@reading
def entry(
    tx: Transaction, *, endorsement: str, person: Person
) -> tuple[Letter, Endorsement, Signatory] | None:
    """Return a person's own active signature, its letter and signatory; None if there is none."""
    found = endorsements.find(tx, endorsement)
    if found is None or found.withdrawn_at is not None or found.person != person:
        return None
    letter, party = letters.find(tx, found.letter), signatories.find(tx, found.signatory)
    if letter is None or party is None:
        return None
    return letter.as_seen_by(Role.MEMBER, tx.now), found, party


@reading
def unsigned_invitation(
    tx: Transaction, *, letter: int, invitation: str, actor: Actor
) -> Invitation | None:
    """Return the actor's invitation for an organisation, unless it has signed."""
    return unsigned(tx, letter, invitation, actor.person)


@writing
def remember(tx: Transaction, *, endorsement: str, actor: Actor) -> Remembered:
    """Save a signature's details for the signer's next signature.

    Raises:
        Refused: the signature is not the actor's, or has ended.
    """
    _, found = own(tx, endorsement, actor)
    given = found.signature
    kept = Remembered(capacity=given.capacity, facts=given.facts, sort_name=given.sort_name)
    remembered.keep(tx, actor.workspace, actor.person, kept)
    return kept


@writing
def forget(tx: Transaction, *, actor: Actor) -> None:
    """Delete the details that the actor saved."""
    remembered.forget(tx, actor.workspace, actor.person)
