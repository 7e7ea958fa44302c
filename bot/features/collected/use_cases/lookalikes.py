"""Entries similar to the rows of a table: on the letter already, or in the table itself.

Each row is compared with only a few candidates, found by an index of names. To keep the event loop
free, rows are read a few at a time and compared in a thread.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from bot.letters.endorsement import Kind, Signature
from bot.letters.signatory import Signatory, probes_of
from bot.names.likeness import ALIKE, likeness
from bot.storage import name_index
from bot.storage.database import Database, Transaction, reading

MOST_ALIKE = 3
COMPARED_MOST = 16
"""Most candidates that a row is compared with: those sharing most of its rarest probes."""
_UNDER_MOST = 60
"""Most candidates that are looked up for a row by its rarest probes."""
_STRETCH = 200
"""Probes or signatories read in one query, so that it blocks the event loop only briefly."""

T = TypeVar("T")
_Entries = dict[int, tuple[str, ...]]


async def on_the_letter(
    database: Database, letter: int, signatures: Sequence[Signature]
) -> _Entries:
    """Return similar entries on the letter, by index of the signature; others are missing."""
    under = await asyncio.to_thread(_probes, signatures)
    sizes: dict[str, int] = {}
    for some in _stretches(sorted(set[str]().union(*under))):
        sizes |= await _sizes(database, letter=letter, under=some)
    rare = [_rarest(one, sizes) for one in under]
    filed: dict[str, list[str]] = defaultdict(list)
    for some in _stretches(sorted(set[str]().union(*rare))):
        for probe, signatory in await _filed(database, letter=letter, under=some):
            filed[probe].append(signatory)
    candidates = [_nearest(one, filed) for one in rare]
    named: dict[str, tuple[str, Signatory]] = {}
    for some in _stretches(sorted(set[str]().union(*candidates))):
        named |= await _named(database, ids=some)
    return await asyncio.to_thread(_near, signatures, candidates, named)


async def among(signatures: Sequence[Signature]) -> _Entries:
    """Return similar earlier entries of the same table, by index; others are missing."""
    return await asyncio.to_thread(_among, signatures)


@reading
def _sizes(tx: Transaction, *, letter: int, under: Collection[str]) -> dict[str, int]:
    return name_index.sizes(tx, letter, under)


@reading
def _filed(tx: Transaction, *, letter: int, under: Collection[str]) -> list[tuple[str, str]]:
    return name_index.filed(tx, letter, under, limit=_STRETCH * _UNDER_MOST)


@reading
def _named(tx: Transaction, *, ids: Collection[str]) -> dict[str, tuple[str, Signatory]]:
    return name_index.named(tx, ids)


def _stretches(several: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(several)
    while some := list(islice(rest, _STRETCH)):
        yield some


def _probes(signatures: Sequence[Signature]) -> list[frozenset[str]]:
    return [probes_of(one) for one in signatures]


def _rarest(under: Collection[str], sizes: Mapping[str, int]) -> list[str]:
    """Return the rarest probes, at least one, that find at most `_UNDER_MOST` candidates."""
    chosen: list[str] = []
    reached = 0
    for probe in sorted(under & sizes.keys(), key=lambda one: (sizes[one], one)):
        if chosen and reached + sizes[probe] > _UNDER_MOST:
            break
        chosen.append(probe)
        reached += sizes[probe]
    return chosen


def _nearest(rare: Iterable[str], filed: Mapping[str, Sequence[T]]) -> list[T]:
    """Return the candidates found by the probes, starting with those found by most of them."""
    shared = Counter(one for probe in rare for one in filed.get(probe, ())[:_UNDER_MOST])
    return [one for one, _ in shared.most_common(COMPARED_MOST)]


def _near(
    signatures: Sequence[Signature],
    candidates: Sequence[Sequence[str]],
    named: Mapping[str, tuple[str, Signatory]],
) -> _Entries:
    found: _Entries = {}
    for place, one in enumerate(signatures):
        entries: dict[str, float] = {}
        for id_ in candidates[place]:
            name, party = named.get(id_, ("", None))
            if party is None or party.removed or party.kind is not one.capacity.kind:
                continue
            nearness = _nearness(one, name)
            if nearness >= ALIKE:
                entries[party.entry] = max(nearness, entries.get(party.entry, 0.0))
        if entries:
            nearest = sorted(entries, key=lambda entry: (-entries[entry], entry))
            found[place] = tuple(nearest[:MOST_ALIKE])
    return found


def _among(signatures: Sequence[Signature]) -> _Entries:
    under = _probes(signatures)
    sizes = Counter(probe for one in under for probe in one)
    filed: dict[str, list[int]] = defaultdict(list)
    found: _Entries = {}
    for place, one in enumerate(signatures):
        rare = _rarest(under[place], sizes)
        before = [signatures[other] for other in _nearest(rare, filed)]
        near = [
            other.entry
            for other in before
            if other.capacity.kind is one.capacity.kind
            and _nearness(one, other.facts.organisation) >= ALIKE
        ]
        if near:
            found[place] = tuple(near[:MOST_ALIKE])
        for probe in rare:
            filed[probe].append(place)
    return found


def _nearness(one: Signature, name: str) -> float:
    # People have one probe each, so candidates have the same name.
    if one.capacity.kind is Kind.PERSON:
        return 1.0
    return likeness(one.facts.organisation, name)
