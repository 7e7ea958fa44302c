"""The App Home is useful for anybody, within Slack's limits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.features.desk.slack.home_view import home, own_words, window
from bot.features.desk.use_cases.home import HomePage, Own
from bot.features.desk.use_cases.needs import Need, NeedKind
from bot.letters.invitation import InvitationState
from bot.letters.letter import PostingState, Tally
from bot.letters.phases import Phase
from bot.locales import Words, words
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.worst import HOSTILE, a_letter, long_words
from tests.support.scenes.worst_facts import NOW, a_held, a_home, a_posting

T = words("en-GB")


def labels(page: HomePage) -> list[str]:
    return [
        one["text"]["text"]
        for _, element in fields(home(T, page)["blocks"])
        for one in element.get("options", [element])
    ]


@spoken
@pytest.mark.parametrize("text", long_words(140))
def test_worst_home(t: Words, text: str) -> None:
    """Slack takes the Home, and the window, of somebody with more of everything than fits."""
    letters = tuple(a_letter(id=number, title=text, sender=text) for number in range(200))
    phases = list(Phase)
    own = tuple(
        Own(
            letter=replace(one, phase=phases[one.id % len(phases)], reason=HOSTILE[one.id % 7] * 3),
            invited=dict.fromkeys(InvitationState, 10**6),
        )
        for one in letters[:15]
    )
    signed = tuple(a_held(one, (text * 9)[:1200]) for one in letters[100:])
    kinds = list(NeedKind)
    needs = tuple(
        Need(
            kind=kinds[one.id % len(kinds)],
            letter=one,
            entry=text * 9,
            signatory="s1",
            count=10**6,
            posting=a_posting(one.id, PostingState.FAILED),
        )
        for one in letters
    )
    page = a_home(
        needs=needs, open_letters=letters[:90], signed=signed, organised=own, more_organised=185
    )

    for view in (home(t, page), window(t, page)):
        assert check_view(view) == []
        assert len(view["blocks"]) <= 100


def test_newcomer() -> None:
    """An empty Home tells in three lines what this is and how to start; a guest is told too."""
    member, guest = home(T, a_home()), home(T, a_home(may_start=False))

    assert check_view(member) == check_view(guest) == []
    assert len(member["blocks"][0]["text"]["text"].splitlines()) == 3
    start, kept = [element for _, element in fields(member["blocks"])]
    assert (start["value"], start["style"]) == ("new", "primary")
    assert [element for _, element in fields(guest["blocks"])] == [kept]
    assert kept["text"]["text"] == "What we keep about you"
    greeted = home(T, a_home(open_letters=(a_letter(),)))["blocks"]
    green = [element["action_id"] for _, element in fields(greeted) if "style" in element]
    assert green == ["sign"]


def test_order() -> None:
    """Tasks come first, then one's own letters, then those that one may sign or has signed."""
    letter, other, third = a_letter(title="Mine"), a_letter(id=8), a_letter(id=9)
    page = a_home(
        needs=(Need(kind=NeedKind.WAITING, letter=letter, count=2),),
        organised=(Own(letter=letter),),
        open_letters=(other,),
        signed=(a_held(third),),
    )
    values = [element.get("value") for _, element in fields(home(T, page)["blocks"])]

    assert [one for one in values if one] == [
        "organisations #7",
        "remind #7",
        "7:overview:",
        "8:",
        "8:",
        "8:",
        "9:",
        "new",
    ]


def test_what_i_signed() -> None:
    """A letter that somebody signed leads to the signature, also once the letter is closed."""
    closed = a_letter(id=8, phase=Phase.CLOSED)
    page = a_home(signed=(a_held(a_letter()), a_held(closed)), may_start=False)

    assert labels(page)[:2] == ["My signature", "My signature"]


def test_signed_already() -> None:
    """An open letter that one has signed is not offered again."""
    signed, other = a_letter(id=1), a_letter(id=2)
    view = home(T, a_home(open_letters=(signed, other), signed=(a_held(signed),)))

    values = [e.get("value") for _, e in fields(view["blocks"]) if e["action_id"] == "sign"]
    assert values == ["2:"]


@pytest.mark.parametrize(
    ("phase", "first"),
    [
        (Phase.DRAFT, "post #7"),
        (Phase.FOUNDING, "post #7"),
        (Phase.OPEN, "remind #7"),
        (Phase.CLOSING, "remind #7"),
        (Phase.CLOSED, "deliver #7"),
        (Phase.DELIVERED, "7:overview:"),
        (Phase.LATE, "7:overview:"),
        (Phase.CANCELLED, "7:overview:"),
    ],
)
def test_own_letter(phase: Phase, first: str) -> None:
    """A letter of one's own has the button of its phase, Open, and a menu."""
    view = home(T, a_home(organised=(Own(letter=a_letter(phase=phase)),)))
    row = [e for b, e in fields(view["blocks"]) if b["block_id"] == "own.7"]

    assert row[0]["value"] == first
    assert [one.get("style") for one in row].count("primary") == (first != "7:overview:")
    assert row[-1]["type"] == "overflow"
    assert "7:overview:" in {one.get("value") for one in row}


def test_own_line() -> None:
    """The line of one's own letter has its tally, its deadline, and who is invited and reading."""
    letter = a_letter(goal=50, tally=Tally(people=30, organisations=7))
    invited = {InvitationState.INVITED: 3, InvitationState.READING: 1, InvitationState.SIGNED: 9}
    said = own_words(T, Own(letter=letter, invited=invited))

    assert said.startswith("37 of 50 · ")
    assert said.endswith(" · 3 not answered yet · 1 reading")


def test_needs() -> None:
    """Each need leads to where it is met."""
    letter = a_letter(deadline=NOW + timedelta(days=2))
    failed, unsure = a_posting(1, PostingState.FAILED), a_posting(2, PostingState.UNKNOWN)
    needs = (
        Need(kind=NeedKind.OBJECTION, letter=letter, entry="<!channel>", signatory="s1"),
        Need(kind=NeedKind.CARD, letter=letter, posting=failed),
        Need(kind=NeedKind.CARD, letter=letter, posting=unsure),
        Need(kind=NeedKind.WAITING, letter=letter, count=1),
        Need(kind=NeedKind.SOON, letter=letter, count=11),
    )
    view = home(T, a_home(needs=needs, may_start=False))

    values = [one["value"] for _, one in fields(view["blocks"]) if "value" in one]
    assert values == ["s1", "post #7", "7:overview:", "organisations #7", "remind #7"]
    assert "<!channel>" not in words_of(view)
