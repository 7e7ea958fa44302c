"""Signing a letter."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace

from bot.features.amendments.use_cases.default_answer import drop_own
from bot.features.invitations.use_cases.signed import (
    Invitation,
    invited_bodies,
    mark_signed,
    unsigned,
)
from bot.features.organisations.use_cases.removals import end_removed
from bot.features.signing.use_cases import doubts
from bot.features.signing.use_cases.requests import Intent, Signed, SignRequest
from bot.letters import notices
from bot.letters.endorsement import (
    Endorsement,
    Kind,
    Remembered,
    Signature,
    State,
    organisations_among,
    refuse_signature,
)
from bot.letters.ids import new_id
from bot.letters.letter import Letter, Sight, Tally, refuse
from bot.letters.notices import Notice
from bot.letters.people import Actor, Membership, Person, Role
from bot.letters.phases import Action, Phase
from bot.letters.refusals import Reason, Refusal, Refused
from bot.letters.rules import PublicPage
from bot.letters.signatory import (
    PartyIndex,
    PartyKey,
    Signatory,
    body_named,
    cleared,
    counted,
    joined,
    keys_of,
    probes_of,
    says_more,
    settled,
    shares_name,
    speaker_among,
)
from bot.letters.standing import WAITING, Standing, Waits, confirmed_by, giving_way, have_one_name
from bot.logs import answering, click_key
from bot.storage import (
    endorsements,
    inbox,
    letters,
    name_index,
    outbox,
    permissions,
    signatories,
    tallies,
)
from bot.storage.database import Database, Transaction, reading
from bot.storage.privacy import remembered
from bot.use_cases.gate import admit_as, cards_of, refuse_uninvited, role_in
from bot.use_cases.parties import carrying, is_barred, newcomer, of_country, told_of_standing

__all__ = ["Intent", "Opening", "SignRequest", "Signed", "held_now", "opening", "sign", "sign_all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Initial values of the Sign form."""

    letter: Letter
    held: tuple[Endorsement, ...]
    parties: Mapping[str, Signatory]
    refusal: Refusal | None
    """The reason why the person cannot sign now, or None."""
    invited: Invitation | None = None
    """The invitation that the form was opened from, if its organisation has not signed."""
    remembered: Remembered | None = None
    """Details of an earlier signature that the person saved."""


async def sign(database: Database, request: SignRequest) -> Signed:
    """Add a signature; it is committed when this returns.

    Requests that arrive at the same time are loaded, decided and committed together.

    Raises:
        Refused: the signature is not possible now; nothing was written. If another person signed
            for the organisation already (`ORGANISATION_SIGNED`), the facts are the `entry`, the id
            of the `signatory`, and the signer's name in `by`, if the actor may see it.
    """
    return await database.together(sign_all, request, about=request.letter)


def sign_all(tx: Transaction, requests: list[SignRequest]) -> list[Signed | Exception]:
    """Add the signatures of all requests in one transaction, in order.

    A refusal is returned in the request's place and does not affect the other requests.
    """
    batch = _Batch(tx, requests)
    answers = [batch.answer(request) for request in requests]
    batch.write()
    return answers


class _Batch:
    def __init__(self, tx: Transaction, requests: list[SignRequest]) -> None:
        numbers = {request.letter for request in requests}
        holders = {(request.letter, request.actor.person) for request in requests}
        keys = {key for one in requests for key in keys_of(one.letter, one.signature)}
        self._bodies = {
            (one.letter, one.signature.facts.name): body_named(one.letter, one.signature)
            for one in requests
            if one.signature.capacity.kind is Kind.PERSON
        }
        keys.update(self._bodies.values())
        keys.update((number, Kind.PERSON, str(person)) for number, person in holders)
        self._tx = tx
        # Locked first, so that rows read after this cannot change before the commit.
        locked = letters.find_many(tx, numbers, lock=True)
        # Signers who did not answer in time may sign again, even before the worker ends theirs.
        self._letters = {
            number: self._without_silent(one, holders, keys) for number, one in locked.items()
        }
        self._invited = invited_bodies(tx, self._letters.values(), self._bodies.values())
        self._answered = inbox.answers(tx, {request.trigger for request in requests})
        self._parties = PartyIndex(signatories.by_keys(tx, keys))
        confirmed = {party.id for party in self._parties.everyone() if party.confirmed}
        # The organisers whose proof of permission confirms an organisation.
        self._recorders = permissions.recorders(tx, confirmed)
        recorders = {
            (party.letter, one)
            for party in self._parties.everyone()
            for one in self._recorders.get(party.id, ())
        }
        self._held = defaultdict(list, endorsements.held_by(tx, holders | recorders))
        self._removed = signatories.removed_of(tx, holders)
        self._voices = self._beside_collected()
        self._new: dict[int, list[Endorsement]] = defaultdict(list)
        self._changed: dict[int, dict[str, Signatory]] = defaultdict(dict)
        self._filed: dict[int, dict[str, frozenset[str]]] = defaultdict(dict)
        self._ended: list[Endorsement] = []
        self._several: list[Endorsement] = []
        self._false: list[tuple[Signatory, Endorsement]] = []
        self._moved: dict[int, Tally] = defaultdict(Tally)
        self._joined: list[tuple[Signatory, Signatory]] = []
        self._kept: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
        self._clicks: dict[str, str] = {}
        self._home: dict[str, list[Person]] = defaultdict(list)

    def _without_silent(
        self, letter: Letter, holders: Collection[tuple[int, Person]], keys: Collection[PartyKey]
    ) -> Letter:
        if letter.answer_by is None or self._tx.now < letter.answer_by:
            return letter
        people = {person for number, person in holders if number == letter.id}
        known = signatories.by_keys(self._tx, {key for key in keys if key[0] == letter.id})
        return drop_own(self._tx, letter, people, {party.id for party in known.values()})

    def _beside_collected(self) -> dict[str, list[Endorsement]]:
        """Return all endorsements of each signatory with a collected one (a possible duplicate)."""
        joined = [party for party in self._parties.everyone() if party.endorsements]
        workspaces = {letter.workspace for letter in self._letters.values()}
        which = {(party.letter, party.id) for party in joined}
        gathered = endorsements.gathered_for(self._tx, which, workspaces)
        # Usually the collected endorsement is the only one.
        more = {party.id for party in joined if party.id in gathered and party.endorsements > 1}
        alone = {party: [one] for party, one in gathered.items() if party not in more}
        return alone | endorsements.of_parties(self._tx, more)

    def answer(self, request: SignRequest) -> Signed | Exception:
        """Return the answer to one request."""
        if (known := self._answered.get(request.trigger)) is not None:
            again = Refused.because(Reason.ALREADY_SIGNED, "capacity", **known)
            return Signed(**known) if "endorsement" in known else again
        letter = self._letters.get(request.letter)
        if letter is None or letter.workspace != request.actor.workspace:
            return Refused.because(Reason.NO_SUCH_LETTER)
        actor = request.actor
        # The role needs a query only if not every member may sign.
        may = letter.opened_at and letter.public and actor.membership is Membership.MEMBER
        role = Role.MEMBER if may else role_in(self._tx, letter, actor)
        refusal = (
            refuse(letter, Action.SIGN, role, self._tx.now)
            or refuse_uninvited(self._tx, letter, actor)
            or refuse_signature(letter, request.signature, self._held[letter.id, actor.person])
        )
        if refusal is not None:
            if refusal.reason is Reason.ALREADY_SIGNED:
                # Delivered again after a withdrawal, it would sign.
                self._kept[letter.workspace][request.trigger] = dict(refusal.facts)
            return Refused(refusal)
        if not request.may_be_organisation and self._reads_like_body(letter, request.signature):
            facts = {"name": request.signature.facts.name}
            return Refused.because(Reason.READS_LIKE_ORGANISATION, "name", **facts)
        key, party = self._parties.of(letter.id, request.signature)
        if party and (refusal := self._refuse_party(letter, request, role, party)):
            return Refused(refusal)
        is_new = party is None or party.endorsements == 0 or party.removed
        if is_new and letter.phase is Phase.LATE and not request.knows_late:
            return Refused.because(Reason.GOES_LATE, title=letter.title)
        if letter.rules.page is not PublicPage.OFF and not request.knows_web:
            return Refused.because(Reason.GOES_ON_THE_WEB, title=letter.title)
        return self._accept(letter, request, key, party)

    def _refuse_party(
        self, letter: Letter, request: SignRequest, role: Role, party: Signatory
    ) -> Refusal | None:
        seen = letter.sight(role, self._tx.now) is Sight.ALL
        entry = party.entry if seen else request.signature.entry
        field = "capacity" if party.kind is Kind.PERSON else "organisation"
        removed = Refusal(Reason.ENTRY_REMOVED, field, {"entry": entry})
        if party.kind is Kind.PERSON:
            return removed if party.removed else None
        person = request.actor.person
        held = self._held[letter.id, person]
        own = next((one for one in held if one.signatory == party.id), None)
        if own is not None:
            # They signed under a name that was merged into this one, and cannot confirm themselves.
            return Refusal(Reason.ALREADY_SIGNED, "capacity", {"entry": own.signature.entry})
        if is_barred(self._tx, party, person):
            return removed
        agreed = request.confirms and request.shown in {None, party.entry}
        if agreed or party.removed or party.endorsements == 0:
            return None
        first = self._speaker(party) if seen else None
        by = first.signature.facts.name if first else ""
        facts = {"entry": entry, "signatory": party.id, "by": by}
        return Refusal(Reason.ORGANISATION_SIGNED, "organisation", facts)

    def _accept(
        self, letter: Letter, request: SignRequest, key: PartyKey, party: Signatory | None
    ) -> Signed:
        signature, workspace = request.signature, letter.workspace
        endorsement = Endorsement(
            id=new_id(self._tx.now),
            letter=letter.id,
            signatory=party.id if party else new_id(self._tx.now),
            person=request.actor.person,
            signature=signature,
            meaning=letter.meaning,
            source=request.source,
            signed_at=self._tx.now,
        )
        party = self._join(letter, endorsement, key, party)
        self._new[letter.id].append(endorsement)
        (held := self._held[letter.id, request.actor.person]).append(endorsement)
        if endorsement.kind is Kind.ORGANISATION and organisations_among(held) == doubts.SEEN:
            self._several.append(endorsement)
        answer = {"endorsement": endorsement.id, "entry": signature.entry}
        if party.kind is Kind.PERSON and party.standing in WAITING:
            answer["doubted"] = "1"
        self._kept[workspace][request.trigger] = self._answered[request.trigger] = answer
        self._clicks[endorsement.id] = click_key(request.trigger)
        if request.from_home:
            self._home[workspace].append(request.actor.person)
        return Signed(**answer)

    def _join(
        self, letter: Letter, new: Endorsement, key: PartyKey, before: Signatory | None
    ) -> Signatory:
        if before is not None and before.removed:
            # Others sign for an organisation that an organiser removed: it is theirs.
            self._false.append((before, new))
            before = cleared(before)
        if before is None or before.endorsements == 0:
            after = newcomer(self._tx, letter, new, key=key, before=before)
            self._filed[letter.id][after.id] = probes_of(new.signature)
        else:
            after = self._without_doubles(joined(before, new.signature), new)
            if after.confirmed:
                # The signer may be the organiser who recorded the proof of permission.
                recorders = self._recorders.get(after.id, set())
                holders = {one for one in recorders if one == new.person or self._holds(one, after)}
                after = replace(after, confirmed=confirmed_by(recorders, holders))
        came, doubted = self._new[letter.id], self._doubted(letter, new, before)
        waits = doubts.why_it_waits(self._tx, letter, new, before, came, doubted=doubted)
        listed = before is not None and before.standing is Standing.LISTED
        removed = (letter.id, new.person) in self._removed
        if (removed and not listed) or (before and says_more(before, after)):
            waits = Waits.LOOK
        elif before is not None and before.endorsements and before.waits is Waits.LOOK:
            first = self._speaker(after)
            after, waits = doubts.beside_waiting(letter, after, first, new, waits)
        after = settled(replace(after, doubted=doubted, waits=waits), letter.rules.confirmation)
        if before is not None:
            self._joined.append((before, after))
        self._moved[letter.id] += counted(after) - counted(before) if before else counted(after)
        self._changed[letter.id][after.id] = after
        self._parties.put(key, after)
        return after

    def _doubted(self, letter: Letter, new: Endorsement, before: Signatory | None) -> bool:
        if new.kind is Kind.PERSON:
            return self._reads_like_body(letter, new.signature)
        if before is None or not before.endorsements:
            return False
        if before.id in self._voices:
            # A collected signature may just have given way, so all that stay are compared.
            return have_one_name(self._voices[before.id])
        return shares_name(before, self._speaker(before), new)

    def _reads_like_body(self, letter: Letter, signature: Signature) -> bool:
        name = self._bodies[letter.id, signature.facts.name]
        body = self._parties.named(*name, "")[1]
        return doubts.is_doubted(signature, body, invited=name in self._invited)

    def _speaker(self, party: Signatory) -> Endorsement | None:
        new = (one for one in self._new.get(party.letter, ()) if one.id == party.speaker)
        return next(new, None) or endorsements.find(self._tx, party.speaker)

    def _without_doubles(self, party: Signatory, new: Endorsement) -> Signatory:
        """End collected endorsements that may be the new signer's own, to count them once."""
        there = self._voices.get(party.id)
        if there is None:
            return party
        ended = [one for one, _ in giving_way(there, [new])]
        self._ended += ended
        self._voices[party.id] = stay = [one for one in [*there, new] if one not in ended]
        if not ended:
            return party
        after = replace(party, endorsements=party.endorsements - len(ended))
        speaker = speaker_among(stay, party)
        after = carrying(after, speaker)
        countries = (one.signature.country for one in (speaker, *stay))
        is_person = party.kind is Kind.PERSON
        return (
            after if is_person else of_country(self._tx, after, next(filter(None, countries), ""))
        )

    def _holds(self, person: Person, party: Signatory) -> bool:
        return any(one.signatory == party.id for one in self._held[party.letter, person])

    def write(self) -> None:
        """Write all accepted signatures, with one statement for each table."""
        tx = self._tx
        owed: dict[str, list[Notice]] = defaultdict(list)
        for number, new in self._new.items():
            letter = self._letters[number]
            for party, one in self._false:
                if party.letter == number:
                    end_removed(tx, letter, party, one)
            ended = [one for one in self._ended if one.letter == number]
            endorsements.end_many(tx, letter, ended, State.MERGED)
            signatories.put(tx, [*self._changed[number].values()], letter.workspace, letter.rules)
            name_index.add(tx, number, letter.workspace, self._filed[number])
            endorsements.add(tx, new, letter.workspace)
            mark_signed(tx, letter, new)
            tallies.move(tx, letter, self._moved[number])
            owed[letter.workspace] += cards_of(tx, [number])
            owed[letter.workspace] += [
                replace(notices.receipt(number, one.person), click=self._clicks[one.id])
                for one in new
                if one.person is not None
            ]
        for before, after in self._joined:
            workspace = self._letters[after.letter].workspace
            owed[workspace] += told_of_standing(tx, before, after)
        for one in self._several:
            owed[self._letters[one.letter].workspace] += doubts.told_of_several(tx, one)
        for workspace, kept in self._kept.items():
            inbox.keep(tx, workspace, kept)
            owed[workspace] += [notices.home(person) for person in self._home[workspace]]
            # A card changed by several clicks is not attributed to any of them.
            with answering(*self._clicks.values()) if len(self._clicks) == 1 else nullcontext():
                outbox.owe(tx, workspace, owed[workspace])


@reading
def opening(tx: Transaction, *, letter: int, actor: Actor, invitation: str = "") -> Opening:
    """Return the initial values of the Sign form.

    `invitation` is the id of the invitation that the form is opened from; empty for none.

    Raises:
        Refused: the workspace has no such letter, or the actor may not read it.
    """
    found, role = admit_as(tx, letter, actor, Action.READ, lock=False)
    held = held_now(tx, found, actor.person)
    return Opening(
        letter=found.as_seen_by(role, tx.now),
        held=tuple(held),
        parties=signatories.find_many(tx, {one.signatory for one in held}) if held else {},
        refusal=refuse(found, Action.SIGN, role, tx.now) or refuse_uninvited(tx, found, actor),
        invited=unsigned(tx, letter, invitation, actor.person) if invitation else None,
        remembered=remembered.find(tx, actor.workspace, actor.person),
    )


def held_now(tx: Transaction, letter: Letter, person: Person) -> list[Endorsement]:
    """Return a person's endorsements, without unanswered ones past their time, ended or not yet."""
    kept = endorsements.held_by(tx, [(letter.id, person)]).get((letter.id, person), [])
    return [one for one in kept if one.state_at(letter, tx.now) is not State.DROPPED]
