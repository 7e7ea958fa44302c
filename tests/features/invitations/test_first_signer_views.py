"""Choosing the first signers, within Slack's limits."""

import pytest

from bot.features.invitations.slack import first_signer_views
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.locales import Words, words
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import words_of
from tests.support.scenes.worst import a_letter, long_words

T = words("en-GB")
MANY = [Person("T0COALITION", f"U0FOUNDER{number}") for number in range(300)]


@spoken
@pytest.mark.parametrize("title", long_words(140))
def test_worst(t: Words, title: str) -> None:
    """Slack takes the form and the answer, whatever the letter is called and however many are chosen."""
    for phase in (Phase.DRAFT, Phase.FOUNDING):
        letter = a_letter(title=title, phase=phase)
        assert check_view(first_signer_views.form(t, letter, MANY)) == []
        assert check_view(first_signer_views.chosen(t, letter, MANY, left_out=3)) == []


def test_says_what_follows() -> None:
    """The form says who sees the letter then, how the text changes, and who was told already."""
    draft = words_of(first_signer_views.form(T, a_letter(phase=Phase.DRAFT), []))
    founding = words_of(first_signer_views.form(T, a_letter(phase=Phase.FOUNDING), MANY[:1]))

    assert "lock: After this, signers are told or asked" in draft
    assert "only they and the organisers can read it" in draft
    assert "<@U0FOUNDER0>" in founding
    assert "lock: After this, signers are told or asked" not in founding
