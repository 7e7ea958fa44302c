"""Comparison of new signatories with the list, so that organisers are asked about duplicates."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from bot.features.organisations import rows as pair_rows
from bot.features.organisations.rows import Pair, pair
from bot.features.organisations.use_cases.standing import Organisation, organisations_of
from bot.letters.endorsement import Kind
from bot.letters.letter import Letter
from bot.letters.signatory import Signatory, probes_of
from bot.names.likeness import ALIKE, likeness, probes
from bot.storage import letters, name_index, outbox, signatories
from bot.storage.database import Database, Transaction
from bot.use_cases.gate import desks_of
from bot.use_cases.letter_jobs import for_each

AT_A_TIME = 10
"""Endorsements compared in one transaction, so that signing in between waits only briefly."""
NEAREST = 50
"""Signatories with the most similar names, with which each one is compared."""
MOST = 200
"""Most pairs that are read of a letter."""


async def compare(database: Database) -> int:
    """Compare new signatories of every letter; return how many pairs were found."""
    found = await for_each(
        database, "compare", pair_rows.to_compare, _compare_some, in_portions=True
    )
    return sum(found)


def _compare_some(tx: Transaction, number: int) -> int | None:
    letter = letters.find(tx, number)
    came = pair_rows.came_since_compared(tx, number, limit=AT_A_TIME)
    if letter is None or not came:
        return None
    parties = signatories.find_many(tx, {party for _, party in came})
    found = keep_alike(tx, letter, parties.values())
    pair_rows.note_compared(tx, letter, came[-1][0])
    if found:
        outbox.owe(tx, letter.workspace, desks_of(tx, [number]))
    return len(found)


def keep_alike(tx: Transaction, letter: Letter, parties: Iterable[Signatory]) -> set[Pair]:
    """Save and return the pairs in which one of these signatories looks like another."""
    held = [one for one in parties if one.endorsements and one.merged_into is None]
    found = _organisations(tx, letter, held) | _people(tx, letter, held)
    pair_rows.add_likely(tx, letter, found)
    return found


def _organisations(tx: Transaction, letter: Letter, parties: Iterable[Signatory]) -> set[Pair]:
    ids = [one.id for one in parties if one.kind is Kind.ORGANISATION]
    return {
        pair(party, other.id)
        for party, names in name_index.names_of(tx, ids).items()
        for name in names
        for theirs, other in name_index.sharing(tx, letter.id, probes(name), limit=NEAREST)
        if other.kind is Kind.ORGANISATION and other.id != party and likeness(name, theirs) >= ALIKE
    }


def _people(tx: Transaction, letter: Letter, parties: Sequence[Signatory]) -> set[Pair]:
    people = [one for one in parties if one.kind is Kind.PERSON]
    found: set[Pair] = set()
    for one in organisations_of(tx, people):
        under = probes_of(one.endorsements[0].signature)
        near = [
            other
            for _, other in name_index.sharing(tx, letter.id, under, limit=NEAREST)
            if other.kind is Kind.PERSON and other.id != one.party.id
        ]
        found |= {pair(one.party.id, other.id) for other in near}
    return found


def is_collected(one: Organisation) -> bool:
    """Return whether all signatures for an entry were collected outside Slack."""
    return all(given.person is None for given in one.endorsements)


def undecided(tx: Transaction, among: Collection[int]) -> dict[int, tuple[int, bool]]:
    """Return how many questions about names each letter has: one for a cluster of similar ones.

    The flag says that a letter has more pairs than are read.
    """
    read = pair_rows.likely(tx, among, limit=MOST + 1)
    count = Counter(letter for letter, _ in read)
    found: dict[int, list[Pair]] = defaultdict(list)
    for letter, both in _still_alike(tx, read):
        found[letter].append(both)
    return {one: (len(clusters(pairs)), count[one] > MOST) for one, pairs in found.items()}


def clusters(pairs: Iterable[Pair]) -> list[set[str]]:
    """Group pairs that share a signatory."""
    found: list[set[str]] = []
    for both in pairs:
        met = [one for one in found if not one.isdisjoint(both)]
        found = [one for one in found if one not in met] + [set(both).union(*met)]
    return found


def known_pairs(tx: Transaction, letter: int) -> list[Pair]:
    """Return a letter's saved pairs that still look alike."""
    return [both for _, both in _still_alike(tx, pair_rows.likely(tx, [letter], limit=MOST))]


def _still_alike(tx: Transaction, found: list[tuple[int, Pair]]) -> list[tuple[int, Pair]]:
    # A name may have been corrected.
    names = name_index.names_of(tx, {party for _, both in found for party in both})
    return [
        (letter, (one, other))
        for letter, (one, other) in found
        if any(
            # A person has no organisation: their names were equal.
            name == theirs == "" or likeness(name, theirs) >= ALIKE
            for name in names.get(one, [])
            for theirs in names.get(other, [])
        )
    ]
