"""Pasted lists are read into the expected entries."""

import pytest

from bot.documents.pasted.reading import read_list
from bot.letters.endorsement import Kind
from tests.documents.pasted.corpus import pasted_lists, score
from tests.support.scenes.published import LETTERS, Published

LEAST = 0.9


@pytest.mark.parametrize("aside", [False, True], ids=["tuned", "aside"])
def test_corpus(*, aside: bool) -> None:
    """At least 90 % of entries have the right kind and fields, also in lists kept out of tuning."""
    found = score(one for one in pasted_lists() if one.aside is aside)
    print(f"{found.right} of {found.whole}")
    assert found.share >= LEAST, "\n".join(found.wrong)


def test_size_of_the_corpus() -> None:
    """The corpus has 200 entries in seven languages; lists kept out of tuning hold at least 67."""
    lists = list(pasted_lists())
    entries = [(one.aside, one.title[:2]) for one in lists for _ in one.entries]
    assert len(entries) >= 200
    assert sum(aside for aside, _ in entries) * 3 >= 200
    assert {language for _, language in entries} == {"en", "fr", "es", "pt", "ar", "zh", "ru"}


@pytest.mark.parametrize("letter", LETTERS, ids=str)
def test_published_list(letter: Published) -> None:
    """A list copied from a published web page gives its 17 entries, two of them people."""
    reading = read_list(letter.signatories.read_text(encoding="utf-8"))
    assert [entry.reads for entry in reading.entries] == letter.names
    kinds = [Kind.ORGANISATION] * 15 + [Kind.PERSON] * 2
    assert [entry.kind for entry in reading.entries] == kinds
    assert reading.skipped == ()


@pytest.mark.parametrize("letter", LETTERS, ids=str)
def test_published_page(letter: Published) -> None:
    """A page with both the letter's text and its list gives the same entries as the list."""
    page = f"{letter.text}\n{letter.signatories.read_text(encoding='utf-8')}"
    assert [entry.reads for entry in read_list(page).entries] == letter.names


def test_no_entry_is_empty() -> None:
    """Each entry read from the corpus has a name, and a line number within its source."""
    for one in pasted_lists():
        last = len(one.text.splitlines())
        for entry in read_list(one.text).entries:
            assert entry.name
            assert 1 <= entry.row <= last
