"""The parts that two sequences have in common."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.letters.alignment import aligned

sides = st.text("abcd")
short = st.text("abc", max_size=6)


@given(sides, sides)
def test_pairs_are_equal_and_rise(old: str, new: str) -> None:
    """Every pair is of equal parts, and comes after the one before it on both sides."""
    pairs = aligned(old, new)
    assert all(old[one] == new[other] for one, other in pairs)
    assert all(
        one < later and other < other_later
        for (one, other), (later, other_later) in pairwise(pairs)
    )


@given(short, short)
def test_short_ones_are_the_heaviest(old: str, new: str) -> None:
    """The heaviest common sequence of two short ones is found."""

    def weight(part: str) -> int:
        return "abc".index(part) + 1

    common = (
        kept
        for length in range(len(old) + 1)
        for kept in combinations(old, length)
        if kept in set(combinations(new, length))
    )
    most = max(sum(map(weight, kept)) for kept in common)
    assert sum(weight(old[one]) for one, _ in aligned(old, new, weight)) == most


@given(st.permutations(range(60)))
def test_long_ones_meet_at_what_is_there_once(order: list[int]) -> None:
    """The longest common sequence of two long ones of single parts is found."""
    old, new = [str(number) for number in range(60)], [str(number) for number in order]
    rising: list[int] = []
    for number in order:
        before = [length for other, length in zip(order, rising, strict=False) if other < number]
        rising.append(1 + max(before, default=0))
    assert len(aligned(old, new, lambda _: 1)) == max(rising)


def test_long_repetition_meets_at_runs() -> None:
    """Texts in which no part occurs once meet at runs of parts."""
    old = [f"{number % 7}{number % 11}" for number in range(70)] * 2
    new = [*old[:50], "x", "y", *old[52:]]
    new[20] = "z"
    assert len(aligned(old, new)) == len(old) - 3


def test_what_cannot_be_told_apart_is_different() -> None:
    """A long stretch without anything that occurs once is left alone: the search is bounded."""
    assert aligned("ab" * 500 + "c", "ba" * 500 + "d") == []
