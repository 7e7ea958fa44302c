"""“My signature” can be opened by somebody who signed for many, and has pages."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.features.amendments.use_cases.texts import Change, Texts
from bot.features.signing.slack.own_views import ASKED_PAGE, PAGE, holdings
from bot.features.signing.use_cases.own_signature import Own
from bot.letters.endorsement import Capacity, Endorsement, Kind, State
from bot.letters.rules import Confirmation, Rules
from bot.letters.standing import Standing
from bot.letters.text import LetterText
from bot.locales import words
from tests.support.live_marks import check_view
from tests.support.reading import words_of
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import NOW, a_signatory, an_endorsement

T = words("en-GB")
MANY = 40


def held_for(how_many: int, entry: str = "Group", **changed: Any) -> tuple[Endorsement, ...]:
    """Signatures for so many organisations, the oldest first."""
    return tuple(
        replace(
            one,
            signature=replace(one.signature, capacity=Capacity.ORGANISATION),
            **changed,
        )
        for number in range(1, how_many + 1)
        for one in [an_endorsement(f"{entry} {number}.", number)]
    )


def pages(held: tuple[Endorsement, ...], asked: set[str], entry: str = "") -> list[dict[str, Any]]:
    """All pages of what somebody holds, as a letter shows them that says the most."""
    letter = a_letter(
        title=(entry or "Title")[:140],
        answer_by=NOW,
        meaning=2,
        rules=Rules(confirmation=Confirmation.ORGANISER),
    )
    texts = Texts(letter=letter, old=LetterText("T", "", "old"), new=LetterText("T", "", "new"))
    parties = {
        one.signatory: a_signatory(
            one.signature.entry, kind=Kind.ORGANISATION, standing=Standing.DISPUTED
        )
        for one in held
    }
    changes = {
        one.id: Change(endorsement=one, state=State.ASKED, texts=texts, amendments=())
        for one in held
        if one.id in asked
    }
    size = ASKED_PAGE if asked else PAGE
    return [
        holdings(
            T, letter, held, parties, refusal=None, own=Own(may_change=True, asked=changes),
            more=[Capacity.INDIVIDUAL], from_home=True, page=page,
        )
        for page in range(-(-len(held) // size))
    ]  # fmt: skip


def all_of(held: tuple[Endorsement, ...]) -> set[str]:
    return {one.id for one in held}


def none_of(_: tuple[Endorsement, ...]) -> set[str]:
    return set()


@pytest.mark.parametrize("text", long_words(290))
@pytest.mark.parametrize("asked", [none_of, all_of], ids=["settled", "asked"])
def test_worst(text: str, asked: Callable[[tuple[Endorsement, ...]], set[str]]) -> None:
    """Slack takes every page of what somebody holds who signed for forty organisations."""
    held = held_for(MANY, text)
    for view in pages(held, asked(held), text):
        assert check_view(view) == []


@pytest.mark.parametrize("how_many", [1, PAGE, PAGE + 1, MANY])
@pytest.mark.parametrize("asked", [none_of, all_of], ids=["settled", "asked"])
def test_each_once(how_many: int, asked: Callable[[tuple[Endorsement, ...]], set[str]]) -> None:
    """Every signature is on one page."""
    held = held_for(how_many)
    shown = " ".join(words_of(view) for view in pages(held, asked(held)))
    for number in range(1, how_many + 1):
        assert shown.count(f"Group {number}.") == 1


def test_removed() -> None:
    """A signer of a removed entry is told what withdrawing still does."""
    (one,) = held_for(1)
    asked = {
        removed: str(
            holdings(
                T, a_letter(), (one,), {one.signatory: a_signatory(removed=removed)},
                refusal=None, own=Own(may_change=True, asked={}), more=[], from_home=False,
            )
        )
        for removed in (False, True)
    }  # fmt: skip
    assert "comes off the list right away" in asked[False]
    assert "comes off the list right away" not in asked[True]
    assert "stays off the list" in asked[True]


def test_asked_first() -> None:
    """A signature with a question to answer comes before everything else."""
    held = held_for(MANY)
    first, *_ = pages(held, {held[-1].id})
    assert "Keep my signature" in words_of(first)
    assert words_of(first).index(f"Group {MANY}.") < words_of(first).index("Group 1.")
