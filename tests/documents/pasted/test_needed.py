"""Every weight and every table of words changes how a list is read; what changes none goes."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from bot.documents.pasted import kinds, lines, page, reading, segments, table, words
from tests.documents.pasted.corpus import Pasted, facts_of, pasted_lists

MODULES = (kinds, lines, page, reading, segments, table, words)
JUDGEMENTS = {
    judge
    for module in MODULES
    for judge in vars(module).values()
    if hasattr(judge, "cache_clear") and judge.__module__.startswith("bot.documents.pasted")
} - {words.tables}
"""Caches of texts, which are wrong once a weight or a table is another."""
LISTS = {one.title: one for one in pasted_lists()}
NEEDED_BY = dict(
    re.split(r" *\| *", line, maxsplit=1)
    for line in Path(__file__).with_name("needed.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
"""A list of the corpus that each weight and each table is needed for."""
TABLES = [name for name in words.tables() if not name.startswith("columns: ")]
"""Without those of headings: each names a field that some table has."""
NEEDED_ELSEWHERE = frozenset(
    (
        "personal remark", "takes", "one kind", "bodies: family names too",
        "given_names: korean families", "titles: qualifiers", "titles: personal alone",
        "titles: personal in scripts", "titles: without a name",
    )
)  # fmt: skip
"""Names whose effect shows in remarks, in who may sign a letter, or in names like those of published lists."""


def errors(pasted: Pasted) -> int:
    """Read a list with nothing remembered; return how many entries are missing or too many."""
    for judge in JUDGEMENTS:
        judge.cache_clear()
    expected = Counter(pasted.entries)
    read = Counter(facts_of(entry) for entry in reading.read_list(pasted.text).entries)
    return (expected - read).total() + (read - expected).total()


@lru_cache
def errors_with_all(title: str) -> int:
    return errors(LISTS[title])


def test_each_has_its_list() -> None:
    """No weight and no table lacks a list or a test that needs it, and none is named that is gone."""
    assert {*NEEDED_BY, *NEEDED_ELSEWHERE} == {*kinds.WEIGHTS, *TABLES}


@pytest.mark.parametrize("weight", [one for one in kinds.WEIGHTS if one in NEEDED_BY])
def test_weight(weight: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a weight, its list is read worse."""
    title = NEEDED_BY[weight]
    with_all = errors_with_all(title)
    monkeypatch.setitem(kinds.WEIGHTS, weight, 0.0)
    assert errors(LISTS[title]) > with_all


@pytest.mark.parametrize("name", [one for one in TABLES if one in NEEDED_BY])
def test_table(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a table of words, its list is read worse."""
    title = NEEDED_BY[name]
    with_all = errors_with_all(title)
    monkeypatch.setitem(words.tables(), name, frozenset())
    assert errors(LISTS[title]) > with_all


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    """Forget what was judged without a weight or a table."""
    yield
    for judge in JUDGEMENTS:
        judge.cache_clear()
