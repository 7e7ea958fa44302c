"""Every "no" is said in words that help."""

import pytest

from bot.letters.refusals import Reason, Refusal
from bot.locales import Words, words
from bot.slack.refusal_words import notice_view, sentence, trouble
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.scenes.worst import long_words

T = words("en-GB")


def worst_facts(text: str) -> dict[str, object]:
    return {
        "title": text,
        "why": text,
        "entry": text,
        "name": text,
        "entries": [text] * 40,
        "count": 7,
        "most": 300,
        "length": 301,
    }


def test_every_reason_has_words() -> None:
    """Each refusal is a whole sentence, with no fact left open, also where it has no facts."""
    for reason in Reason:
        for refusal in (Refusal(reason), Refusal(reason, facts=worst_facts("One Internet"))):
            said = sentence(T, refusal)

            assert said[0].isupper() or said[0] in "“\u2068", reason
            assert said.rstrip("”").endswith((".", "`")), reason
            assert "{" not in said, reason


@spoken
@pytest.mark.parametrize("text", long_words(600))
def test_worst_facts(t: Words, text: str) -> None:
    """Slack takes any refusal as a modal, whatever people had written."""
    for reason in Reason:
        said = sentence(t, Refusal(reason, facts=worst_facts(text)))

        assert check_view(notice_view(t, said)) == [], reason


def test_under_embargo() -> None:
    """A refusal from which an embargo keeps the entry still reads as a sentence."""
    for reason in (Reason.OWN_SIGNATURE, Reason.ALREADY_OBJECTED):
        assert "this organisation" in sentence(T, Refusal(reason, facts={"entry": ""}))
    said = sentence(T, Refusal(Reason.NOT_AN_ORGANISATION, facts={"entry": ""}))
    assert "This entry" in said


def test_trouble() -> None:
    """A fault on our side is told as such, with what to do."""
    assert "Nothing was changed" in trouble(T)
    assert "try again" in trouble(T)
