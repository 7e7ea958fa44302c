"""Entry of people and organisations to invite, each of them once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.rules import Invitee, column_of
from bot.letters import notices
from bot.letters.endorsement import Kind
from bot.letters.ids import new_id
from bot.letters.invitation import (
    SAYINGS,
    Author,
    Invitation,
    InvitationIndex,
    InvitationKey,
    InvitationState,
    Whom,
    awaited_until,
    day_of,
    moved,
)
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.refusals import Reason, Refusal
from bot.letters.signatory import PartyIndex
from bot.names import filing
from bot.storage import endorsements, letters, name_index, outbox, signatories
from bot.storage.database import Transaction
from bot.use_cases.addressees import next_daytime

_OF_THE_LIST = frozenset({InvitationState.SIGNED, InvitationState.WITHDREW})
"""States that only signing or withdrawing sets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Results of inviting."""

    added: int
    changed: int = 0
    """Existing invitations that were changed."""
    known: int = 0
    """Existing invitations that stay as they are."""
    signed: int = 0
    """Added invitations of parties that have signed, and get no message."""
    told: int = 0
    """Invitations of people with an account here, who get a message."""
    alone: int = 0
    """Added invitations of parties without an account here, whom organisers write to."""


class Entry:
    """Adds invitations or changes existing ones, and writes all of them at the end."""

    def __init__(
        self,
        tx: Transaction,
        letter: Letter,
        wanted: Sequence[Invitee],
        *,
        by: Person | None = None,
    ) -> None:
        """Load the records of `wanted`; the letter must be locked."""
        self._tx, self._letter, self._by = tx, letter, by
        people = {(letter.id, one.person) for one in wanted if one.person is not None}
        keys = {key for one in wanted for key in one.whom.keys}
        self._held = InvitationIndex(invitation_rows.by_keys(tx, letter.id, keys))
        self._signers = endorsements.held_by(tx, people)
        self._parties = PartyIndex(signatories.by_keys(tx, {(letter.id, *key) for key in keys}))
        self._mailed = invitation_rows.mailed(
            tx, letter.id, [one.name for one in wanted if one.person is None and one.name]
        )
        self._on_paper = name_index.collected_names(
            tx, letter.id, {one.name for one in wanted if one.kind is Kind.PERSON and one.name}
        )
        self._new: dict[str, Invitation] = {}
        self._changed: dict[str, Invitation] = {}
        self._named: set[str] = set()
        self._joined: set[str] = set()
        """Ids of existing invitations that get an account."""
        self._known = 0

    def add(self, one: Invitee) -> None:
        """Invite somebody; an existing invitation stays as it is."""
        key, invitation = self._meant(one)
        if invitation is None:
            self._put(one, key, None)
        elif (tied := self._tied(one, invitation)) is not invitation:
            self._join(tied)
            self._changed[invitation.id] = tied
        else:
            self._known += 1

    def bring(self, one: Invitee) -> Refusal | None:
        """Add a row of a table, or change the existing invitation; return why a row is refused."""
        key, invitation = self._meant(one)
        if invitation is not None and invitation.id in self._named:
            name = {"name": invitation.organisation or invitation.name}
            return Refusal(Reason.NAMED_TWICE, column_of(one), name)
        if invitation is not None:
            self._named.add(invitation.id)
            return self._move(one, invitation)
        until = self._until(one)
        if isinstance(until, Refusal):
            return until
        if one.state in _OF_THE_LIST and not self.has_signed(one):
            return Refusal(
                Reason.INVITATION_UNSIGNED, "state", {"name": one.organisation or one.name}
            )
        self._named.add(self._put(one, key, until))
        return None

    def _meant(self, one: Invitee) -> tuple[InvitationKey, Invitation | None]:
        """Return somebody's invitation, which may be one under their name without an account."""
        key, invitation = self._held.meant(one.whom)
        by_name = one.kind is Kind.PERSON and key != one.whom.keys[0]
        if invitation is not None and by_name and invitation.id in self._named:
            # Two rows of one table are two people.
            return one.whom.keys[0], None
        if invitation is None and one.kind is Kind.PERSON and one.person is None:
            invitation = self._mailed.get(filing.sort_fold(one.name))
        return key, invitation

    def _tied(self, one: Invitee, invitation: Invitation) -> Invitation:
        """Return the invitation with the account of `one`, if it has none yet."""
        if one.person is None or invitation.account is not None:
            return invitation
        if invitation.person == one.person:
            return invitation
        signed = invitation.kind is Kind.PERSON and self.has_signed(one)
        return replace(
            invitation,
            person=one.person,
            key=str(one.person) if invitation.kind is Kind.PERSON else invitation.key,
            state=InvitationState.SIGNED if signed else invitation.state,
            contact="",
            words=one.words or invitation.words,
        )

    def _join(self, tied: Invitation) -> None:
        self._joined.add(tied.id)
        if tied.kind is Kind.PERSON:
            # Another one under the same account or address is this one.
            self._held.put((tied.kind, tied.key), tied)

    def _until(self, one: Invitee) -> datetime | Refusal | None:
        if one.until is None:
            return None
        return awaited_until(one.until, self._letter, self._tx.now)

    def _put(self, one: Invitee, key: InvitationKey, until: datetime | None) -> str:
        state = InvitationState.SIGNED if self.has_signed(one) else one.state
        invitation = Invitation(
            id=new_id(self._tx.now),
            letter=self._letter.id,
            kind=one.kind,
            person=one.person,
            name=one.name,
            organisation=one.organisation,
            country=one.country,
            contact=one.contact,
            key=key[1],
            state=state,
            until=until if state is InvitationState.AWAITING else None,
            note=one.note,
            invited_at=self._tx.now,
            answered_at=None if state is InvitationState.INVITED else self._tx.now,
            words=one.words,
            by=self._by,
        )
        self._new[invitation.id] = invitation
        self._held.put(key, invitation)
        return invitation.id

    def _move(self, one: Invitee, invitation: Invitation) -> Refusal | None:
        """Apply a table's row to an invitation that exists; an empty cell changes nothing."""
        note = one.note or invitation.note
        before, invitation = invitation, self._tied(one, invitation)
        joined = invitation is not before
        if joined:
            self._join(invitation)
        same_day = invitation.until is None or day_of(invitation.until) == one.until
        # The first row that names an account says nothing about an earlier answer.
        if (one.state is invitation.state and same_day) or (
            joined and one.state is InvitationState.INVITED
        ):
            if note == invitation.note and not joined:
                self._known += 1
            else:
                self._changed[invitation.id] = replace(invitation, note=note)
            return None
        name = {"name": invitation.organisation or invitation.name}
        if one.state in _OF_THE_LIST:
            return Refusal(Reason.INVITATION_UNSIGNED, "state", name)
        until, state = self._until(one), moved(invitation, SAYINGS[one.state], Author.ORGANISER)
        if isinstance(state, Refusal):
            return state
        if isinstance(until, Refusal):
            return until
        self._changed[invitation.id] = replace(
            invitation, state=state, until=until, note=note, answered_at=self._tx.now
        )
        return None

    def knows(self, one: Invitee) -> bool:
        """Return whether somebody is invited already, under the account given if any."""
        _, invitation = self._meant(one)
        return invitation is not None and self._tied(one, invitation) is invitation

    def has_signed(self, one: Invitee) -> bool:
        """Return whether somebody has signed already."""
        if one.kind is Kind.PERSON and one.person is not None:
            return (self._letter.id, one.person) in self._signers
        if one.kind is Kind.PERSON:
            return filing.sort_fold(one.name) in self._on_paper
        if self._held.is_only_one_of_name(one.whom):
            return is_backed(self._parties, self._letter.id, one.whom)
        # If several organisations share the name, the country must match as well.
        kind, key = one.whom.keys[-1]
        found, party = self._parties.named(self._letter.id, kind, key, one.whom.country)
        country = "" if party is None else self._parties.country_under(found)
        return party is not None and party.endorsements > 0 and country == one.whom.country

    def write(self, *, at_once: bool = False) -> Entered:
        """Write all invitations, and queue first messages to the new ones (see `tell`)."""
        tx, letter = self._tx, self._letter
        new = [*self._new.values()]
        if new:
            invitation_rows.add(tx, new, letter.workspace)
            if not letter.has_invitations:
                letters.change(tx, letter.id, has_invitations=True)
        invitation_rows.change(tx, [*self._changed.values()])
        tied = [one for one in self._changed.values() if one.id in self._joined]
        if letter.phase_at(tx.now).is_signable:
            tell(tx, letter, [*new, *tied], at_once=at_once)
        waiting = [one for one in new if one.state is InvitationState.INVITED]
        return Entered(
            added=len(new),
            changed=len(self._changed),
            known=self._known,
            signed=sum(one.state is InvitationState.SIGNED for one in new),
            told=sum(one.person is not None for one in waiting)
            + sum(one.state is InvitationState.INVITED for one in tied),
            alone=sum(one.person is None for one in waiting),
        )


def is_backed(parties: PartyIndex, letter: int, organisation: Whom) -> bool:
    """Return whether an invited organisation, or its only possible match, has signed."""
    kind, key = organisation.keys[-1]
    _, party = parties.named(letter, kind, key, organisation.country)
    return party is not None and party.endorsements > 0


def tell(
    tx: Transaction, letter: Letter, invited: Sequence[Invitation], *, at_once: bool = False
) -> None:
    """Queue the first message to people with an account here who have not answered.

    A person invited for several organisations gets one message, in their next daytime or `at_once`.
    """
    asked = {
        one.person: notices.invitation(letter.id, one.person, one.by)
        for one in invited
        if one.person is not None and one.state is InvitationState.INVITED
    }
    owed = [
        replace(one, due_at=tx.now if at_once else next_daytime(tx, letter.workspace, person))
        for person, one in asked.items()
    ]
    outbox.owe(tx, letter.workspace, owed)
