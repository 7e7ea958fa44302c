"""Organisations that a new signature or an objection may refer to."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.features.organisations.use_cases.removals import is_tied
from bot.letters.endorsement import Endorsement, Kind, Signature
from bot.letters.letter import Letter, Sight
from bot.letters.people import Actor, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused, required
from bot.letters.signatory import PartyIndex, Signatory, keys_of
from bot.letters.standing import ON_LIST
from bot.names.filing import same_organisation
from bot.names.likeness import ALIKE, likeness, probes
from bot.storage import endorsements, name_index, signatories
from bot.storage.database import Transaction, reading
from bot.use_cases.gate import admit, role_in
from bot.use_cases.pinning import party_named
from bot.use_cases.seen import seen

MOST_COMPARED = 16
MOST_ALIKE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedFor:
    """An organisation that has signed already."""

    letter: Letter
    party: Signatory
    speaker: Endorsement
    """The endorsement with its entry, whose signer an embargo may hide from the reader."""
    tied: bool = False
    """The reader has a tie to it (`removals.is_tied`); known if they are about to object."""

    @property
    def read(self) -> str:
        """The state shown to the reader (`use_cases/seen`)."""
        return seen(self.party.entry, self.speaker.id, self.speaker.signature.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Organisations on the list that a new signature may refer to."""

    signed: SignedFor | None
    """The organisation that the signature names, if somebody else signed for it."""
    alike: tuple[Signatory, ...]
    """Organisations with a similar name, the likeliest first; at most 3."""


@reading
def meant(tx: Transaction, *, letter: int, actor: Actor, signature: Signature) -> Meant:
    """Return the organisations that a signature may refer to, before it is confirmed.

    Organisations that the actor signed for are left out. While an embargo hides the names from the
    actor, the result only reveals whether the organisation they named has signed.

    Raises:
        Refused: there is no such letter here.
    """
    found = admit(tx, letter, actor, Action.READ, lock=False)
    held = endorsements.held_by(tx, [(letter, actor.person)]).get((letter, actor.person), [])
    own = {one.signatory for one in held}
    parties = PartyIndex(signatories.by_keys(tx, keys_of(letter, signature)))
    _, party = parties.of(letter, signature)
    if party is not None and party.endorsements:
        other = party.id not in own and not party.removed
        return Meant(signed=signed_by(tx, found, party, actor) if other else None, alike=())
    if found.sight(role_in(tx, found, actor), tx.now) is not Sight.ALL:
        return Meant(signed=None, alike=())
    facts = signature.facts
    near = likely(tx, letter, facts.organisation, facts.country, besides=own)
    return Meant(signed=None, alike=near)


@reading
def signed_for(tx: Transaction, *, signatory: str, actor: Actor) -> SignedFor:
    """Return a signed organisation, to object to its signature.

    Raises:
        Refused: there is no such party, it has no signature any more (`SIGNATURE_GONE`), or its
            letter does not let the actor object now.
    """
    party = required(
        signatories.kept(tx, [signatory]).get(signatory), Reason.NO_SUCH_SIGNATORY, name=""
    )
    letter = admit(tx, party.letter, actor, Action.OBJECT, lock=False)
    if party.kind is not Kind.ORGANISATION:
        raise Refused.because(Reason.NO_SUCH_SIGNATORY, name="")
    if party.endorsements == 0:
        raise Refused.because(Reason.SIGNATURE_GONE)
    signed = signed_by(tx, letter, party, actor)
    return replace(signed, tied=is_tied(tx, party, actor.person))


@reading
def named(tx: Transaction, *, letter: int, actor: Actor, name: str) -> SignedFor:
    """Return an organisation by its name, to object to its signature.

    Only organisers find what the list doesn't show the actor, and people what they signed for or
    have a tie to.

    Raises:
        Refused: there is none of that name, or several, its letter does not let the actor object
            now, or an embargo hides the names from them.
    """
    found = admit(tx, letter, actor, Action.OBJECT, lock=False)
    role, person = role_in(tx, found, actor), actor.person
    if found.sight(role, tx.now) is not Sight.ALL:
        raise Refused.because(Reason.UNDER_EMBARGO, title=found.title)
    is_shown = not person.by_mail or found.web_sight(tx.now) is Sight.ALL

    def is_known(party: Signatory) -> bool:
        if role is Role.ORGANISER or (is_shown and party.standing in ON_LIST):
            return True
        signers = {one.person for one in endorsements.of_party(tx, party.id)}
        return person in signers or is_tied(tx, party, person)

    party = party_named(tx, letter, name, is_known)
    if party.kind is not Kind.ORGANISATION:
        raise Refused.because(Reason.NOT_AN_ORGANISATION, entry=party.entry)
    return replace(signed_by(tx, found, party, actor), tied=is_tied(tx, party, actor.person))


def signed_by(tx: Transaction, letter: Letter, party: Signatory, actor: Actor) -> SignedFor:
    """Return a signed organisation as the actor may see it."""
    seen = letter.as_seen_by(role_in(tx, letter, actor), tx.now)
    speaker = endorsements.find(tx, party.speaker)
    assert speaker is not None  # noqa: S101 - every signed organisation has one
    return SignedFor(letter=seen, party=party, speaker=speaker)


def likely(
    tx: Transaction, letter: int, organisation: str, country: str, *, besides: Collection[str]
) -> tuple[Signatory, ...]:
    """Return organisations with a name similar to this one, the likeliest first, at most 3.

    The result is empty if the same organisation is on the letter, and leaves out `besides`. Only
    for people who can see the letter's names.
    """
    found: dict[str, tuple[float, Signatory]] = {}
    for name, party in name_index.sharing(tx, letter, probes(organisation), limit=MOST_COMPARED):
        if same_organisation((organisation, country), (name, party.country)):
            return ()
        nearness = max(likeness(organisation, name), found.get(party.id, (0.0, party))[0])
        if nearness >= ALIKE and not party.removed and party.id not in besides:
            found[party.id] = (nearness, party)
    nearest = sorted(found.values(), key=lambda one: (-one[0], one[1].entry))
    return tuple(party for _, party in nearest[:MOST_ALIKE])
