"""The party that endorsements put on a list: a person, or an organisation however many sign for it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from bot.letters.endorsement import Endorsement, Kind, Signature
from bot.letters.letter import Letter, Tally
from bot.letters.rules import Confirmation, WithdrawnEntry
from bot.letters.standing import WAITING, Standing, organisation_standing
from bot.names.likeness import person_probe, probes

PartyKey = tuple[int, Kind, str]
"""Key of a signatory: its letter, its kind, its key there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """A party on a letter's list, or off it."""

    id: str
    letter: int
    kind: Kind
    key: str
    country: str = ""
    """The ISO code of an organisation's country; empty where none of those who hold it up names one."""
    entry: str
    sort_fold: str
    sort_key: str
    """`collation_key` of the name that it is sorted under."""
    country_fold: str = ""
    """Folded country, by which a list ordered by country files it."""
    came_at: datetime
    """When it was first signed for."""
    pinned: int = 0
    """Its place among the conveners, from 1; 0 for all others."""
    endorsements: int
    """Number of people who back it."""
    speaker: str
    """The endorsement whose entry it carries."""
    confirmed: bool = False
    """An organiser who does not hold it up themselves recorded how they know that it signed."""
    objections: int = 0
    """Number of undecided objections."""
    removed: bool = False
    late: bool = False
    """It came after delivery, or was confirmed then: it is not on the delivered copy."""
    delivered: bool = False
    """It stood in the delivery copy."""
    standing: Standing = Standing.LISTED
    merged_into: str | None = None
    """The signatory that an organiser found to be the same."""
    found_in: str = ""
    """The country of the name that it was found by, where that one was merged into it; not kept."""


def joined(party: Signatory, signature: Signature) -> Signatory:
    """The signatory with one voice more; where none has named a country, it is of the one named now."""
    country = party.country or signature.country
    return replace(party, endorsements=party.endorsements + 1, country=country)


def settled(party: Signatory, confirmation: Confirmation) -> Signatory:
    """The signatory with the standing that follows from all that was said about it."""
    if party.kind is Kind.PERSON:
        backed = Standing.REMOVED if party.removed else Standing.LISTED
        standing = backed if party.endorsements else Standing.GONE
    else:
        standing = organisation_standing(
            confirmation,
            voices=party.endorsements,
            by_organiser=party.confirmed,
            objections=party.objections,
            removed=party.removed,
        )
    if standing is Standing.GONE and party.standing is Standing.MARKED and not party.removed:
        standing = Standing.MARKED
    return party if standing is party.standing else replace(party, standing=standing)


def withdrawn_after_delivery(
    before: Signatory, after: Signatory, rule: WithdrawnEntry
) -> Signatory:
    """Return how the living list shows a signatory without any backing left.

    What stood in the delivery copy is marked, also where it was off the list for a while since; what
    an organiser struck off stays off.

    Args:
        before: As it was before the last one withdrew.
        after: As it is settled now.
        rule: What the letter declared.
    """
    removed = before.removed or after.removed
    marked = rule is WithdrawnEntry.MARKED and before.delivered and not removed
    if after.standing is Standing.GONE and marked:
        return replace(
            after, standing=Standing.MARKED, entry=before.entry, pinned=before.pinned, late=False
        )
    return after


def in_delivered_copy(letter: Letter, party: Signatory, given: Endorsement) -> bool:
    """Return whether a signature stood behind an entry of a letter's delivered copy.

    One that was given later for the same organisation did not, nor did one whose entry waited for
    a confirmation or was off the list at the time.
    """
    cut = letter.delivered_at
    return cut is not None and party.delivered and given.signed_at <= cut


def merged(
    kept: Signatory,
    gone: Signatory,
    confirmation: Confirmation,
    *,
    endorsements: int,
    confirmed: bool,
    objections: int,
) -> tuple[Signatory, Signatory]:
    """Two that are one: the one that is kept with all that was said of either, and what is left.

    It keeps its own entry. It was there when the first of them came, is late only where both were,
    and where either was removed it stays off until an organiser decides again.

    Args:
        kept: The one that is kept.
        gone: The one that goes into it.
        confirmation: What the letter asks for.
        endorsements: How many people hold it up now.
        confirmed: Whether an organiser's record of either confirms it now.
        objections: How many objections are not decided now.
    """
    after = replace(
        kept,
        came_at=min(kept.came_at, gone.came_at),
        pinned=kept.pinned or gone.pinned,
        endorsements=endorsements,
        confirmed=confirmed,
        objections=objections,
        removed=kept.removed or gone.removed,
        late=kept.late and gone.late,
        delivered=kept.delivered or gone.delivered,
    )
    left = replace(
        gone,
        pinned=0,
        endorsements=0,
        confirmed=False,
        objections=0,
        removed=False,
        delivered=False,
        merged_into=kept.id,
    )
    return settled(after, confirmation), settled(left, confirmation)


_ONE = {
    (Kind.PERSON, False): Tally(people=1),
    (Kind.PERSON, True): Tally(late_people=1),
    (Kind.ORGANISATION, False): Tally(organisations=1),
    (Kind.ORGANISATION, True): Tally(late_organisations=1),
}


def counted(party: Signatory | None) -> Tally:
    """Return what a signatory adds to its letter's tally."""
    if party is None:
        return Tally()
    if party.standing in WAITING:
        return Tally(waiting=1)
    if party.standing is not Standing.LISTED:
        return Tally()
    return _ONE[party.kind, party.late]


def keys_of(letter: int, signature: Signature) -> tuple[PartyKey, ...]:
    """The keys under which the party of a signature may be kept, the most exact first."""
    return _keys(letter, signature.capacity.kind, signature.key, signature.country)


def probes_of(signature: Signature) -> frozenset[str]:
    """Return the words by which the signatory of a signature is found again."""
    if signature.capacity.kind is Kind.PERSON:
        return frozenset({person_probe(signature.facts.name)})
    return probes(signature.facts.organisation)


def _keys(letter: int, kind: Kind, name: str, country: str) -> tuple[PartyKey, ...]:
    plain = (letter, kind, name)
    if kind is Kind.PERSON or not country:
        return (plain,)
    return (letter, kind, f"{name}|{country}"), plain


class PartyIndex:
    """Signatories of letters by their keys, to find the one that a signature speaks for.

    Organisations of one name are one, unless both name a country and the countries differ.
    """

    def __init__(self, found: Mapping[PartyKey, Signatory]) -> None:
        """Take all signatories that have one of the names, of whatever country."""
        self._id: dict[PartyKey, str] = {}
        self._now: dict[str, Signatory] = {}
        self._country: dict[PartyKey, str] = {}
        self._of_name: dict[PartyKey, list[PartyKey]] = {}
        for key, party in found.items():
            self.put(key, party)

    def put(self, key: PartyKey, party: Signatory) -> None:
        """File a signatory under a key, new or as it is now."""
        if key not in self._id:
            self._of_name.setdefault(_plain(key), []).append(key)
            self._country[key] = party.found_in
        self._id[key] = party.id
        self._now[party.id] = party

    def everyone(self) -> Collection[Signatory]:
        """Return each signatory once."""
        return self._now.values()

    def of(self, letter: int, signature: Signature) -> tuple[PartyKey, Signatory | None]:
        """Return the signatory that a signature speaks for, and the key it is or would be kept under."""
        kind = signature.capacity.kind
        return self.named(letter, kind, signature.key, signature.country)

    def named(
        self, letter: int, kind: Kind, name: str, country: str
    ) -> tuple[PartyKey, Signatory | None]:
        """Return the signatory of a name and country, and the key it is or would be kept under.

        One that somebody backs comes before one without backing, and among those the one that is
        nearest in its country.

        Args:
            letter: The letter.
            kind: The kind of signatory.
            name: The key of a person, or of an organisation without its country.
            country: The ISO code of an organisation's country; empty where none is known.
        """
        keys = _keys(letter, kind, name, country)
        there = {key: self._now[self._id[key]] for key in self._of_name.get(_plain(keys[-1]), ())}
        fitting = [
            (party.endorsements == 0, self.country_under(key) != country, party.id, key)
            for key, party in there.items()
            if kind is Kind.PERSON or not country or self.country_under(key) in {"", country}
        ]
        if fitting:
            *_, key = min(fitting)
            return key, there[key]
        return next(key for key in _free_keys(keys) if key not in there), None

    def is_taken(self, country: str, besides: str) -> bool:
        """Return whether another signatory than one, by its id, is backed under a name of a country."""
        return any(
            self.country_under(key) == country
            for key, number in self._id.items()
            if number != besides and self._now[number].endorsements
        )

    def country_under(self, key: PartyKey) -> str:
        """Return the country that a signatory is of under one of its names."""
        return self._country[key] or self._now[self._id[key]].country


def _plain(key: PartyKey) -> PartyKey:
    letter, kind, name = key
    return key if kind is Kind.PERSON else (letter, kind, plain_key(name))


def plain_key(key: str) -> str:
    """Return an organisation's key without the country that it is kept apart by, if any."""
    return key.partition("|")[0]


def _free_keys(keys: Sequence[PartyKey]) -> Iterator[PartyKey]:
    yield keys[-1]
    yield keys[0]
    letter, kind, key = keys[0]
    for number in count(2):
        yield letter, kind, f"{key}|{number}"
