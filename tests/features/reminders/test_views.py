"""An organiser's views before reminding say whom it reaches, within Slack's limits."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.features.reminders.slack import views
from bot.features.reminders.use_cases.reminders import Reach, When
from bot.letters.people import Actor, Membership, Person
from bot.locales import Words, words
from bot.slack.payloads import Caller
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import words_of
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import NOW

T = words("en-GB")
CALLER = Caller(
    actor=Actor(
        workspace="T0COALITION",
        person=Person("T0COALITION", "U0ORGANISER"),
        membership=Membership.MEMBER,
    ),
    t=T,
    tz="Europe/Berlin",
    name="Organiser",
)


def reach(**changes: Any) -> Reach:
    return replace(
        Reach(letter=a_letter(), everyone=12, invited=0, left_out=0, last=NOW + timedelta(days=1)),
        **changes,
    )


@spoken
@pytest.mark.parametrize("text", long_words(140))
def test_worst_views(t: Words, text: str) -> None:
    """Slack takes each view and answer for any title and any number."""
    letter = a_letter(title=text)

    for shown in (
        views.looking(t, letter, "remind:" + "1" * 200),
        views.asking(CALLER, reach(letter=letter, everyone=9_999_999), channels=999, seen=1),
        views.asking(CALLER, reach(letter=letter, everyone=0, last=None), channels=0, seen=0),
        views.under_way(t, 9_999_999, When.NOW, of=0),
        views.under_way(t, 1, When.IN_DAYTIME, of=20),
    ):
        assert check_view(shown) == []


def test_whom_it_reaches() -> None:
    """It says how many people in how many channels, and when the last would get it."""
    shown = words_of(views.asking(CALLER, reach(), channels=2, seen=2))

    assert "This goes to *12 people* who" in shown
    assert "11 Mar 2026, 11:00 CET" in shown
    assert "could not see" not in shown


def test_nobody() -> None:
    """A reminder that would reach nobody says why, and that people can be named."""
    everybody_signed = views.asking(CALLER, reach(everyone=0, last=None), channels=1, seen=1)
    no_channel = views.asking(CALLER, reach(everyone=0, last=None), channels=0, seen=0)

    assert "There’s no one to remind" in words_of(everybody_signed)
    assert "This letter isn’t in any channel, so choose" in words_of(no_channel)


def test_unseen_channels() -> None:
    """A channel whose members Slack did not tell comes with what to do."""
    shown = words_of(views.asking(CALLER, reach(), channels=3, seen=1))

    assert "I can’t see who is in 2 channels" in shown


def test_too_late() -> None:
    """Later, asked too close to the deadline, says so instead of promising."""
    assert "closes before" in views.later_words(T, None)
    assert "Next reminder" in views.later_words(T, NOW)
    assert T.moment(NOW) in views.later_words(T, NOW)


def test_left_out() -> None:
    """The form says how many had a reminder today, and are left out."""
    shown = words_of(views.asking(CALLER, reach(left_out=2), channels=1, seen=1))
    assert "2 people have already had a reminder today" in shown
    assert "reminder today" not in words_of(views.asking(CALLER, reach(), channels=1, seen=1))
