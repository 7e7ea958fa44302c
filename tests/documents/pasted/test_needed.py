"""Every weight and every word table improves the reading of some list; unneeded ones fail."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from bot.documents.pasted import fields, kinds, lines, page, reading, table, words
from tests.documents.pasted.corpus import Pasted, facts_of, pasted_lists

MODULES = (fields, kinds, lines, page, reading, table, words)
JUDGEMENTS = {
    judge
    for module in MODULES
    for judge in vars(module).values()
    if hasattr(judge, "cache_clear") and judge.__module__.startswith("bot.documents.pasted")
} - {words.tables}
"""The cached functions to clear after a weight or a table has changed."""
LISTS = {one.title: one for one in pasted_lists()}
NEEDED_BY = dict(
    re.split(r" *\| *", line, maxsplit=1)
    for line in Path(__file__).with_name("needed.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
"""For each weight and table, a list of the corpus that is read worse without it."""
TABLES = [name for name in words.tables() if not name.startswith("columns: ")]
"""All word tables except those of column headings."""
NEEDED_ELSEWHERE = frozenset(
    (
        "capitals alone", "personal remark", "takes", "around: greetings",
        "bodies: family names too", "bodies: groups",
        "given_names: korean families", "titles: qualifiers", "titles: personal alone",
        "titles: personal in scripts", "titles: without a name",
    )
)  # fmt: skip
"""Weights and tables that no list of the corpus needs, but other tests do."""


def errors(pasted: Pasted) -> int:
    """Clear all caches and read a list; return the number of missing and surplus entries."""
    for judge in JUDGEMENTS:
        judge.cache_clear()
    expected = Counter(pasted.entries)
    read = Counter(facts_of(entry) for entry in reading.read_list(pasted.text).entries)
    return (expected - read).total() + (read - expected).total()


@lru_cache
def errors_with_all(title: str) -> int:
    return errors(LISTS[title])


def test_each_has_its_list() -> None:
    """The weights and tables that are listed as needed are exactly the existing ones."""
    assert {*NEEDED_BY, *NEEDED_ELSEWHERE} == {*kinds.WEIGHTS, *TABLES}


@pytest.mark.parametrize("weight", [one for one in kinds.WEIGHTS if one in NEEDED_BY])
def test_weight(weight: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a weight, the list that needs it is read worse."""
    title = NEEDED_BY[weight]
    with_all = errors_with_all(title)
    monkeypatch.setitem(kinds.WEIGHTS, weight, 0.0)
    assert errors(LISTS[title]) > with_all


@pytest.mark.parametrize("name", [one for one in TABLES if one in NEEDED_BY])
def test_table(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a word table, the list that needs it is read worse."""
    title = NEEDED_BY[name]
    with_all = errors_with_all(title)
    monkeypatch.setitem(words.tables(), name, frozenset())
    assert errors(LISTS[title]) > with_all


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    """Clear the caches after each test."""
    yield
    for judge in JUDGEMENTS:
        judge.cache_clear()
