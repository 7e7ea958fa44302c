"""A letter's card says all that matters, within Slack's limits, and nothing typed in it is live."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.features.cards.slack.card import card
from bot.letters.letter import Letter, Tally
from bot.letters.people import Role
from bot.letters.phases import Phase
from bot.letters.rules import Embargo, Hidden, Rules
from bot.locales import Words, words
from tests.support.live_marks import check_message
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.worst import HOSTILE, a_letter, long_words
from tests.support.scenes.worst_facts import NOW

T = words("en")
OUR_OWN = re.compile(r"<!date\^\d+\^[^<>|]+\|[^<>|]+>")
"""The deadline, in each reader's own time zone."""


def live_texts(part: Any) -> Iterator[str]:
    """Every text in which Slack would follow `<…>`."""
    if isinstance(part, list):
        for item in part:
            yield from live_texts(item)
    elif isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part["text"]
        for value in part.values():
            yield from live_texts(value)


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("phase", list(Phase))
def test_nothing_typed_is_live(typed: str, phase: Phase) -> None:
    """A mention, a link or a tag that somebody typed into a letter is words on its card."""
    letter = a_letter(
        title=typed, sender=typed, summary=typed, reason=typed, phase=phase, closed_at=NOW
    )

    text, blocks = card(T, letter, "P1", phase)

    for shown in (text, *live_texts(blocks)):
        assert not re.search("[<>]", OUR_OWN.sub("", shown))
        assert not re.search("&(?!amp;|lt;|gt;)", shown)


@spoken
@pytest.mark.parametrize("text", long_words(140))
@pytest.mark.parametrize("phase", list(Phase))
def test_worst_cards(t: Words, text: str, phase: Phase) -> None:
    """Slack takes the card of any letter."""
    letter = a_letter(
        title=text, sender=text, summary=(text * 6)[:700], reason=text * 2, phase=phase,
        closed_at=NOW, goal=10_000_000, tally=Tally(people=9_999_999, organisations=9_999_999),
    )  # fmt: skip

    said, blocks = card(t, letter, "p" * 26, phase)

    assert check_message(blocks) == []
    assert 0 < len(said) <= 3000


def test_says_all() -> None:
    """The card names title, who asks, summary, tally and goal, with three buttons and a menu."""
    text, blocks = card(T, a_letter(), "P1", Phase.OPEN)

    shown = words_of({"blocks": blocks})
    for part in ("One Internet", "The Coalition", "Please sign.", "15 organisations, 2 people"):
        assert part in shown
        assert part in text
    assert "17 of 20" in shown
    *pressed, menu = [element for _, element in fields(blocks)]
    assert [one["text"]["text"] for one in pressed] == ["Sign", "Read letter", "Who signed"]
    assert [one["value"] for one in menu["options"]] == ["sign 7:P1", "window 7:overview:"]


def test_bar_is_full_at_the_goal_only() -> None:
    """The bar's last block is filled by the signature that reaches the goal, not before."""

    def bar(people: int) -> str:
        letter = a_letter(goal=1000, tally=Tally(people=people))
        return words_of({"blocks": card(T, letter, "P1", Phase.OPEN)[1]})

    assert "▱" in bar(999)
    assert "▱" not in bar(1000)
    assert "▱" not in bar(1001)


def test_sign_ends_with_the_letter() -> None:
    """A closed letter's card has no Sign, and a cancelled one says why and shows no list."""
    closed = a_letter(phase=Phase.CLOSED, closed_at=NOW)
    cancelled = a_letter(phase=Phase.CANCELLED, reason="It was answered.")

    _, shut = card(T, closed, "P1", Phase.CLOSED)
    _, gone = card(T, cancelled, "P1", Phase.CANCELLED)

    assert [one["text"]["text"] for _, one in fields(shut) if "text" in one] == [
        "My signature",
        "Read letter",
        "Who signed",
    ]
    assert [one["text"]["text"] for _, one in fields(gone) if "text" in one] == ["Read letter"]
    assert "It was answered" in words_of({"blocks": gone})


def _shown(letter: Letter, phase: Phase) -> tuple[str, str, list[str]]:
    """Return what a card shows, what is spoken of it, and its buttons."""
    text, blocks = card(T, letter, "P1", phase)
    return (
        words_of({"blocks": blocks}),
        text,
        [one["text"]["text"] for _, one in fields(blocks) if one["type"] == "button"],
    )


def test_past_the_soft_deadline() -> None:
    """Past the deadline that it named a card says until when one can still sign."""
    closes = NOW + timedelta(hours=1)
    shown, text, buttons = _shown(a_letter(closes_at=closes, phase=Phase.CLOSING), Phase.CLOSING)

    assert "You can still sign until" in shown
    assert T.moment(closes) in text
    assert buttons[0] == "Sign"


def test_handed_over() -> None:
    """A delivered letter says when; a late list says where a new name goes."""
    over = a_letter(phase=Phase.DELIVERED, delivered_at=NOW)
    late = replace(over, phase=Phase.LATE, tally=Tally(people=17, late_people=2))

    shown, text, buttons = _shown(over, Phase.DELIVERED)
    assert "Delivered" in shown
    assert T.moment(NOW) in text
    assert buttons == ["My signature", "Read letter", "Who signed"]
    shown, text, buttons = _shown(late, Phase.LATE)
    for said in (shown, text):
        assert "You’ll be listed with the late signatures" in said
        assert "17 signatures, plus 2 late signatures" in said
    assert buttons[0] == "Sign"


@pytest.mark.parametrize("phase", [one for one in Phase if one is not Phase.CANCELLED])
def test_under_embargo(phase: Phase) -> None:
    """A card shows as little as the embargo lets it, says so, and until when."""
    letter = a_letter(
        phase=phase,
        goal=97,
        tally=Tally(people=61, organisations=22, late_people=3),
        delivered_at=NOW,
        rules=Rules(embargo=Embargo(hides=Hidden.ALL, until_listed=500)),
    )

    ends = "once 500 people have signed"
    if phase is Phase.DELIVERED:  # No signature can come any more.
        ends = "when an organiser shows them"
    for said in _shown(letter.as_seen_by(Role.MEMBER, NOW), phase)[:2]:
        assert f"Names and the number of signatures are hidden. They appear {ends}." in said
        assert not re.search(r"\b(97|61|22|83|86|0)\b", said)
        assert "signatures yet" not in said


def test_phone_shows_the_letters_zone() -> None:
    """A notification has the deadline in the letter's zone, because it cannot use each reader's."""
    letter = a_letter(deadline=NOW, tz="Asia/Tokyo")

    text, _ = card(words("en-GB"), letter, "P1", Phase.OPEN)

    assert words("en-GB").moment(NOW, "Asia/Tokyo") in text
    assert "UTC" not in text
