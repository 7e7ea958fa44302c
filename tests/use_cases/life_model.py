"""A letter's life in the simplest words, to play beside the real one."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import inf

from bot.letters.endorsement import Kind, Signature
from bot.letters.letter import Tally
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Embargo, Hidden, Rules, Silence, WithdrawnEntry
from bot.letters.standing import Standing
from tests.use_cases.life_parties import Given, Party, removed_people

GRACE = timedelta(hours=2)
SECOND = Confirmation.SECOND


@dataclass
class ModelLetter:
    """The state that a letter should have."""

    number: int
    rules: Rules
    deadline: datetime
    text: str
    phase: Phase = Phase.DRAFT
    meaning: int = 1
    texts: set[str] = field(default_factory=set[str])
    answer_by: datetime | None = None
    parties: list[Party] = field(default_factory=list[Party])
    """In the order in which they came."""
    first_signers: set[Person] = field(default_factory=set[Person])
    steps: list[tuple[str, str, int, bool]] = field(
        default_factory=list[tuple[str, str, int, bool]]
    )
    """Each change of the text: from, to, the meaning from then on, whether it changed."""
    posted: bool = False
    """A card was posted: until then it is for its first signers, whatever the phase."""
    unveiled: bool = False
    was_delivered: bool = False
    before_delivery: set[str] = field(default_factory=set[str])
    """Ids of all that had been given until then."""

    def amend(self, text: str, *, material: bool) -> None:
        """Change the text; those who signed one of its meaning have signed this one too."""
        known, same = set[int](), {text}
        for _ in self.steps:
            same |= {
                one
                for before, after, _, changes in self.steps
                if not changes and same & {before, after}
                for one in (before, after)
            }
        if self.steps:
            known = {meaning for _, after, meaning, _ in self.steps if after in same}
            known |= {1} if self.steps[0][0] in same else set()
        meaning = self.meaning + 1 if material else self.meaning
        self.steps.append((self.text, text, meaning, material))
        self.text, self.meaning = text, meaning
        self.texts.add(text)
        for party in self.parties:
            for given in party.ever:
                if given.meaning in known:
                    given.meaning = meaning

    def remove(self, party: Party, *, removed: bool) -> None:
        """An organiser takes an entry off the list, or puts it back."""
        party.waits &= removed or not party.removed
        party.removed = removed
        for one in party.ever:
            one.left = False
        for one in party.objections:
            one.open = False
        keeps = self.rules.withdrawn_entry is WithdrawnEntry.MARKED
        party.marked = not removed and not party.given and party.stood and keeps
        self.count()

    def take_over(self, party: Party) -> list[Given]:
        """Somebody else signs for a removed organisation: what was there is removed for good."""
        there = list(party.given)
        for one in party.ever:
            one.removed |= one.left or one in there
        self.end(*there)
        party.removed, party.pinned, party.proofs = False, 0, []
        for one in party.objections:
            one.moot |= one.open
            one.open = False
        return there

    def deliver(self) -> None:
        """Deliver the list."""
        self.phase, self.was_delivered = Phase.DELIVERED, True
        self.before_delivery = {one.id for party in self.parties for one in party.ever}
        for party in self.parties:
            party.stood = self.standing_of(party) is Standing.LISTED
            if not party.stood:
                party.late, party.pinned = True, 0

    def is_in_copy(self, given: Given, now: datetime) -> bool:
        """Return whether it stood behind an entry of the delivery copy, and for its text."""
        there = given.id in self.before_delivery and self.party_of(given).stood
        return there and not self.asked(given, now)

    def phase_at(self, now: datetime) -> Phase:
        """The phase, which deadlines change by themselves."""
        if self.phase in {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING}:
            if now >= self.deadline + GRACE:
                return Phase.CLOSED
            if now >= self.deadline and self.phase is Phase.OPEN:
                return Phase.CLOSING
        return self.phase

    def standing_of(self, party: Party) -> Standing:
        """Return a party's standing under the letter's rules."""
        return party.standing(self.rules)

    def present(self, kind: Kind | None = None) -> list[Party]:
        """The parties that were not merged into another one, of one kind or of both."""
        return [one for one in self.parties if not one.merged and kind in {None, one.kind}]

    def backed(self) -> list[Party]:
        """Return the parties that somebody signs for."""
        return [one for one in self.present() if one.given]

    def meant(self, signature: Signature) -> Party | None:
        """The party that a signature speaks for; None where it is not there yet."""
        key, country = signature.key, signature.country
        there = self.present(signature.capacity.kind)
        fitting = [one for one in there if one.fits(key, country)]
        nearest = [(one.distance(key, country, backed=bool(one.given)), one) for one in fitting]
        return min(nearest, key=lambda near: near[0])[1] if nearest else None

    def same_party(self, given: Given, new: Signature) -> bool:
        """Return whether a changed signature speaks for the party that it spoke for."""
        old, party = given.signature, self.party_of(given)
        if old.capacity.kind is not new.capacity.kind:
            return False
        if given.kind is Kind.PERSON or (old.key, old.country) == (new.key, new.country):
            return True
        if old.country and new.country and old.country != new.country:
            return False
        if old.key != new.key:
            return self.meant(new) is party
        if not new.country:
            return True
        of_others = party.named(besides=given) or ("" if old.country else party.country)
        taken = any(
            one is not party and new.country in one.countries_under(new.key)
            for one in self.backed()
        )
        return of_others in {"", new.country} and not taken

    def party_of(self, given: Given) -> Party:
        """The party that an endorsement speaks, or spoke, for."""
        return next(one for one in self.parties if given in one.ever)

    def held(self, person: Person) -> list[tuple[Party, Given]]:
        """List the signatures that somebody holds."""
        return [(party, one) for party, one in self.everything_held() if one.person == person]

    def everything_held(self) -> list[tuple[Party, Given]]:
        """List the signatures that anybody holds, here or elsewhere."""
        return [(party, one) for party in self.parties for one in party.given]

    def held_here(self) -> list[tuple[Party, Given]]:
        """List the signatures of anybody who can do something with them."""
        return [(party, one) for party, one in self.everything_held() if one.person is not None]

    def says(self, given: Given, signature: Signature) -> None:
        """An endorsement has another entry, and so has its party if it speaks for it."""
        given.signature = signature
        self.party_of(given).speak(self.backed())

    def may_sign(self, person: Person, now: datetime, *, organiser: bool) -> bool:
        """Return whether the phase lets somebody sign."""
        signable = {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.LATE}
        return self.phase_at(now) in signable and self.may_see(person, organiser=organiser)

    def may_see(self, person: Person, *, organiser: bool) -> bool:
        """Return whether somebody may know that it is there."""
        if self.phase is Phase.DRAFT:
            return organiser
        return organiser or self.posted or person in self.first_signers

    def is_held(self, signature: Signature, person: Person, besides: Given | None = None) -> bool:
        """Return whether somebody holds a signature that may be the same."""
        others = [one for _, one in self.held(person) if one is not besides]
        return any(one.may_stand_for(signature) for one in others)

    def has_most(self, signature: Signature, person: Person, besides: Given | None = None) -> bool:
        """Return whether somebody signed for as many organisations as one person can."""
        kinds = [one.kind for _, one in self.held(person) if one is not besides]
        for_one = signature.capacity.kind is Kind.ORGANISATION
        return for_one and kinds.count(Kind.ORGANISATION) > 4

    def cannot_stand(
        self, signature: Signature, person: Person, *, confirms: bool
    ) -> Reason | None:
        """Return why a signature cannot be given beside what is there already."""
        if self.is_held(signature, person):
            return Reason.ALREADY_SIGNED
        if self.has_most(signature, person):
            return Reason.MANY_ORGANISATIONS
        party = self.meant(signature)
        if party is None:
            return None
        if party.kind is Kind.PERSON:
            return Reason.ENTRY_REMOVED if party.removed else None
        if person in {one.person for one in party.given}:
            return Reason.ALREADY_SIGNED
        if party.is_barred(person):
            return Reason.ENTRY_REMOVED
        free = confirms or party.removed or not party.given
        return None if free else Reason.ORGANISATION_SIGNED

    def cannot_be_added(self, signature: Signature, organiser: Person) -> Reason | None:
        """Return why a signature from elsewhere cannot be added beside what is there already."""
        party = self.meant(signature)
        if party is not None and party.removed and party.kind is Kind.PERSON:
            return Reason.ENTRY_REMOVED
        if party is None or not party.given or party.removed:
            return None
        holders = {one.person for one in party.given}
        if None in holders:
            return Reason.ALREADY_ADDED
        if party.kind is Kind.PERSON:
            return Reason.SAME_PERSON
        if organiser in holders:
            return Reason.OWN_SIGNATURE
        name = signature.facts.name
        if not name or name in {one.signature.facts.name for one in party.given}:
            return Reason.SAME_SIGNER
        return None

    def give(self, given: Given, party: str, now: datetime) -> Party:
        """Somebody signed; a party that is new is known by this id from now on."""
        signature = given.signature
        there = self.meant(signature)
        if there is None:
            there = Party(id=party, kind=given.kind, key=signature.key)
            there.names.append((signature.key, ""))
            self.parties.append(there)
        assert there.id == party
        if there.removed and there.kind is Kind.ORGANISATION:
            self.take_over(there)
        if not there.given:
            there.late = self.phase_at(now) is Phase.LATE
            there.marked, there.pinned, there.speaker = False, 0, given.id
            known = there.country if there.removed or there.stood else ""
            there.country = signature.country or known
            there.entry, there.sort_key = signature.entry, signature.sort_key
        else:
            there.country = there.country or signature.country
        listed = bool(there.given) and self.standing_of(there) is Standing.LISTED
        again = bool(there.given) and there.waits and self.rules.confirmation is not SECOND
        there.waits = given.person is not None and (
            again or (given.person in removed_people(self.parties) and not listed)
        )
        there.given.append(given)
        there.ever.append(given)
        self.meets_double(there, given)
        self.count()
        return there

    def meets_double(self, party: Party, given: Given) -> None:
        """A voice from elsewhere that may be the same person's gives way."""
        stay = [
            one
            for one in party.given
            if one is given or one.person or not given.person or not one.may_be_theirs(given)
        ]
        if len(stay) < len(party.given):
            party.given = stay
            party.speaks_on(self.backed(), removed_people(self.parties))

    def end(self, *ended: Given) -> None:
        """End endorsements: the next one's entry is listed, or the party is off the list."""
        backed = self.backed()
        parties = {one: self.party_of(one) for one in ended}
        for one, party in parties.items():
            party.given.remove(one)
            one.left = party.removed and party.kind is Kind.ORGANISATION
        for party in dict.fromkeys(parties.values()):
            if not party.given:
                self.let_go(party)
            else:
                party.speaks_on(backed, removed_people(self.parties))
        self.count()

    def let_go(self, party: Party) -> None:
        """End a party that nobody signs for any more."""
        keeps = self.rules.withdrawn_entry is WithdrawnEntry.MARKED
        party.marked = party.stood and not party.removed and keeps
        party.late &= not party.marked
        for one in party.objections:
            one.moot |= one.open
            one.open = False
        party.proofs = []
        if not party.marked:
            party.pinned = 0

    def count(self) -> Tally:
        """The tally; enough lift the embargo for good."""
        tally = Tally()
        for party in self.parties:
            standing, person = self.standing_of(party), party.kind is Kind.PERSON
            if standing in {Standing.UNCONFIRMED, Standing.CONFIRMED, Standing.DISPUTED}:
                tally += Tally(waiting=1)
            elif standing is Standing.LISTED and party.late:
                tally += Tally(late_people=int(person), late_organisations=int(not person))
            elif standing is Standing.LISTED:
                tally += Tally(people=int(person), organisations=int(not person))
        embargo = self.rules.embargo
        enough = embargo.until_listed if embargo else None
        people = {
            one.person or one.signature.facts.name or one.id
            for party in self.parties
            for one in party.given
            if one.id == party.speaker and self.standing_of(party) is Standing.LISTED
        }
        if enough and len(people) >= enough:
            self.unveiled = True
        return tally

    def entries(self) -> list[str]:
        """The list in its order: conveners, organisations, people, then the late ones."""

        def place(party: Party) -> tuple[int, int, str, str]:
            group = 1 if party.kind is Kind.ORGANISATION else 2
            back = 10 if party.late else 0
            group = 0 if party.pinned else group + back
            return group, party.pinned, party.sort_key, party.entry

        shown = [
            party
            for party in self.parties
            if self.standing_of(party) in {Standing.LISTED, Standing.MARKED}
        ]
        return [party.entry for party in sorted(shown, key=place)]

    def hidden(self, now: datetime) -> Hidden | None:
        """Return what an embargo hides from those who do not organise."""
        embargo = self.rules.embargo
        if embargo is None or self.unveiled:
            return None
        if embargo.until is not None and now >= embargo.until:
            return None
        return embargo.hides

    def shows_sooner(self, embargo: Embargo | None, now: datetime) -> bool:
        """Return whether an embargo breaks what people who signed here were promised."""
        before = self.rules.embargo
        if before is None or not self.hidden(now) or not self.held_here():
            return False
        if embargo is None or (before.hides is Hidden.ALL and embargo.hides is Hidden.NAMES):
            return True
        never = datetime.max.replace(tzinfo=UTC)
        until = embargo.until or never
        soon = until < min(before.until or never, now + timedelta(days=1))
        return soon or (embargo.until_listed or inf) < (before.until_listed or inf)

    def asked(self, given: Given, now: datetime) -> bool:
        """Return whether its signer may still keep or withdraw it after the amendment."""
        behind = given.person is not None and given.meaning < self.meaning
        return behind and self.answer_by is not None and now < self.answer_by

    def is_asked(self) -> bool:
        """Return whether somebody has not answered the last change of meaning."""
        return any(one.meaning < self.meaning for _, one in self.held_here())

    def silent(self, given: Given, now: datetime) -> bool:
        """Return whether its signer let the time go by, and the rule is to drop it."""
        return (
            given.person is not None
            and given.meaning < self.meaning
            and self.answer_by is not None
            and now >= self.answer_by
            and self.rules.silence is Silence.DROP
        )

    def drop_own(self, signature: Signature, person: Person, now: datetime) -> None:
        """End what nobody spoke up for, of a person and of the parties that a signature may mean."""
        key = signature.key
        parties = [one for one in self.present(signature.capacity.kind) if one.countries_under(key)]
        self.end(
            *(
                one
                for party, one in self.everything_held()
                if self.silent(one, now) and (party in parties or one.person == person)
            )
        )

    def drop_silent(self, now: datetime) -> None:
        """End what nobody spoke up for."""
        if self.answer_by is None or now < self.answer_by:
            return
        self.end(*(one for _, one in self.everything_held() if self.silent(one, now)))
        self.answer_by = None
