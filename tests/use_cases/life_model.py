"""A letter's life in the simplest words, to play beside the real one."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.letters.endorsement import Kind, Signature
from bot.letters.letter import Tally
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Hidden, Rules, Silence, WithdrawnLine
from bot.letters.standing import Standing

GRACE = timedelta(hours=2)


@dataclass
class Given:
    """One endorsement that somebody holds."""

    id: str
    person: Person | None
    """None where an organiser gathered it elsewhere."""
    signature: Signature
    text: str
    """The SHA-256 of the text that it was given for."""
    meaning: int
    added_by: Person | None = None
    """The organiser who gathered it elsewhere."""

    @property
    def weight(self) -> tuple[bool, int]:
        """Of two that are one person's the heavier one stands."""
        return self.person is not None, self.meaning

    def may_be_theirs(self, other: "Given") -> bool:
        """Whether one person may have given both."""
        if self.person and other.person:
            return self.person == other.person
        if self.person is None and other.person is None:
            return True
        collected, here = (self, other) if self.person is None else (other, self)
        names = {"", here.signature.facts.name}
        return collected.added_by == here.person or collected.signature.facts.name in names


@dataclass
class Party:
    """A person or an organisation, and all that was said about it."""

    kind: Kind
    given: list[Given] = field(default_factory=list[Given])
    speaker: str = ""
    line: str = ""
    sort_key: str = ""
    recorded: set[Person] = field(default_factory=set[Person])
    """The organisers who recorded how they know."""
    objecting: set[Person] = field(default_factory=set[Person])
    objected: set[Person] = field(default_factory=set[Person])
    removed: bool = False
    late: bool = False
    stood: bool = False
    """It is on the delivery copy."""
    marked: bool = False
    pinned: int = 0

    @property
    def confirmed(self) -> bool:
        """Whether an organiser knows who does not hold it up themselves."""
        return bool(self.recorded - {one.person for one in self.given})

    def standing(self, rules: Rules) -> Standing:
        """Where it stands, by the words of the rule."""
        if not self.given:
            return Standing.MARKED if self.marked else Standing.GONE
        if self.removed:
            return Standing.REMOVED
        if self.kind is Kind.PERSON:
            return Standing.LISTED
        if self.objecting:
            return Standing.DISPUTED
        wanted = {
            Confirmation.NONE: [],
            Confirmation.SECOND: [len(self.given) > 1],
            Confirmation.ORGANISER: [self.confirmed],
            Confirmation.BOTH: [len(self.given) > 1, self.confirmed],
        }[rules.confirmation]
        if all(wanted):
            return Standing.LISTED
        said = len(self.given) > 1 or self.confirmed
        return Standing.CONFIRMED if said else Standing.UNCONFIRMED

    def speak(self) -> None:
        """Carries the line of its speaker, or of the first that is left."""
        if not self.given:
            return
        if self.speaker not in {one.id for one in self.given}:
            self.speaker = self.given[0].id
        signature = next(one for one in self.given if one.id == self.speaker).signature
        self.line, self.sort_key = signature.line, signature.sort_key


PartyName = tuple[Kind, str]


@dataclass
class ModelLetter:
    """What a letter should be."""

    number: int
    rules: Rules
    deadline: datetime
    text: str
    phase: Phase = Phase.DRAFT
    meaning: int = 1
    texts: set[str] = field(default_factory=set[str])
    answer_by: datetime | None = None
    parties: dict[PartyName, Party] = field(default_factory=dict[PartyName, Party])
    merged: dict[PartyName, PartyName] = field(default_factory=dict[PartyName, PartyName])
    """Which name an organiser found to be which other one."""
    first_signers: set[Person] = field(default_factory=set[Person])
    steps: list[tuple[str, str, int, bool]] = field(
        default_factory=list[tuple[str, str, int, bool]]
    )
    """Each change of the text: from, to, the meaning from then on, whether it changed."""
    posted: bool = False
    """A card was posted: until then it is for its first signers, whatever the phase."""
    unveiled: bool = False

    def amend(self, text: str, *, material: bool) -> None:
        """The text is another one; who stands for one of its meaning stands for this one too."""
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
        for _, given in self.everything_held():
            if given.meaning in known:
                given.meaning = meaning

    def remove(self, party: Party, *, removed: bool) -> None:
        """An organiser takes an entry off the list, or puts it back."""
        party.removed, party.objecting = removed, set()
        keeps = self.rules.withdrawn_line is WithdrawnLine.MARKED
        party.marked = not removed and not party.given and party.stood and keeps
        self.count()

    def deliver(self) -> None:
        """The list is handed over."""
        self.phase = Phase.DELIVERED
        for party in self.parties.values():
            party.stood = self.standing_of(party) is Standing.LISTED
            if not party.stood:
                party.late, party.pinned = True, 0

    def phase_at(self, now: datetime) -> Phase:
        """The phase, which deadlines change by themselves."""
        if self.phase in {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING}:
            if now >= self.deadline + GRACE:
                return Phase.CLOSED
            if now >= self.deadline and self.phase is Phase.OPEN:
                return Phase.CLOSING
        return self.phase

    def standing_of(self, party: Party) -> Standing:
        """Where a party stands under the letter's rules."""
        return party.standing(self.rules)

    def meant(self, signature: Signature) -> PartyName:
        """Whom a signature speaks for, after all that was merged."""
        name = (signature.capacity.kind, signature.key)
        while name in self.merged:
            name = self.merged[name]
        return name

    def merge(self, keeps: PartyName, goes: PartyName) -> None:
        """An organiser found two to be one."""
        kept, gone = self.parties[keeps], self.parties[goes]
        stays: list[Given] = []
        # The heaviest first: only what stays itself makes another end.
        for one in sorted([*kept.given, *gone.given], key=lambda one: one.weight, reverse=True):
            others = gone.given if one in kept.given else kept.given
            if not any(one.may_be_theirs(other) for other in stays if other in others):
                stays.append(one)
        kept.given = sorted(stays, key=lambda one: one.id)
        kept.speak()
        kept.recorded |= gone.recorded
        kept.objecting |= gone.objecting
        kept.objected |= gone.objected
        kept.removed |= gone.removed
        kept.late &= gone.late
        kept.stood |= gone.stood
        kept.pinned = kept.pinned or gone.pinned
        self.parties[goes] = Party(kind=gone.kind)
        self.merged[goes] = keeps
        self.count()

    def held(self, person: Person) -> list[tuple[tuple[Kind, str], Given]]:
        """What somebody holds."""
        return [
            (key, one)
            for key, party in self.parties.items()
            for one in party.given
            if one.person == person
        ]

    def everything_held(self) -> list[tuple[tuple[Kind, str], Given]]:
        """What anybody holds, here or elsewhere."""
        return [(key, one) for key, party in self.parties.items() for one in party.given]

    def held_here(self) -> list[tuple[tuple[Kind, str], Given]]:
        """What anybody holds who can do something with it."""
        return [(key, one) for key, one in self.everything_held() if one.person is not None]

    def says(self, given: Given, signature: Signature) -> None:
        """An endorsement has another line, and so has its party if it speaks for it."""
        given.signature = signature
        for party in self.parties.values():
            party.speak()

    def may_sign(self, person: Person, now: datetime, *, organiser: bool) -> bool:
        """Whether the phase lets somebody sign."""
        signable = {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.LATE}
        return self.phase_at(now) in signable and self.may_see(person, organiser=organiser)

    def may_see(self, person: Person, *, organiser: bool) -> bool:
        """Whether somebody may know that it is there."""
        if self.phase is Phase.DRAFT:
            return organiser
        return organiser or self.posted or person in self.first_signers

    def cannot_stand(
        self,
        signature: Signature,
        person: Person,
        *,
        confirms: bool,
        now: datetime,
        besides: Given | None = None,
    ) -> Reason | None:
        """Why a signature cannot stand beside what is there already."""
        kind = signature.capacity.kind
        key = self.meant(signature)
        for held_key, one in self.held(person):
            if one is not besides and (held_key == key or held_key[0] is kind is Kind.PERSON):
                return Reason.ALREADY_SIGNED
        party = self.parties.get(key)
        if party is not None and party.removed and not party.given:
            return Reason.ENTRY_REMOVED
        if kind is Kind.PERSON or party is None or not party.given:
            return None
        others = [one for one in party.given if one is not besides and not self.silent(one, now)]
        if party.removed:
            return Reason.ENTRY_REMOVED
        if not others:
            return None
        return None if confirms else Reason.ORGANISATION_SIGNED

    def cannot_be_added(self, signature: Signature, organiser: Person) -> Reason | None:
        """Why a signature from elsewhere cannot stand beside what is there already."""
        party = self.parties.get(self.meant(signature))
        if party is not None and party.removed:
            return Reason.ENTRY_REMOVED
        if party is None or not party.given:
            return None
        if party.kind is Kind.PERSON and party.given[0].person:
            return Reason.SAME_PERSON
        holders = {one.person for one in party.given}
        if None in holders:
            return Reason.ALREADY_ADDED
        if organiser in holders:
            return Reason.OWN_SIGNATURE
        name = signature.facts.name
        if not name or name in {one.signature.facts.name for one in party.given}:
            return Reason.SAME_SIGNER
        return None

    def give(self, given: Given, now: datetime) -> None:
        """Somebody signed."""
        kind = given.signature.capacity.kind
        party = self.parties.setdefault(self.meant(given.signature), Party(kind=kind))
        if not party.given:
            party.late = self.phase_at(now) is Phase.LATE
            party.marked, party.pinned, party.speaker = False, 0, given.id
        party.given.append(given)
        self.meets_double(given)

    def meets_double(self, given: Given) -> None:
        """Of an organisation, a voice from elsewhere that may be the same person's gives way."""
        party = self.parties[self.meant(given.signature)]
        party.given = [
            one
            for one in party.given
            if one is given or one.person or not given.person or not one.may_be_theirs(given)
        ]
        party.speak()
        self.count()

    def end(self, key: tuple[Kind, str], given: Given) -> None:
        """An endorsement ended: the next one's line stands, or the party is off the list."""
        party = self.parties[key]
        party.given.remove(given)
        if party.given:
            party.speak()
        else:
            keeps = self.rules.withdrawn_line is WithdrawnLine.MARKED
            party.marked = party.stood and not party.removed and keeps
            party.late &= not party.marked
            party.objected -= party.objecting
            party.recorded, party.objecting = set(), set()
            if not party.marked:
                party.pinned = 0
        self.count()

    def count(self) -> Tally:
        """The tally; enough lift the embargo for good."""
        tally = Tally()
        for party in self.parties.values():
            standing, person = self.standing_of(party), party.kind is Kind.PERSON
            if standing in {Standing.UNCONFIRMED, Standing.CONFIRMED, Standing.DISPUTED}:
                tally += Tally(waiting=1)
            elif standing is Standing.LISTED and party.late:
                tally += Tally(late_people=int(person), late_organisations=int(not person))
            elif standing is Standing.LISTED:
                tally += Tally(people=int(person), organisations=int(not person))
        embargo = self.rules.embargo
        enough = embargo.until_listed if embargo else None
        if enough and tally.total + tally.late >= enough:
            self.unveiled = True
        return tally

    def lines(self) -> list[str]:
        """The list in its order: conveners, organisations, people, then the late ones."""

        def place(party: Party) -> tuple[int, int, str, str]:
            group = 1 if party.kind is Kind.ORGANISATION else 2
            back = 10 if party.late else 0
            group = 0 if party.pinned else group + back
            return group, party.pinned, party.sort_key, party.line

        shown = [
            party
            for party in self.parties.values()
            if self.standing_of(party) in {Standing.LISTED, Standing.MARKED}
        ]
        return [party.line for party in sorted(shown, key=place)]

    def hidden(self, now: datetime) -> Hidden | None:
        """What an embargo hides from those who do not organise."""
        embargo = self.rules.embargo
        if embargo is None or self.unveiled:
            return None
        if embargo.until is not None and now >= embargo.until:
            return None
        return embargo.hides

    def asked(self, given: Given, now: datetime) -> bool:
        """Whether its signer may still say whether it stands for the amended text."""
        behind = given.person is not None and given.meaning < self.meaning
        return behind and self.answer_by is not None and now < self.answer_by

    def is_asked(self) -> bool:
        """Whether somebody has not answered the last change of meaning."""
        return any(one.meaning < self.meaning for _, one in self.held_here())

    def silent(self, given: Given, now: datetime) -> bool:
        """Whether its signer let the time go by, and the rule is to drop it."""
        return (
            given.person is not None
            and given.meaning < self.meaning
            and self.answer_by is not None
            and now >= self.answer_by
            and self.rules.silence is Silence.DROP
        )

    def drop_silent(self, now: datetime) -> None:
        """Ends what nobody spoke up for."""
        if self.answer_by is None or now < self.answer_by:
            return
        for key, one in self.everything_held():
            if self.silent(one, now):
                self.end(key, one)
        self.answer_by = None
