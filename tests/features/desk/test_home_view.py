"""The App Home is useful for anybody, within Slack's limits."""

from dataclasses import replace

import pytest

from bot.features.desk.slack.home_view import home
from bot.letters.phases import Phase
from bot.locales import words
from bot.simulator.block_kit import check_view
from tests.support.reading import fields, words_of
from tests.support.worst import HOSTILE, a_letter, long_words
from tests.support.worst_facts import a_held, a_home

T = words("en-GB")


@pytest.mark.parametrize("text", long_words(140))
def test_worst_home(text: str) -> None:
    """Slack takes the Home of somebody with more of everything than fits."""
    letters = tuple(a_letter(id=number, title=text, sender=text) for number in range(200))
    phases = [Phase.DRAFT, Phase.OPEN, Phase.CLOSED, Phase.CANCELLED]
    own = tuple(
        replace(one, phase=phases[one.id % 4], reason=HOSTILE[one.id % 7] * 3) for one in letters
    )
    signed = tuple(a_held(one, (text * 9)[:1200]) for one in letters)

    view = home(T, a_home(open_letters=letters, signed=signed, organised=own))

    assert check_view(view) == []
    assert len(view["blocks"]) <= 100


def test_empty_workspace() -> None:
    """Where nothing is there yet a full member can start, and a guest is told what they can do."""
    member, guest = home(T, a_home()), home(T, a_home(may_start=False))

    assert check_view(member) == check_view(guest) == []
    assert "Start a letter" in words_of(member)
    assert "Start a letter" not in words_of(guest)
    assert "You can sign letters here" in words_of(guest)


def test_what_i_signed() -> None:
    """What somebody signed leads to changing it while the letter is open."""
    letter = a_letter()
    closed = a_letter(id=8, phase=Phase.CLOSED)
    view = home(T, a_home(signed=(a_held(letter), a_held(closed))))

    labels = [
        e["text"]["text"] for _, e in fields(view["blocks"]) if e["action_id"] != "command:new"
    ]
    assert labels == ["Change or withdraw", "My signature"]


def test_signed_already() -> None:
    """An open letter that one has signed leads to that signature; another one to Sign."""
    signed, other = a_letter(id=1), a_letter(id=2)
    view = home(T, a_home(open_letters=(signed, other), signed=(a_held(signed),)))

    labels = [
        e["text"]["text"]
        for b, e in fields(view["blocks"])
        if b["block_id"].startswith("open") and e["action_id"] == "sign"
    ]
    assert labels == ["My signature", "Sign"]


def test_own_letters() -> None:
    """An organiser finds a draft to post, an open letter to look at, a closed one to reopen."""
    own = (
        a_letter(id=1, phase=Phase.DRAFT),
        a_letter(id=2),
        a_letter(id=3, phase=Phase.CLOSED),
    )
    view = home(T, a_home(open_letters=(own[1],), organised=own))

    values = [e.get("value") for b, e in fields(view["blocks"]) if b["block_id"].startswith("own")]
    assert "post #1" in values
    assert "status #2" in values
    assert "reopen #3" in values
