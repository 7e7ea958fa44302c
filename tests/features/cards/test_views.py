"""An organiser's views of posting and taking down cards hold Slack's limits."""

import pytest

from bot.features.cards.slack import views
from bot.letters.letter import Posting, PostingState
from bot.letters.phases import Phase
from bot.locales import Words, words
from bot.slack.channel_checks import Place, Standing
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.worst import HOSTILE, a_letter, long_words

T = words("en-GB")


def posting(number: int, state: PostingState = PostingState.UP, error: str = "") -> Posting:
    return Posting(
        id=f"p{number:025}",
        letter=7,
        workspace="T0COALITION",
        channel=f"C0CHANNEL{number}",
        message_ts=None,
        state=state,
        error=error,
    )


@spoken
@pytest.mark.parametrize("text", long_words(140))
@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OPEN])
def test_worst_forms(t: Words, text: str, phase: Phase) -> None:
    """Slack takes the form for any title, many cards, and channels of any name."""
    shared = [f"C0SHARED{number}" for number in range(views.MOST_CHANNELS)]
    up = [posting(number) for number in range(120)]

    shown = views.form(
        t,
        a_letter(title=text, phase=phase),
        up,
        chosen=shared,
        shared=shared,
    )

    assert check_view(shown) == []


@spoken
@pytest.mark.parametrize("text", long_words(140))
def test_worst_answers(t: Words, text: str) -> None:
    """Slack takes what is said afterwards, and a list of more cards than a modal holds."""
    letter = a_letter(title=text)
    states = list(PostingState)
    up = [posting(n, states[n % len(states)], error=HOSTILE[n % 7]) for n in range(120)]

    for shown in (
        views.posted(t, letter, [f"C{n}" for n in range(10)], [f"C{n}" for n in range(100)]),
        views.cards_list(t, letter, up),
        views.cards_list(t, letter, []),
    ):
        assert check_view(shown) == []


def test_text_freezes() -> None:
    """Before a draft is posted the form says that its text can no longer change then."""
    draft = words_of(views.form(T, a_letter(phase=Phase.DRAFT), []))
    again = words_of(views.form(T, a_letter(), [posting(1)]))

    assert "If you change the text later, signers we can reach" in draft
    assert "If you change the text later, signers we can reach" not in again
    assert "<#C0CHANNEL1>" in again


def test_where_not() -> None:
    """Each channel that will not do is named where it may be."""
    said = views.wrong_channels(
        T,
        [
            Place("C1", "open", Standing.OURS),
            Place("C2", "old", Standing.ARCHIVED),
            Place("D4", "", Standing.NO_CHANNEL),
        ],
    )

    assert said is not None
    assert "#old" in said
    assert "this kind of conversation" in said
    assert views.wrong_channels(T, [Place("C1", "open", Standing.OURS)]) is None
    assert views.wrong_channels(T, [Place("C1", "partners", Standing.SHARED)]) is None


def test_nothing_to_take_down_twice() -> None:
    """A card on its way down has no button any more."""
    shown = views.cards_list(
        T, a_letter(), [posting(1), posting(2, PostingState.LEAVING), posting(3)]
    )

    values = [element["value"] for _, element in fields(shown["blocks"])]
    assert values == [f"7:{posting(1).id}", f"7:{posting(3).id}"]
