"""The equal parts of two sequences, in the same order on both sides, found in bounded time.

Parts that occur once on each side are anchors; if there are none, runs of several parts are.
Anchors are found in n·log n steps, and searched for again between anchors, at most `_DEPTH` times.
Only stretches of at most `_SMALL` pairs are compared pairwise, so that sequences of n parts need at
most √`_SMALL`·n comparisons. A longer stretch without anchors counts as entirely different.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

Pair = tuple[int, int]
"""Index in the old sequence, and index of the equal part in the new one."""

_DEPTH = 8
_RUNS = (1, 4, 16)
"""Lengths of an anchor, in parts, in the order tried."""
_SMALL = 32 * 32


def aligned(
    old: Sequence[str], new: Sequence[str], weight: Callable[[str], int] = len
) -> list[Pair]:
    """Return index pairs of equal parts, in increasing order on both sides.

    Args:
        old: Parts of the old sequence, such as words.
        new: Parts of the new sequence.
        weight: Weight of a part, at least 1; in short stretches the total weight is maximised.
    """
    pairs: list[Pair] = []
    stretches = [(0, len(old), 0, len(new), _DEPTH)]
    while stretches:
        low, high, other_low, other_high, depth = stretches.pop()
        while low < high and other_low < other_high and old[low] == new[other_low]:
            pairs.append((low, other_low))
            low, other_low = low + 1, other_low + 1
        while low < high and other_low < other_high and old[high - 1] == new[other_high - 1]:
            high, other_high = high - 1, other_high - 1
            pairs.append((high, other_high))
        left, right = old[low:high], new[other_low:other_high]
        small = len(left) * len(right) <= _SMALL
        found = _heaviest(left, right, weight) if small else _anchors(left, right) if depth else []
        here = [(low + one, other_low + other) for one, other in found]
        pairs += here
        if here and not small:
            ends = [(low - 1, other_low - 1), *here, (high, other_high)]
            stretches += (
                (start + 1, end, other_start + 1, other_end, depth - 1)
                for (start, other_start), (end, other_end) in pairwise(ends)
            )
    return sorted(pairs)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return the starts of the shortest runs that occur exactly once on each side."""
    for length in _RUNS:
        grams, other_grams = (
            [tuple(side[start : start + length]) for start in range(len(side) - length + 1)]
            for side in (old, new)
        )
        counts, other_counts = Counter(grams), Counter(other_grams)
        places = {gram: place for place, gram in enumerate(other_grams) if other_counts[gram] == 1}
        once = [
            (place, places[gram])
            for place, gram in enumerate(grams)
            if counts[gram] == 1 and gram in places
        ]
        if once:
            return _rising(once)
    return []


def _rising(once: Sequence[Pair]) -> list[Pair]:
    """Return the longest run of pairs, already in order on the first side, that is in order."""
    # Patience sorting: `ends[n]` is the lowest end of a run of n + 1, `lasts[n]` its last pair.
    ends: list[int] = []
    lasts: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(once):
        length = bisect_left(ends, place)
        before.append(lasts[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        lasts[length : length + 1] = [index]
    run: list[Pair] = []
    index = lasts[-1] if lasts else -1
    while index >= 0:
        run.append(once[index])
        index = before[index]
    return run[::-1]


def _heaviest(old: Sequence[str], new: Sequence[str], weight: Callable[[str], int]) -> list[Pair]:
    """Return the equal pairs of greatest total weight, by comparing each part with each."""
    if set(old).isdisjoint(new):
        return []
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for place in range(len(old) - 1, -1, -1):
        part, row, below = old[place], best[place], best[place + 1]
        heavy = weight(part)
        for other in range(len(new) - 1, -1, -1):
            if part == new[other]:
                row[other] = heavy + below[other + 1]
            else:
                row[other] = max(below[other], row[other + 1])
    pairs: list[Pair] = []
    place = other = 0
    while place < len(old) and other < len(new):
        if old[place] == new[other]:
            pairs.append((place, other))
            place, other = place + 1, other + 1
        elif best[place][other] == best[place + 1][other]:
            place += 1
        else:
            other += 1
    return pairs
