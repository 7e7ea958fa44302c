"""The Sign form is short, and its button says what it does."""

import re
from dataclasses import replace
from typing import Any

import pytest

from bot.features.signing.slack import form as views
from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.people import Actor, Membership, Person
from bot.locales import words
from bot.slack.payloads import Caller
from tests.support.live_marks import check_view
from tests.support.reading import count_of_words, words_of
from tests.support.scenes.worst import a_letter

T = words("en-GB")
CALLER = Caller(
    actor=Actor(
        workspace="T0COALITION",
        person=Person("T0COALITION", "U0MEMBER1"),
        membership=Membership.MEMBER,
    ),
    t=T,
    tz="UTC",
    name="First Member",
)
MOST_WORDS = 69


def a_form(capacity: Capacity) -> dict[str, Any]:
    letter = a_letter(title="Keep encryption whole")
    signing = views.Signing(
        letter=letter.id,
        text_sha256=letter.text_sha256,
        language="en",
        offered=tuple(views.capacities(letter, ())),
        capacity=capacity,
    )
    made = views.composed(CALLER, signing, Facts(name=CALLER.name))
    shown = made if capacity is Capacity.INDIVIDUAL and isinstance(made, Signature) else None
    return views.form(T, letter, signing, Facts(name=CALLER.name), shown)


def test_short() -> None:
    """A person signing as themselves reads at most 69 words, with the name and the consent."""
    view = a_form(Capacity.INDIVIDUAL)
    said = words_of(view)

    assert check_view(view) == []
    assert count_of_words(view) <= MOST_WORDS
    assert views.consent_words(T) in said
    assert said.count("First Member") == 2, "in the field, and as it will be listed"


def test_short_for_an_invited_organisation() -> None:
    """The form of an invited organisation has at most eighty words, its entry among them."""
    letter = a_letter(title="Keep encryption whole")
    signing = views.Signing(
        letter=letter.id, text_sha256=letter.text_sha256, language="en",
        offered=tuple(Capacity), capacity=Capacity.ORGANISATION, invited="an invitation",
    )  # fmt: skip
    typed = Facts(name="First Member", organisation="Harbour Trust", country="Kenya")
    made = views.composed(CALLER, signing, replace(typed, authorised=True))
    assert isinstance(made, Signature)
    view = views.invited(T, letter, signing, made)

    assert check_view(view) == []
    assert count_of_words(view) <= 80
    assert made.consent in re.sub("[\u2068\u2069]", "", words_of(view))


def test_consent_for_an_organisation() -> None:
    """The consent names the organisation and who sees the signer's name; it is kept as it is read."""
    letter = a_letter(title="Keep encryption whole")
    signing = replace(
        views.Signing(
            letter=letter.id, text_sha256=letter.text_sha256, language="en",
            offered=tuple(Capacity), capacity=Capacity.ORGANISATION,
        ),
        invited="an invitation",
    )  # fmt: skip
    typed = Facts(name="First Member", organisation=" Fen Trust ", role="Chair", authorised=True)
    made = views.composed(CALLER, signing, typed)
    assert isinstance(made, Signature)
    read = re.sub("[\u2068\u2069]", "", words_of(views.approval(T, letter, signing, made)))

    assert made.consent in read
    assert "you agree that Fen Trust is published" in made.consent
    assert "Your own name isn’t published, but anyone who starts to sign for this" in made.consent
    assert "your name is published" not in read
    assert "this organisation is published" in words_of(
        views.form(T, letter, signing, Facts(name=""), None)
    )


@pytest.mark.parametrize(
    ("capacity", "label"),
    [
        (Capacity.INDIVIDUAL, "Sign"),
        (Capacity.AFFILIATED, "Continue"),
        (Capacity.ORGANISATION, "Continue"),
    ],
)
def test_button(capacity: Capacity, label: str) -> None:
    """The button says Sign where it signs, and Continue where it shows the entry first."""
    assert a_form(capacity)["submit"]["text"] == label
