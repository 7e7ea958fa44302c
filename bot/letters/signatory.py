"""The party that endorsements put on a list: a person, or an organisation however many sign for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.letters.endorsement import Kind, Signature
from bot.letters.letter import Tally
from bot.letters.rules import Confirmation, WithdrawnLine
from bot.letters.standing import WAITING, Standing, organisation_standing

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
    line: str
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
    """The endorsement whose line it carries."""
    confirmed: bool = False
    """An organiser who does not hold it up themselves recorded how they know that it signed."""
    objections: int = 0
    """Number of undecided objections."""
    removed: bool = False
    late: bool = False
    """It came after delivery."""
    delivered: bool = False
    """It stood in the delivery copy."""
    standing: Standing = Standing.LISTED
    merged_into: str | None = None
    """The signatory that an organiser found to be the same."""


def joined(party: Signatory, signature: Signature) -> Signatory:
    """The signatory with one voice more; where none has named a country, it is of the one named now."""
    country = party.country or signature.country
    return replace(party, endorsements=party.endorsements + 1, country=country)


def settled(party: Signatory, confirmation: Confirmation) -> Signatory:
    """The signatory with the standing that follows from all that was said about it."""
    if party.kind is Kind.PERSON:
        standing = Standing.LISTED if party.endorsements else Standing.GONE
    else:
        standing = organisation_standing(
            confirmation,
            voices=party.endorsements,
            by_organiser=party.confirmed,
            objections=party.objections,
            removed=party.removed,
        )
    if standing is Standing.GONE and party.standing is Standing.MARKED:
        standing = Standing.MARKED
    return party if standing is party.standing else replace(party, standing=standing)


def withdrawn_after_delivery(before: Signatory, after: Signatory, rule: WithdrawnLine) -> Signatory:
    """Return how the living list shows a signatory without any backing left.

    What stood in the delivery copy is marked, also where it was off the list for a while since; what
    an organiser struck off stays off.

    Args:
        before: As it was before the last one withdrew.
        after: As it is settled now.
        rule: What the letter declared.
    """
    marked = rule is WithdrawnLine.MARKED and before.delivered and not before.removed
    if after.standing is Standing.GONE and marked:
        return replace(
            after, standing=Standing.MARKED, line=before.line, pinned=before.pinned, late=False
        )
    return after


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

    It keeps its own line. It was there when the first of them came, is late only where both were,
    and where either was struck off it stays off until an organiser decides anew.

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
    kind = signature.capacity.kind
    plain = (letter, kind, signature.key)
    if kind is Kind.PERSON or not signature.country:
        return (plain,)
    return (letter, kind, f"{signature.key}|{signature.country}"), plain


def party_of(
    letter: int, signature: Signature, parties: Mapping[PartyKey, Signatory]
) -> tuple[PartyKey, Signatory | None]:
    """The party that a signature speaks for, and the key under which it is kept or would be.

    Organisations of one name are one, unless both name a country and the countries differ.

    Args:
        letter: The letter.
        signature: The signature.
        parties: Those that are kept under `keys_of` it, at least.
    """
    keys = keys_of(letter, signature)
    for key in keys:
        party = parties.get(key)
        if party is not None and (key == keys[0] or party.country in {"", signature.country}):
            return key, party
    return (keys[0] if keys[-1] in parties else keys[-1]), None
