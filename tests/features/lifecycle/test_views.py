"""The forms of running a letter hold Slack's limits and say what they do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.features.lifecycle.slack import views
from bot.letters.letter import Tally
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.locales import Words, words
from bot.slack.page_parts import done_view
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import NOW

T = words("en-GB")
ONE = Person("T0COALITION", "U0ORGANISER")


@spoken
@pytest.mark.parametrize("text", long_words(140))
def test_worst_forms(t: Words, text: str) -> None:
    """Slack takes every form and every answer for any title, name and number of organisers."""
    letter = a_letter(title=text, tally=Tally(people=9_999_999, organisations=9_999_999))
    many = [Person("T0COALITION", f"U{number:012}") for number in range(300)]

    for shown in (
        done_view(t, views.closed_words(t, letter)),
        views.cancelling(t, letter),
        views.cancelled(t, letter),
        views.deadline(t, letter, NOW, closes=False),
        views.deadline(t, replace(letter, phase=Phase.CLOSED), NOW, closes=False),
        done_view(t, views.moved_words(t, letter, reopened=True)),
        done_view(t, views.moved_words(t, letter, reopened=False)),
        done_view(t, views.pinned_words(t, text * 20, "pin")),
        views.organisers(t, letter, many),
        views.organisers(t, letter, [ONE], "<@U0ORGANISER> Organiser added"),
    ):
        assert check_view(shown) == []


def test_closing_shows_the_tally() -> None:
    """The form that closes a letter shows first how many signed it."""
    assert "17 signatures: 15 organisations, 2 people" in words_of(
        views.deadline(T, a_letter(), NOW, closes=True)
    )


def test_last_organiser_stays() -> None:
    """The only organiser has no Remove button; of two, each has one."""
    two = [ONE, Person("T0COALITION", "U0SECOND")]

    def removable(running: list[Person]) -> int:
        shown = views.organisers(T, a_letter(), running)
        return sum(
            e["action_id"].startswith("organisers.remove") for _, e in fields(shown["blocks"])
        )

    assert removable([ONE]) == 0
    assert removable(two) == 2


def test_suggested_deadline() -> None:
    """Extending offers a week more; reopening offers a week from now."""
    letter = a_letter()

    def offered(view: views.View) -> int:
        (element,) = (e for _, e in fields(view["blocks"]) if e["type"] == "datetimepicker")
        return element["initial_date_time"]

    week = timedelta(days=7)
    assert (
        offered(views.deadline(T, letter, NOW, closes=False))
        == (letter.deadline + week).timestamp()
    )
    assert (
        offered(views.deadline(T, replace(letter, phase=Phase.CLOSED), NOW, closes=False))
        == (NOW + week).timestamp()
    )
