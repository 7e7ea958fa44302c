"""The form of a letter's rules holds Slack's limits, and says what each choice means."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.features.letter_rules.slack import views
from bot.letters.phases import Phase
from bot.letters.rules import (
    Confirmation,
    Embargo,
    Hidden,
    Look,
    MaySign,
    Names,
    Ordering,
    OwnQuestion,
    Printing,
    PublicPage,
    Reminded,
    Rules,
    Silence,
    WithdrawnEntry,
)
from bot.locales import Words, words
from bot.slack.words.rules import rule_sentences
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import NOW

T = words("en-GB")
SOON = NOW + timedelta(days=2)
EMBARGOES = [
    None,
    *(
        Embargo(hides=hides, until=until, until_listed=listed)
        for hides in Hidden
        for until, listed in ((SOON, None), (None, 50), (SOON, 1))
    ),
]


@spoken
@pytest.mark.parametrize("text", long_words(140))
def test_worst_form(t: Words, text: str) -> None:
    """Slack takes the form and the answer for any title and any rules."""
    for embargo in EMBARGOES:
        for phase in (Phase.DRAFT, Phase.OPEN):
            letter = a_letter(title=text, phase=phase, rules=Rules(embargo=embargo))
            assert check_view(views.form(t, letter)) == []
            assert check_view(views.saved(t, letter)) == []
    whole = Printing(place=text, copies=text, press=text, numbered=True, day_last=True)
    letter = a_letter(title=text, rules=Rules(printing=whole))
    assert check_view(views.form(t, letter, only="printing")) == []
    assert check_view(views.saved(t, letter)) == []


def test_no_choice_is_cut() -> None:
    """Every choice fits where Slack shows it."""
    for _, element in fields(views.form(T, a_letter())["blocks"]):
        for option in element.get("options", ()):
            assert "…" not in option["text"]["text"]


def test_starts_with_the_rules() -> None:
    """The form starts with the rules as they are."""
    rules = Rules(
        confirmation=Confirmation.ORGANISER,
        silence=Silence.DROP,
        withdrawn_entry=WithdrawnEntry.MARKED,
        embargo=Embargo(hides=Hidden.ALL, until=SOON, until_listed=50),
        ordering=Ordering.COUNTRY,
        grouped=False,
        reminded=Reminded.INVITED,
        page=PublicPage.LIST,
        names=Names.MAY_BE_WITHHELD,
        may_sign=MaySign.REVIEWED,
    )
    held = {
        block["block_id"]: element
        for block, element in fields(views.form(T, a_letter(rules=rules))["blocks"])
    }
    chosen = {
        name: element["initial_option"]["value"]
        for name, element in held.items()
        if "initial_option" in element
    }

    assert chosen == {
        "confirmation": "organiser",
        "embargo": "all",
        "ordering": "country",
        "groups": "together",
        "silence": "drop",
        "withdrawn_entry": "marked",
        "reminded": "invited",
        "page": "list",
        "names": "may_be_withheld",
        "may_sign": "reviewed",
        "look": "organisations",
    }
    assert held["until"]["initial_date_time"] == int(SOON.timestamp())
    assert held["until_listed"]["initial_value"] == "50"


def test_each_rule_has_a_sentence_of_its_own() -> None:
    """No two rules are said alike."""
    said = {
        sentence
        for rules in (
            *(Rules(confirmation=one) for one in Confirmation),
            *(Rules(silence=one) for one in Silence),
            *(Rules(withdrawn_entry=one) for one in WithdrawnEntry),
            *(Rules(embargo=one) for one in EMBARGOES),
            *(Rules(reminded=one) for one in Reminded),
            *(Rules(page=one) for one in PublicPage),
            *(Rules(names=one) for one in Names),
            *(Rules(may_sign=one) for one in MaySign),
            *(Rules(question=OwnQuestion(asked="?", quoted=one)) for one in (True, False)),
            *(Rules(printing=one) for one in (Printing(), Printing(place="x"))),
            *(Rules(page=PublicPage.SIGNING, look=one) for one in Look),
            *(
                Rules(ordering=one, grouped=grouped)
                for one in Ordering
                for grouped in (True, False)
            ),
        )
        for sentence in rule_sentences(T, a_letter(rules=rules))
    }
    assert len(said) == 3 + 2 + 2 + 7 + 2 + 6 + 2 + 2 + 2 + 3 + 3 + 3


def test_a_lifted_embargo() -> None:
    """An embargo that was lifted is said to be over."""
    rules = Rules(embargo=Embargo(hides=Hidden.NAMES, until_listed=5))
    letter = replace(a_letter(rules=rules), unveiled_at=NOW)

    assert "Everyone can see who signed" in words_of(views.saved(T, letter))
