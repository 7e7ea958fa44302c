"""The parties of a letter's list in the simplest words, and the party of a signature."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from bot.letters.endorsement import Kind, Signature
from bot.letters.people import Person
from bot.letters.rules import Confirmation, Rules
from bot.letters.standing import Standing


@dataclass(eq=False)
class Given:
    """One endorsement that somebody holds, or held."""

    id: str
    person: Person | None
    """None where an organiser gathered it elsewhere."""
    signature: Signature
    text: str
    """The SHA-256 of the text that it was given for."""
    meaning: int
    added_by: Person | None = None
    """The organiser who gathered it elsewhere."""
    removed: bool = False
    """An organiser removed it."""
    left: bool = False
    """It ended while its entry was removed."""
    answers: int = 0
    """The number of times that its signer kept it for another text."""

    @property
    def kind(self) -> Kind:
        """The kind of party that it speaks for."""
        return self.signature.capacity.kind

    @property
    def weight(self) -> tuple[bool, int]:
        """Return its weight: of two that are one person's the heavier one is kept."""
        return self.person is not None, self.meaning

    def may_stand_for(self, signature: Signature) -> bool:
        """Return whether another signature of its signer may be for the same party."""
        if self.kind is not signature.capacity.kind or self.kind is Kind.PERSON:
            return self.kind is signature.capacity.kind
        countries = {self.signature.country, signature.country} - {""}
        return self.signature.key == signature.key and len(countries) < 2

    def may_be_theirs(self, other: "Given") -> bool:
        """Return whether one person may have given both."""
        if self.kind is Kind.PERSON:
            return True
        if self.person and other.person:
            return self.person == other.person
        if self.person is None and other.person is None:
            return True
        collected, here = (self, other) if self.person is None else (other, self)
        return collected.added_by == here.person


@dataclass(eq=False)
class Proof:
    """An organiser's record of how they know."""

    by: Person


@dataclass(eq=False)
class Objection:
    """Somebody's objection to a signature for their organisation."""

    person: Person
    tied: bool
    """Somebody with a tie to it objects, so that it is off the list."""
    open: bool = True
    moot: bool = False
    """It ended without a decision."""


@dataclass(eq=False)
class Party:
    """A person or an organisation, and all that was said about it."""

    id: str
    kind: Kind
    key: str
    """The name that it first came under."""
    country: str = ""
    ever: list[Given] = field(default_factory=list[Given])
    """All that was ever given for it."""
    given: list[Given] = field(default_factory=list[Given])
    """Those of them that still count, the first one first."""
    speaker: str = ""
    entry: str = ""
    sort_key: str = ""
    proofs: list[Proof] = field(default_factory=list[Proof])
    objections: list[Objection] = field(default_factory=list[Objection])
    removed: bool = False
    waits: bool = False
    """An organiser looks at it first: its speaker left, and the next one says more or was removed."""
    late: bool = False
    stood: bool = False
    """It is on the delivery copy."""
    marked: bool = False
    pinned: int = 0
    merged: "Party | None" = None
    """The party that an organiser found to be the same."""

    @property
    def confirmed(self) -> bool:
        """Return whether somebody who has not signed for it has recorded a proof."""
        return bool({one.by for one in self.proofs} - {one.person for one in self.given})

    @property
    def seconded(self) -> bool:
        """Return whether several sign for it, of two names or with an organiser's proof."""
        names = {one.signature.facts.name for one in self.given} - {""}
        return len(self.given) > 1 and (len(names) > 1 or self.confirmed)

    @property
    def objecting(self) -> set[Person]:
        """Return those whose objection nobody has decided."""
        return {one.person for one in self.objections if one.open}

    @property
    def objected(self) -> set[Person]:
        """Return those who can't object again."""
        return {one.person for one in self.objections if not one.moot}

    def is_barred(self, person: Person) -> bool:
        """Return whether what somebody signed for it was removed."""
        theirs = [one for one in self.ever if one.person == person and one not in self.given]
        return any(self.removed or one.removed for one in theirs)

    def standing(self, rules: Rules) -> Standing:
        """Return its standing, by the words of the rule."""
        if not self.given:
            return Standing.MARKED if self.marked else Standing.GONE
        if self.removed:
            return Standing.REMOVED
        if self.kind is Kind.PERSON:
            return Standing.UNCONFIRMED if self.waits else Standing.LISTED
        if any(one.open and one.tied for one in self.objections):
            return Standing.DISPUTED
        wanted = {
            Confirmation.NONE: [],
            Confirmation.SECOND: [self.seconded],
            Confirmation.ORGANISER: [self.confirmed],
        }[rules.confirmation]
        if all(wanted) and not self.waits:
            return Standing.LISTED
        said = (self.seconded or self.confirmed) and not self.waits
        return Standing.CONFIRMED if said else Standing.UNCONFIRMED

    def named(self, *, besides: Given | None = None) -> str:
        """Return the country that its signers name, the speaker's first."""
        ordered = sorted(self.given, key=lambda one: one.id != self.speaker)
        countries = [one.signature.country for one in ordered if one is not besides]
        return next(filter(None, countries), "")

    def speak(self, backed: Iterable["Party"]) -> None:
        """Carries the entry of its speaker, or of the next one, and the country they name.

        The next one is the first that reads as it does, or else the first.

        Where nobody names one it stays of its country only beside another party of its name,
        among those that somebody backs.
        """
        if not self.given:
            return
        if self.speaker not in {one.id for one in self.given}:
            same = [one for one in self.given if one.signature.entry == self.entry]
            self.speaker = (same or self.given)[0].id
        signature = next(one for one in self.given if one.id == self.speaker).signature
        self.entry, self.sort_key = signature.entry, signature.sort_key
        if self.kind is Kind.ORGANISATION:
            beside = any(one is not self and self.key in dict(one.names) for one in backed)
            self.country = self.named() or (self.country if beside else "")

    def speaks_on(self, backed: Iterable["Party"], removed: Collection[Person | None]) -> None:
        """Let the next signer speak for it, for whom nothing is proven.

        They wait if they say more than the one who left, or had something `removed`.
        """
        speaker, entry = self.speaker, self.entry
        self.speak(backed)
        if self.speaker != speaker and self.kind is Kind.ORGANISATION:
            said = next(one.person for one in self.given if one.id == self.speaker)
            self.proofs = []
            self.waits |= not entry.startswith(self.entry) or said in removed

    def agree(self, given: Given, entry: str, spoke: str, listed: str) -> None:
        """Let another signer speak for it until one more has changed the entry to this.

        `spoke` is the signature that spoke for it, and `listed` the entry, before the change.
        """
        others = [one for one in self.given if one is not given]
        speaks = spoke not in {one.id for one in others}
        if any(one.signature.entry == entry for one in others) or (speaks and entry == listed):
            self.speaker = given.id
        elif speaks and others:
            same = [one for one in others if one.signature.entry == listed]
            chosen = (same or others)[0]
            self.speaker = chosen.id
            self.waits |= not listed.startswith(chosen.signature.entry)

    names: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Its own name and those of all that were merged into it, each with a country; empty for its."""

    def countries_under(self, key: str) -> list[str]:
        """The countries that it is known to be of under a name."""
        return [country or self.country for name, country in self.names if name == key]

    def fits(self, key: str, country: str) -> bool:
        """Return whether a name and country may mean it."""
        known = self.countries_under(key)
        return any(not country or one in {"", country} for one in known)

    def distance(self, key: str, country: str, *, backed: bool) -> tuple[bool, bool, str]:
        """An order in which the one that is most likely meant comes first."""
        return not backed, country not in self.countries_under(key), self.id


def removed_people(parties: Iterable[Party]) -> set[Person | None]:
    """Return those of whom an organiser removed something."""
    return {
        one.person
        for party in parties
        for one in party.ever
        if one.person and (one.removed or party.removed)
    }
