"""A letter's life in the simplest words, to play beside the real one."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.letters.endorsement import Kind, Signature
from bot.letters.letter import Signers
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.letters.refusals import Reason

Party = tuple[Kind, str]


@dataclass
class Given:
    """One endorsement that stands."""

    id: str
    person: Person
    signature: Signature

    @property
    def party(self) -> Party:
        """Whom it puts on the list."""
        return self.signature.capacity.kind, self.signature.key


@dataclass
class ModelLetter:
    """What a letter should be: who gave what in which order, whose line stands, who is pinned."""

    number: int
    signers: Signers
    deadline: datetime
    phase: Phase = Phase.DRAFT
    given: list[Given] = field(default_factory=list[Given])
    speakers: dict[Party, str] = field(default_factory=dict[Party, str])
    pinned: dict[Party, int] = field(default_factory=dict[Party, int])

    def phase_at(self, now: datetime) -> Phase:
        """The phase, which the deadline ends by itself."""
        if self.phase is Phase.OPEN and now >= self.deadline:
            return Phase.CLOSED
        return self.phase

    def cannot(self, now: datetime, needed: set[Phase]) -> Reason | None:
        """Why an organiser cannot do what needs one of these phases."""
        phase = self.phase_at(now)
        if phase in needed:
            return None
        if self.phase is not phase:
            return Reason.DEADLINE_PASSED
        return {
            Phase.DRAFT: Reason.STILL_DRAFT,
            Phase.OPEN: Reason.IS_OPEN,
            Phase.CLOSED: Reason.IS_CLOSED,
            Phase.CANCELLED: Reason.IS_CANCELLED,
        }[phase]

    def cannot_stand(
        self, signature: Signature, person: Person, *, besides: Given | None = None
    ) -> Reason | None:
        """Why a signature cannot stand beside what its signer holds already."""
        kind = signature.capacity.kind
        if kind is Kind.PERSON and self.signers is Signers.ORGANISATIONS:
            return Reason.ORGANISATIONS_ONLY
        if kind is Kind.ORGANISATION and self.signers is Signers.PEOPLE:
            return Reason.PEOPLE_ONLY
        held = [one for one in self.given if one.person == person and one is not besides]
        if (kind, signature.key) in {one.party for one in held}:
            return Reason.ALREADY_SIGNED
        return None

    def give(self, given: Given) -> None:
        """Somebody signed."""
        self.given.append(given)
        self.speakers.setdefault(given.party, given.id)

    def take_back(self, given: Given) -> None:
        """Somebody withdrew: the next one's line stands, or the party is off the list."""
        self.given.remove(given)
        left = [one.id for one in self.given if one.party == given.party]
        if self.speakers[given.party] == given.id:
            del self.speakers[given.party]
            if left:
                self.speakers[given.party] = left[0]
        if not left:
            self.pinned.pop(given.party, None)

    def pin(self, party: Party) -> None:
        """An organiser made a convener of somebody."""
        self.pinned.setdefault(party, max(self.pinned.values(), default=0) + 1)

    def lines(self) -> list[str]:
        """The list in its order: conveners, organisations, people."""
        standing = {one.id: one for one in self.given}

        def place(party: Party) -> tuple[int, int, str, str]:
            signature = standing[self.speakers[party]].signature
            rank = self.pinned.get(party)
            group = 0 if rank else 1 if party[0] is Kind.ORGANISATION else 2
            return group, rank or 0, signature.sort_fold, signature.line

        return [
            standing[self.speakers[party]].signature.line
            for party in sorted(self.speakers, key=place)
        ]

    def count(self, kind: Kind) -> int:
        """How many parties of a kind are on the list."""
        return len({one.party for one in self.given if one.party[0] is kind})
