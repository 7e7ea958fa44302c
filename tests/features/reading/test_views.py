"""A reader's views hold Slack's limits, whatever was written and however much."""

from dataclasses import replace
from typing import Any

import orjson
import pytest

from bot.features.reading.slack import views
from bot.features.reading.use_cases.pages import ListPage
from bot.letters.endorsement import Kind
from bot.letters.letter import Tally
from bot.letters.phases import Phase
from bot.letters.signatory import Signatory
from bot.locales import Words, words
from bot.slack.models.shapes import MEMORY_MOST
from bot.use_cases.letter_lookup import Whole
from tests.support.documents.letter_text import visible_text
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.published import LETTERS, Published
from tests.support.scenes.worst import HOSTILE, a_letter, long_words
from tests.support.scenes.worst_facts import a_signatory

T = words("en-GB")
LARGEST_VIEW = 250_000


def page(
    body: str, number: int = 1, *, phase: Phase = Phase.OPEN, holds: bool = False
) -> views.View:
    return views.letter_page(
        T, Whole(letter=a_letter(phase=phase), body=body, signed=holds), number
    )


def pressable(view: views.View) -> list[str]:
    return [element["text"]["text"] for _, element in fields(view["blocks"])]


def signatory(number: int, entry: str = "Somebody", **changes: Any) -> Signatory:
    return a_signatory(entry, number, **changes)


def stretch(parties: list[Signatory], *, more: bool = False) -> ListPage:
    end = (2, 0, "", "x", "x", parties[-1].id) if more else None
    return ListPage(letter=a_letter(), signatories=tuple(parties), end=end)


@pytest.mark.parametrize("letter", LETTERS, ids=str)
def test_every_word_once(letter: Published) -> None:
    """The pages of the long letter, one behind the other, are the letter with nothing lost."""
    body = letter.text
    read: list[str] = []
    number, shown = 1, page(body)
    while True:
        assert check_view(shown) == []
        parts = [block for block in shown["blocks"][1:] if block["type"] in {"rich_text", "header"}]
        read += visible_text(parts).split()
        if "Next →" not in pressable(shown):
            break
        number += 1
        shown = page(body, number)

    assert number > 1
    assert read == body.replace("# ", "", 1).split()


@spoken
@pytest.mark.parametrize("text", long_words(3000))
def test_worst_letters(t: Words, text: str) -> None:
    """Slack takes every page of any letter, whatever its title, for any reader."""
    letter = a_letter(title=text[:140], sender=text[:120], reason=text[:300])
    body = f"# {text}\n\n{text * 8}\n\n- {text}\n\n> {text}"
    for phase in Phase:
        letter = replace(letter, phase=phase)
        for number in (1, 2, 99):
            shown = views.letter_page(t, Whole(letter=letter, body=body, signed=True), number)
            assert check_view(shown) == []
            assert len(orjson.dumps(shown)) < LARGEST_VIEW


def test_largest_letter() -> None:
    """A letter as long as may be kept is read in pages that Slack takes."""
    body = "All of it 👪 is read.\n\n" * (100_000 // 23)
    shown = page(body)
    assert check_view(shown) == []
    assert "Page 1 of" in words_of(shown)


def test_sign_at_the_end() -> None:
    """The last page of an open letter offers to sign; an earlier one and a closed letter do not."""
    body = "A paragraph that is long enough to count.\n\n" * 200
    last = page(body, 99)

    assert "Sign" in pressable(last)
    assert "Sign" not in pressable(page(body))
    assert "Sign" not in pressable(page(body, 99, phase=Phase.CLOSED))
    assert "Your signature" in pressable(page(body, 99, holds=True))


def test_one_page() -> None:
    """A short letter has no pages to turn, and a closed one nothing to press."""
    assert pressable(page("Short.", phase=Phase.CLOSED)) == ["Privacy"]
    assert "Page" not in words_of(page("Short."))


def test_groups() -> None:
    """Conveners come first under their own heading, then organisations, then people."""
    shown = views.list_page(
        T,
        stretch(
            [
                signatory(1, "APC", kind=Kind.ORGANISATION, pinned=1),
                signatory(2, "Freedom House", kind=Kind.ORGANISATION),
                signatory(3, "Vint Cerf, e.g. Internet pioneer"),
            ]
        ),
    )

    read = words_of(shown)
    places = [
        read.index(part)
        for part in ("*Conveners*", "APC", "*Organisations*", "Freedom", "*People*", "Vint Cerf")
    ]
    assert places == sorted(places)


def test_names_are_plain() -> None:
    """No name in the list can ping anybody, lead anywhere or turn the words beside it."""
    shown = views.list_page(T, stretch([signatory(n, text) for n, text in enumerate(HOSTILE)]))

    names = [
        block["text"]
        for block in shown["blocks"]
        if block["type"] == "section" and "<!channel>" in block["text"]["text"]
    ]
    assert [text["type"] for text in names] == ["plain_text"]
    for entry in names[0]["text"].splitlines():
        assert entry.startswith("\u2068")
        assert entry.endswith("\u2069")
        assert "\u202e" not in entry


@spoken
@pytest.mark.parametrize("text", long_words(300))
def test_worst_lists(t: Words, text: str) -> None:
    """Slack takes a full page of the longest entries, in all three groups, far into a long list."""
    parties = [signatory(n, text, kind=Kind.ORGANISATION, pinned=n + 1) for n in range(10)]
    parties += [signatory(n, text, kind=Kind.ORGANISATION) for n in range(10, 20)]
    parties += [signatory(n, text) for n in range(20, views.ENTRIES)]
    way = [signatory(n).id for n in range(500)]

    shown = views.list_page(t, stretch(parties, more=True), number=501, at="s" * 26, back=way)

    assert check_view(shown) == []
    assert words_of(shown).count(text[-5:].strip()) >= 1


def test_way_back() -> None:
    """A modal remembers the pages before this one, the nearest if there are too many."""
    way = [f"s{number:025}" for number in range(500)]

    shown = views.list_page(T, stretch([signatory(1)]), number=501, at="here", back=way)

    back = views.Turned.model_validate_json(shown["private_metadata"]).back
    assert len(shown["private_metadata"]) <= MEMORY_MOST
    assert list(back) == way[-len(back) :]
    assert len(back) > 50
    assert pressable(shown) == ["First page", "← Previous"]


def test_way_forgotten() -> None:
    """A page whose way back is forgotten leads to the first page all the same."""
    shown = views.list_page(T, stretch([signatory(1)]), number=2, at="here", back=[])

    assert pressable(shown) == ["First page"]


def test_empty_list() -> None:
    """A list without signatures says so, and offers to be the first."""
    letter = a_letter(tally=Tally())
    shown = views.list_page(T, ListPage(letter=letter, signatories=(), end=None))

    assert check_view(shown) == []
    assert "No signatures yet" in words_of(shown)
    assert pressable(shown) == ["Sign"]
