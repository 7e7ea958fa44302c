"""The choice between several signatories holds Slack's limits, and tells them apart."""

from dataclasses import replace

import pytest

from bot.letters.refusals import Reason, Refusal
from bot.locales import Words, words
from bot.slack.which_signatory import which
from bot.use_cases.pinning import Fitting
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import words_of
from tests.support.scenes.worst import long_words
from tests.support.scenes.worst_facts import a_signatory, an_endorsement

T = words("en-GB")


def fitting(entry: str, how_many: int) -> tuple[Fitting, ...]:
    return tuple(
        Fitting(party=a_signatory(entry, number), speaker=an_endorsement(entry, number))
        for number in range(1, how_many + 1)
    )


@spoken
@pytest.mark.parametrize("text", long_words(600))
def test_worst(t: Words, text: str) -> None:
    """Slack takes twenty that fit one name, whatever they are called."""
    facts = {"name": text[:300], "fitting": fitting(text, 20)}
    view = which(t, 7, Refusal(Reason.SEVERAL_SIGNATORIES, facts=facts), "pin.this", word="unpin")
    assert view is not None
    assert check_view(view) == []


def test_told_apart() -> None:
    """Two equal entries each say whether they were given here or elsewhere."""
    here, there = fitting("Jane Doe", 2)
    there = replace(there, speaker=replace(there.speaker, person=None))
    facts = {"name": "Jane Doe", "fitting": (here, there)}
    shown = words_of(
        which(T, 7, Refusal(Reason.SEVERAL_SIGNATORIES, facts=facts), "correct.this") or {}
    )
    assert "<@U" in shown
    assert "Collected outside Slack" in shown


def test_who_signed_is_not_told() -> None:
    """The entries stand alone for people who may not know who signed, and when."""
    facts = {"name": "Rural Post", "fitting": fitting("Rural Post", 2)}
    refusal = Refusal(Reason.SEVERAL_SIGNATORIES, facts=facts)
    shown = words_of(which(T, 7, refusal, "object.this", told=False) or {})
    assert "Rural Post" in shown
    assert "<@U" not in shown
    assert "<!date" not in shown


def test_another_refusal() -> None:
    """A name that fits nobody leaves nothing to choose."""
    assert which(T, 7, Refusal(Reason.NO_SUCH_SIGNATORY), "pin.this") is None
