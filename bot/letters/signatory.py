"""Signatories: the people and organisations on a list, each with one endorsement or more."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count

from bot.letters.endorsement import Endorsement, Kind, Signature
from bot.letters.letter import Letter, Tally
from bot.letters.rules import Confirmation, WithdrawnEntry
from bot.letters.standing import WAITING, Standing, Waits, have_one_name, organisation_standing
from bot.names.filing import organisation_key
from bot.names.likeness import person_probe, probes

_TITLE = re.compile(r",| [-–—] ")
PartyKey = tuple[int, Kind, str]
"""Key of a signatory: its letter, its kind, and its key within the letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """A person or organisation on a letter's list, or removed from it or waiting."""

    id: str
    letter: int
    kind: Kind
    key: str
    country: str = ""
    """The ISO code of an organisation's country; empty if none of its signers names one."""
    entry: str
    sort_fold: str
    sort_key: str
    country_fold: str = ""
    """Folded country, for a list sorted by country."""
    came_at: datetime
    pinned: int = 0
    """Its position among the conveners, from 1; 0 for all others."""
    heading: str = ""
    """The heading of the group that an organiser put it into, or ""."""
    endorsements: int
    speaker: str
    """Id of the endorsement whose entry is shown."""
    confirmed: bool = False
    """True if an organiser who does not sign for it recorded how they know that it signed."""
    doubted: bool = False
    """True if a person's name reads like an organisation or several people, or if all who sign for an
    organisation have one name. Where the letter asks for confirmation, an organiser decides."""
    waits: Waits = Waits.NO
    """Why an organiser is to look at it, as it was signed for only on the web, before it is listed."""
    objections: int = 0
    """Number of undecided objections by people with a tie to it, which take it off the list."""
    removed: bool = False
    withheld: bool = False
    """True if it is a person who withholds their name."""
    late: bool = False
    """True if it was added or confirmed after delivery, and so is not in the delivered copy."""
    delivered: bool = False
    standing: Standing = Standing.LISTED
    merged_into: str | None = None
    """Id of the signatory that an organiser merged it into."""
    found_in: str = ""
    """Country of the merged name by which it was found; not stored."""


def joined(party: Signatory, signature: Signature) -> Signatory:
    """Return the signatory with one more endorsement, and its country if there was none."""
    country = party.country or signature.country
    return replace(party, endorsements=party.endorsements + 1, country=country)


def cleared(party: Signatory) -> Signatory:
    """Return an organisation after a removal, as the next person to sign for it finds it."""
    nobody = replace(party, endorsements=0, confirmed=False, objections=0, pinned=0)
    return replace(nobody, removed=False, standing=Standing.GONE)


def settled(party: Signatory, confirmation: Confirmation) -> Signatory:
    """Return the signatory with the standing that follows from its other fields."""
    if party.kind is Kind.PERSON:
        waits = party.doubted and not party.confirmed and confirmation is not Confirmation.NONE
        listed = Standing.UNCONFIRMED if waits else Standing.LISTED
        backed = Standing.REMOVED if party.removed else listed
        standing = backed if party.endorsements else Standing.GONE
    else:
        standing = organisation_standing(
            confirmation,
            voices=min(party.endorsements, 1)
            if party.doubted and not party.confirmed
            else party.endorsements,
            by_organiser=party.confirmed,
            objections=party.objections,
            removed=party.removed,
        )
    if party.waits is not Waits.NO and standing in {Standing.LISTED, Standing.CONFIRMED}:
        standing = Standing.UNCONFIRMED
    if standing is Standing.GONE and party.standing is Standing.MARKED and not party.removed:
        standing = Standing.MARKED
    return party if standing is party.standing else replace(party, standing=standing)


def speaker_among(voices: Sequence[Endorsement], party: Signatory) -> Endorsement:
    """Return a signatory's speaker if it is there, else the first that reads the same, or any."""
    same = (one for one in voices if one.signature.entry == party.entry)
    return next((one for one in voices if one.id == party.speaker), next(same, voices[0]))


def shares_name(party: Signatory, first: Endorsement | None, new: Endorsement) -> bool:
    """Return whether everyone who signs for an organisation has the name of the new signer."""
    same = first is not None and have_one_name([first, new])
    return same and (party.doubted or party.endorsements == 1)


def says_more(before: Signatory, after: Signatory) -> bool:
    """Return whether an organisation's next speaker says more than the one who left.

    Nobody has agreed to that, so it waits for an organiser's look.
    """
    spoke = before.endorsements and before.kind is Kind.ORGANISATION
    left = spoke and after.endorsements and after.speaker != before.speaker
    name, *more = after.entry.split(", ")
    less = before.entry.startswith(name) and {*more} <= {*before.entry.split(", ")}
    return bool(left) and not less and not before.entry.startswith(after.entry)


def withdrawn_after_delivery(
    before: Signatory, after: Signatory, rule: WithdrawnEntry
) -> Signatory:
    """Return the state on the current list of a signatory that has lost its last endorsement.

    An entry of the delivered copy is marked, even if it was off the list for a while since; an
    entry that an organiser removed stays off.

    Args:
        before: The signatory before the last endorsement was withdrawn.
        after: The signatory now, with its new standing.
        rule: The letter's rule for withdrawals after delivery.
    """
    removed = before.removed or after.removed
    marked = rule is WithdrawnEntry.MARKED and before.delivered and not removed
    if after.standing is Standing.GONE and marked:
        return replace(
            after, standing=Standing.MARKED, entry=before.entry, pinned=before.pinned, late=False
        )
    return after


def in_delivered_copy(letter: Letter, party: Signatory, given: Endorsement) -> bool:
    """Return whether a signature was part of an entry of a letter's delivered copy.

    A signature given later for the same organisation was not, nor was one whose entry was waiting
    for confirmation or off the list at delivery.
    """
    cut = letter.delivered_at
    # What is late and delivered is in a later copy.
    return cut is not None and party.delivered and (party.late or given.signed_at <= cut)


def merged(
    kept: Signatory,
    gone: Signatory,
    confirmation: Confirmation,
    *,
    endorsements: int,
    confirmed: bool,
    objections: int,
) -> tuple[Signatory, Signatory]:
    """Merge two signatories: return the remaining one with the facts of both, and the emptied one.

    The remaining one keeps its entry. It has the earlier of the two dates, is late only if both
    were, and if either was removed, it stays off the list until an organiser decides again.

    Args:
        kept: The signatory that remains.
        gone: The signatory that is merged into `kept`.
        confirmation: The confirmation that the letter requires.
        endorsements: How many people sign for it now.
        confirmed: Whether an organiser's record about either confirms it now.
        objections: How many objections are undecided now.
    """
    after = replace(
        kept,
        came_at=min(kept.came_at, gone.came_at),
        pinned=kept.pinned or gone.pinned,
        endorsements=endorsements,
        confirmed=confirmed,
        objections=objections,
        removed=kept.removed or gone.removed,
        waits=Waits.NO,
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


_NONE, _WAITS = Tally(), Tally(waiting=1)
_ONE = {
    (Kind.PERSON, False, False): Tally(people=1),
    (Kind.PERSON, True, False): Tally(late_people=1),
    (Kind.PERSON, False, True): Tally(people=1, withheld=1),
    (Kind.PERSON, True, True): Tally(late_people=1, withheld=1),
    (Kind.ORGANISATION, False, False): Tally(organisations=1),
    (Kind.ORGANISATION, True, False): Tally(late_organisations=1),
}


def counted(party: Signatory | None) -> Tally:
    """Return a signatory's contribution to its letter's tally."""
    if party is None:
        return _NONE
    if party.standing in WAITING:
        return _WAITS
    if party.standing is not Standing.LISTED:
        return _NONE
    return _ONE[party.kind, party.late, party.withheld]


def keys_of(letter: int, signature: Signature) -> tuple[PartyKey, ...]:
    """Return the keys under which a signature's signatory may be stored, the most exact first."""
    return _keys(letter, signature.capacity.kind, signature.key, signature.country)


def body_named(letter: int, signature: Signature) -> PartyKey:
    """Return the key of the organisation that a signer's own name may be."""
    return letter, Kind.ORGANISATION, organisation_key(signature.facts.name)


def probes_of(signature: Signature) -> frozenset[str]:
    """Return the probes (index terms) of a signature's signatory; none if its name is withheld."""
    if signature.is_withheld:
        return frozenset()
    if signature.capacity.kind is Kind.PERSON:
        name = signature.facts.name
        # A title may have been typed behind the name.
        return frozenset(person_probe(one) for one in (name, _TITLE.split(name)[0]))
    return probes(signature.facts.organisation)


def _keys(letter: int, kind: Kind, name: str, country: str) -> tuple[PartyKey, ...]:
    plain = (letter, kind, name)
    if kind is Kind.PERSON or not country:
        return (plain,)
    return (letter, kind, f"{name}|{country}"), plain


class PartyIndex:
    """Signatories of letters by their keys, for finding the one of a signature.

    Organisations with the same name are one, unless both name a country and the countries differ.
    """

    def __init__(self, found: Mapping[PartyKey, Signatory]) -> None:
        """Store all signatories with any of the names, whatever the country."""
        self._id: dict[PartyKey, str] = {}
        self._now: dict[str, Signatory] = {}
        self._country: dict[PartyKey, str] = {}
        self._of_name: dict[PartyKey, list[PartyKey]] = {}
        for key, party in found.items():
            self.put(key, party)

    def put(self, key: PartyKey, party: Signatory) -> None:
        """Add or replace the signatory of a key."""
        if key not in self._id:
            self._of_name.setdefault(_plain(key), []).append(key)
            self._country[key] = party.found_in
        self._id[key] = party.id
        self._now[party.id] = party

    def everyone(self) -> Collection[Signatory]:
        """Return each signatory once."""
        return self._now.values()

    def of(self, letter: int, signature: Signature) -> tuple[PartyKey, Signatory | None]:
        """Return the signatory of a signature, and the key under which it is or would be stored."""
        return self.named(letter, signature.capacity.kind, signature.key, signature.country)

    def named(
        self, letter: int, kind: Kind, name: str, country: str
    ) -> tuple[PartyKey, Signatory | None]:
        """Return the signatory of a name and country, and the key it is or would be stored under.

        Signatories with endorsements come before those without, then those of the same country
        before those of none.

        `name`: the key of a person, or of an organisation without its country. `country`: the ISO
        code of an organisation's country; empty if unknown.
        """
        keys = _keys(letter, kind, name, country)
        known = self._of_name.get(_plain(keys[-1]))
        if known is None:
            return keys[-1], None
        there = {key: self._now[self._id[key]] for key in known}
        fitting = [
            (party.endorsements == 0, self.country_under(key) != country, party.id, key)
            for key, party in there.items()
            if kind is Kind.PERSON or not country or self.country_under(key) in {"", country}
        ]
        if fitting:
            *_, key = min(fitting)
            return key, there[key]
        numbered = ((letter, kind, f"{keys[0][2]}|{number}") for number in count(2))
        free = chain((keys[-1], keys[0]), numbered)
        return next(key for key in free if key not in there), None

    def is_taken(self, country: str, besides: str) -> bool:
        """Return whether any signatory but `besides` has signers and a name of this country."""
        return any(
            self.country_under(key) == country
            for key, number in self._id.items()
            if number != besides and self._now[number].endorsements
        )

    def country_under(self, key: PartyKey) -> str:
        """Return the country of a signatory as stored under one of its names."""
        return self._country[key] or self._now[self._id[key]].country


def _plain(key: PartyKey) -> PartyKey:
    letter, kind, name = key
    return key if kind is Kind.PERSON else (letter, kind, plain_key(name))


def plain_key(key: str) -> str:
    """Return an organisation's key without the suffix for its country, if any."""
    return key.partition("|")[0]
