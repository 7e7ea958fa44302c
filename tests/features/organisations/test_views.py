"""An organiser's views of organisations hold Slack's limits, and leave nothing out."""

from dataclasses import replace
from datetime import date

import pytest

from bot.features.organisations.slack import pair_views, views
from bot.features.organisations.use_cases.standing import (
    Case,
    Confirmed,
    Decision,
    Objection,
    Organisation,
)
from bot.letters.endorsement import Facts, Kind
from bot.letters.letter import Tally
from bot.letters.notices import LetterTopic
from bot.letters.people import Person
from bot.letters.standing import Ground, Permission, Standing
from bot.locales import Words, words
from tests.support.live_marks import check_message, check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.telling import letter_message
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import NOW, a_signatory, an_endorsement

T = words("en-GB")
ORGANISER = Person("T0COALITION", "U0ORGANISER")


def an_objection(text: str, decision: Decision | None = None) -> Objection:
    return Objection(
        id="c" * 26,
        signatory="s" * 26,
        person=ORGANISER,
        name=text[:150],
        role=text[:150],
        reason=text[:600],
        tied=False,
        made_at=NOW,
        decision=decision,
        why="" if decision is None else text[:600],
        decided_by=None if decision in {None, Decision.MOOT} else ORGANISER,
        decided_at=None if decision is None else NOW,
    )


def an_organisation(
    text: str = "TEDIC", *, people: int = 1, objections: int = 1, standing: Standing
) -> Organisation:
    given = an_endorsement(text[:300])
    facts = Facts(name=text[:150], organisation=text[:150], role=text[:150])
    given = replace(given, signature=replace(given.signature, facts=facts, consent=text[:600]))
    decisions = [None, *Decision]
    return Organisation(
        party=a_signatory(
            text[:300],
            kind=Kind.ORGANISATION,
            standing=standing,
            endorsements=people,
            removed=standing is Standing.REMOVED,
            objections=int(standing is Standing.DISPUTED),
        ),
        endorsements=(given, *[replace(given, person=None, source=text[:300])] * (people - 1)),
        confirmed=Confirmed(
            signatory="s" * 26,
            permission=Permission(
                ground=Ground.SPOKEN_WORD,
                given_by=text[:150],
                given_role=text[:150],
                given_on=date(2026, 3, 1),
            ),
            by=ORGANISER,
            made_at=NOW,
        ),
        objections=tuple(an_objection(text, decisions[n % 4]) for n in range(objections)),
    )


@spoken
@pytest.mark.parametrize("text", long_words(600))
@pytest.mark.parametrize(
    "standing", [Standing.UNCONFIRMED, Standing.DISPUTED, Standing.REMOVED, Standing.LISTED]
)
def test_worst(t: Words, text: str, standing: Standing) -> None:
    """Slack takes every page of it, whatever people typed and however much is kept."""
    letter = a_letter(title=text[:140], tally=Tally(organisations=9_999_999, waiting=9_999_999))
    one = an_organisation(text, people=400, objections=400, standing=standing)
    case = Case(letter=letter, organisation=one)
    # What a decision was shown is hashed whole, for each of 200 names.
    few = an_organisation(text, people=4, objections=4, standing=standing)
    way = [f"s{n:025}" for n in range(500)]
    for view in (
        views.list_page(t, letter, [one] * 11, way),
        views.list_page(t, letter, [one] * 11, []),
        views.case_page(t, case, way, done="The signature stays. The signers and the person who"),
        views.record_form(t, case, way),
        views.decision_form(t, case, way),
        *(
            pair_views.pairs_page(
                t, letter, [[few] * names] * 60, after=way[0], end=way[1],
                done=pair_views.merged_words(t, one.party),
            )
            for names in (2, 3, 200)
        ),
    ):  # fmt: skip
        assert check_view(view) == []
    for entry in ("", text[:300]):
        about = LetterTopic.OBJECTION_DECIDED
        said, blocks = letter_message(t, about, letter, {"entry": entry})
        assert check_message(blocks) == []
        assert len(said) <= 3900


def test_nothing_is_left_out() -> None:
    """The case says who signed, in which role, on what ground it is known, and every objection."""
    one = an_organisation("TEDIC", people=2, objections=3, standing=Standing.DISPUTED)
    shown = words_of(views.case_page(T, Case(letter=a_letter(), organisation=one), []))
    for part in (
        "Disputed", "<@U0MEMBER1>", "Collected outside Slack", "Verbal agreement", "1 Mar 2026",
        "Kept by", "Removed by",
    ):  # fmt: skip
        assert part in shown


def test_pages() -> None:
    """A page has a way on only where more follows, a way back only where one came from."""

    def buttons(found: int, way: list[str]) -> set[str]:
        one = an_organisation(standing=Standing.UNCONFIRMED)
        view = views.list_page(T, a_letter(), [one] * found, way)
        return {element["text"]["text"] for _, element in fields(view["blocks"])} - {"Open"}

    assert buttons(0, []) == {"Possible duplicates"}
    assert buttons(11, []) == {"Possible duplicates", "Next →"}
    assert buttons(11, ["s1"]) == {"← Previous", "Next →"}
    assert buttons(10, ["s1"]) == {"← Previous"}


def test_what_takes_an_entry_off_is_shown() -> None:
    """Of many objections, the one that takes the entry off the list is among those shown."""
    one = an_organisation("TEDIC", objections=0, standing=Standing.DISPUTED)
    many = [replace(an_objection(f"Why {number}"), tied=number == 0) for number in range(12)]
    case = Case(letter=a_letter(), organisation=replace(one, objections=tuple(many)))
    for view, hidden in ((views.case_page(T, case, []), 4), (views.decision_form(T, case, []), 9)):
        shown = words_of(view)
        assert "Why 0" in shown
        assert f"and {hidden} more" in shown
