"""Adding collected signatures to a list, each party once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.features.collected.rules import Gathered
from bot.features.invitations.use_cases.signed import mark_signed
from bot.features.organisations.use_cases.removals import end_removed
from bot.letters.endorsement import Endorsement, Kind, Signature
from bot.letters.ids import new_id
from bot.letters.letter import Letter, Tally
from bot.letters.people import Actor
from bot.letters.refusals import Reason, Refusal
from bot.letters.signatory import (
    PartyIndex,
    PartyKey,
    Signatory,
    cleared,
    counted,
    joined,
    keys_of,
    probes_of,
    settled,
)
from bot.letters.standing import Permission, Waits
from bot.names import filing
from bot.storage import endorsements, name_index, outbox, permissions, signatories, tallies
from bot.storage.database import Transaction
from bot.use_cases.gate import cards_of
from bot.use_cases.parties import newcomer, told_of_standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Actual or expected result of adding one signature."""

    endorsement: str
    signature: Signature
    party: Signatory
    """The signatory after the addition."""
    joins: bool
    """True if the organisation already has signers: it gets one more, and keeps its entry."""


class Intake:
    """Accepts or refuses signatures one by one, then writes the accepted ones."""

    def __init__(
        self, tx: Transaction, letter: Letter, actor: Actor, wanted: Sequence[Gathered]
    ) -> None:
        """Load the signatories of `wanted`. Before `write`, the letter must be locked."""
        self._tx, self._letter, self._actor = tx, letter, actor
        keys = {key for one in wanted for key in keys_of(letter.id, one.signature)}
        self._parties = PartyIndex(signatories.by_keys(tx, keys))
        there = {party.id for party in self._parties.everyone() if party.endorsements}
        self._held = endorsements.of_parties(tx, there)
        folds = {one.signature.sort_fold for one in wanted}
        gone = {party.id for party in self._parties.everyone()} - there
        self._withdrew = endorsements.withdrawn_people(tx, letter.id, gone, folds)
        self._new: list[Endorsement] = []
        self._changed: dict[str, Signatory] = {}
        self._joined: list[tuple[Signatory, Signatory]] = []
        self._filed: dict[str, frozenset[str]] = {}
        self._recorded: list[tuple[Signatory, Permission]] = []
        self._moved = Tally()
        self._false: list[tuple[Signatory, Endorsement]] = []

    def take(self, one: Gathered) -> Taken | Refusal:
        """Accept a signature, to be written later, or return why it is refused."""
        key, before = self._parties.of(self._letter.id, one.signature)
        false = None
        if before is not None and before.id in self._changed:
            return Refusal(Reason.NAMED_TWICE, _name_field(one), {"name": one.signature.entry})
        if before is not None and before.removed and before.kind is Kind.ORGANISATION:
            # The organiser knows that others sign for it now.
            false, before = before, cleared(before)
        if before is not None and before.removed:
            return Refusal(Reason.ENTRY_REMOVED, _name_field(one), {"entry": before.entry})
        known = {before.id if before else "", one.signature.sort_fold} & self._withdrew
        if known and one.signature.capacity.kind is Kind.PERSON and not one.agreed_again:
            return Refusal(Reason.WITHDREW, "name", {"entry": one.signature.entry})
        joins = before is not None and before.endorsements > 0
        if before is not None and joins:
            refusal = self._refuse(one, before)
            if refusal is not None:
                return refusal
        endorsement = Endorsement(
            id=new_id(self._tx.now),
            letter=self._letter.id,
            signatory=before.id if before else new_id(self._tx.now),
            person=None,
            signature=one.signature,
            meaning=self._letter.meaning,
            source=one.source,
            added_by=self._actor.person,
            signed_at=self._tx.now,
        )
        party = self._with(one, endorsement, key, before)
        self._new.append(endorsement)
        if false is not None:
            self._false.append((false, endorsement))
        return Taken(endorsement=endorsement.id, signature=one.signature, party=party, joins=joins)

    def _refuse(self, one: Gathered, party: Signatory) -> Refusal | None:
        field, entry = _name_field(one), {"entry": party.entry}
        held = self._held.get(party.id, ())
        if any(other.person is None for other in held):
            return Refusal(Reason.ALREADY_ADDED, field, entry)
        if party.kind is Kind.PERSON:
            # An organiser merged a signature from elsewhere into its signer's own.
            return Refusal(Reason.SAME_PERSON, field, entry)
        if any(other.person == self._actor.person for other in held):
            return Refusal(Reason.OWN_SIGNATURE, field, entry)
        name = filing.sort_fold(one.signature.facts.name)
        if not name or any(filing.sort_fold(other.signature.facts.name) == name for other in held):
            return Refusal(Reason.SAME_SIGNER, field, entry)
        return None

    def _with(
        self, one: Gathered, new: Endorsement, key: PartyKey, before: Signatory | None
    ) -> Signatory:
        if before is None or before.endorsements == 0:
            after = newcomer(self._tx, self._letter, new, key=key, before=before)
            self._filed[after.id] = probes_of(one.signature)
        else:
            # Its signer has another name than those who signed before (`SAME_SIGNER`).
            after = replace(joined(before, one.signature), doubted=False, waits=Waits.NO)
        if one.heading:
            after = replace(after, heading=one.heading)
        if one.permission is not None:
            after = replace(after, confirmed=True)
            self._recorded.append((after, one.permission))
        after = settled(after, self._letter.rules.confirmation)
        if before is not None:
            self._joined.append((before, after))
        self._moved += counted(after) - counted(before)
        self._changed[after.id] = after
        self._parties.put(key, after)
        return after

    def write(self) -> None:
        """Insert the accepted signatures, and queue card updates and messages."""
        tx, letter = self._tx, self._letter
        if not self._new:
            return
        for party, new in self._false:
            end_removed(tx, letter, party, new)
        signatories.put(tx, [*self._changed.values()], letter.workspace, letter.rules)
        name_index.add(tx, letter.id, letter.workspace, self._filed)
        endorsements.add(tx, self._new, letter.workspace, by=self._actor.person)
        permissions.confirm(tx, self._recorded, letter.workspace, self._actor.person)
        mark_signed(tx, letter, self._new)
        tallies.move(tx, letter, self._moved)
        owed = cards_of(tx, [letter.id])
        for before, after in self._joined:
            owed += told_of_standing(tx, before, after)
        outbox.owe(tx, letter.workspace, owed)


def _name_field(one: Gathered) -> str:
    return "name" if one.signature.capacity.kind is Kind.PERSON else "organisation"
