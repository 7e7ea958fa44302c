"""The texts that a letter had are shown within Slack's limits."""

import pytest

from bot.features.amendments.slack.changes import history_page, text_page
from bot.features.amendments.use_cases.texts import History, Texts
from bot.features.signing.slack import own_views
from bot.letters.amendment import AmendmentKind
from bot.letters.rules import Rules, WithdrawnEntry
from bot.locales import Words, words
from tests.features.amendments.test_messages import a_change, an_amendment, worded
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import NOW, an_endorsement

T = words("en-GB")


@spoken
@pytest.mark.parametrize("text", long_words(140))
def test_worst_pages(t: Words, text: str) -> None:
    """Slack takes the list of amendments and every page of an old text."""
    letter = a_letter(title=text)
    found = History(
        letter=letter, amendments=tuple(an_amendment(n, (text * 9)[:600]) for n in range(99))
    )
    for number in (1, 2, 7, 99):
        assert check_view(history_page(t, found, number)) == []
    texts = Texts(
        letter=letter, old=worded((text + "\n\n") * 90, text[:140], text[:120]), new=worded("")
    )
    for number in (1, 2, 99):
        assert check_view(text_page(t, texts, number)) == []


def test_newest_first() -> None:
    """The last amendment comes first, with its kind, its note, and both ways to read."""
    found = History(
        letter=a_letter(),
        amendments=(
            an_amendment(1, "First."),
            an_amendment(2, "Second.", kind=AmendmentKind.COSMETIC),
        ),
    )
    view = history_page(T, found, 1)
    said = words_of(view)

    assert said.index("Second.") < said.index("First.")
    assert said.index("Small fix") < said.index("Change of meaning")
    assert [one["text"]["text"] for _, one in fields(view["blocks"])] == [
        "What changed", "Earlier version", "What changed", "Earlier version",
    ]  # fmt: skip


@pytest.mark.parametrize("rule", WithdrawnEntry)
@pytest.mark.parametrize("delivered", [False, True])
def test_questions_fit(rule: WithdrawnEntry, *, delivered: bool) -> None:
    """The question before a withdrawal is never cut."""
    letter = a_letter(rules=Rules(withdrawn_entry=rule), delivered_at=NOW if delivered else None)
    (pressed,) = own_views.buttons(T, letter, an_endorsement(), 0, None, delivered=delivered)

    assert "…" not in pressed["confirm"]["text"]["text"]


def test_answers_in_my_signature() -> None:
    """My signature has the answer that is asked for: one click keeps, and Withdraw asks first."""
    pressed = own_views.buttons(T, a_letter(), an_endorsement(), 0, a_change(), delivered=False)

    assert [one["text"]["text"] for one in pressed] == [
        "Keep my signature", "Withdraw", "What changed",
    ]  # fmt: skip
    assert ["confirm" in one for one in pressed] == [False, True, False]
