"""An organiser's views of a delivered copy hold Slack's limits, and nothing in them is live."""

from dataclasses import replace

import pytest

from bot.features.delivery.rules import DeliveredCopy, canonical_entries, with_hash
from bot.features.delivery.slack import views
from bot.features.delivery.use_cases.handover import Cut, Delivered
from bot.letters.endorsement import State
from bot.letters.letter import Letter, Tally
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.letters.rules import Embargo, Hidden, Rules, WithdrawnEntry
from bot.letters.text import LetterText
from bot.locales import Words, words
from bot.slack.words.rules import embargo_words
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.worst import HOSTILE, a_letter, long_words
from tests.support.scenes.worst_facts import NOW, a_listed, a_signatory, an_endorsement

T = words("en-GB")


def a_delivered(
    entry: str = "First Member", *, signed: int = 1, withdrawn: int = 0, **changes: object
) -> Delivered:
    """Make a letter that was delivered with so many entries, some withdrawn since."""
    entries = canonical_entries(
        a_listed(a_signatory(entry, number), an_endorsement(entry, number))
        for number in range(signed)
    )
    letter: Letter = a_letter(phase=Phase.DELIVERED, delivered_at=NOW, **changes)
    copy = DeliveredCopy(
        letter=letter.id, text=LetterText(letter.title, letter.sender, "We ask.\n"),
        entries=entries, people=signed, organisations=0,
        by=Person("T0COALITION", "U0ORGANISER"), cut_at=NOW, clock="postgresql",
    )  # fmt: skip
    gone = replace(
        an_endorsement(entry), withdrawn_at=NOW, ended=State.WITHDRAWN_AFTER_DELIVERY
    )  # fmt: skip
    return Delivered(letter=letter, copy=with_hash(copy), withdrawn=(gone,) * withdrawn)


@spoken
@pytest.mark.parametrize("text", long_words(1200))
def test_worst(t: Words, text: str) -> None:
    """Slack takes every view of a delivery, whatever people are called."""
    found = a_delivered(text, signed=95, withdrawn=200, title=text[:140])
    waiting = tuple(a_signatory(text, number) for number in range(10))
    letter = replace(found.letter, tally=Tally(people=10**6, waiting=10**6))
    cut = Cut(letter=letter, waiting=waiting, unanswered=10**6, answer_by=None)

    for view in (
        views.preview(t, cut),
        views.preview(t, replace(cut, answer_by=NOW)),
        views.handed_over(t, found),
        views.copy(t, found),
        *(views.list_page(t, found, number) for number in range(6)),
        views.text_page(t, found, 9),
    ):
        assert check_view(view) == []
        assert "<!channel>" not in str(
            [block for block in view["blocks"] if "mrkdwn" in str(block)]
        )


def test_preview_names_what_is_missing() -> None:
    """Before the yes: what is cut, and which organisations would not be on it."""
    letter = a_letter(phase=Phase.CLOSED, tally=Tally(people=2, organisations=15, waiting=3))
    cut = Cut(
        letter=letter, waiting=(a_signatory("Web Group"),), unanswered=4, answer_by=None
    )  # fmt: skip

    shown = words_of(views.preview(T, cut))

    for part in (
        "17 signatures: 15 organisations, 2 people",
        "3 organisations are left out",
        "Web Group",
        "and 2 more",
        "4 signatures are for an earlier version",
    ):
        assert part in shown.replace("\u2068", "").replace("\u2069", "")


def test_no_button_while_answers_are_awaited() -> None:
    """While signers may answer an amendment there is nothing to press, and it says until when."""
    letter = a_letter(phase=Phase.CLOSED)
    cut = Cut(letter=letter, waiting=(), unanswered=2, answer_by=NOW)
    view = views.preview(T, cut)

    assert not list(fields(view["blocks"]))
    assert "2 signers can still answer the last text change" in words_of(view)
    sooner = views.preview(T, replace(cut, can_end_sooner=True))
    assert "In Settings you can shorten this time" in words_of(sooner)
    assert [one["text"]["text"] for _, one in fields(sooner["blocks"])] == ["Settings"]


def test_hidden_names_can_be_shown() -> None:
    """Before delivery: names that are still hidden are told, with the button that shows them."""
    rules = Rules(embargo=Embargo(hides=Hidden.NAMES, until_listed=30))
    letter = a_letter(phase=Phase.CLOSED, rules=rules)
    view = views.preview(
        T, Cut(letter=letter, waiting=(), unanswered=0, answer_by=None, hidden=True)
    )

    assert "The names are hidden" in words_of(view)
    pressed = [one["text"]["text"] for _, one in fields(view["blocks"])]
    assert pressed == ["Deliver", "Show the list"]
    after = embargo_words(T, replace(letter, phase=Phase.DELIVERED))
    assert after == "The names are hidden. They appear when an organiser shows them."


def test_copy_says_all() -> None:
    """The copy has counts and the time; both hashes and which clock said so are behind Details."""
    found = a_delivered(signed=2)
    shown = words_of(views.copy(T, found))

    details = words_of(views.details_page(T, found))
    assert "2 signatures" in shown
    for part in (found.copy.copy_sha256, found.copy.text.sha256):
        assert part in details
        assert part not in shown
    assert "withdrawn" not in shown.casefold()
    pressed = [one["text"]["text"] for _, one in fields(views.copy(T, found)["blocks"])]
    assert pressed == ["The list", "The text", "Get the letter", "Details"]


@pytest.mark.parametrize(
    ("rule", "then"),
    [
        (WithdrawnEntry.REMOVED, "is removed from this list"),
        (WithdrawnEntry.MARKED, "marked as withdrawn"),
    ],
)
def test_withdrawn_after_delivery(rule: WithdrawnEntry, then: str) -> None:
    """A signer who withdrew since is named, and what became of their entry on the living list."""
    shown = words_of(views.copy(T, a_delivered(withdrawn=1, rules=Rules(withdrawn_entry=rule))))

    assert "1 signer withdrew after delivery." in shown
    assert "First Member" in shown
    assert then in shown


def test_every_entry_is_on_a_page() -> None:
    """The pages together are the list as it was cut."""
    found = a_delivered(signed=65)
    shown = [words_of(views.list_page(T, found, number)) for number in (1, 2, 3)]

    assert [text.count("First Member") for text in shown] == [30, 30, 5]


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_is_live(typed: str) -> None:
    """An entry that reads like a mention is words on the delivered list."""
    view = views.list_page(T, a_delivered(typed), 1)

    assert all(
        block["text"]["type"] == "plain_text" or typed not in block["text"]["text"]
        for block in view["blocks"]
        if block["type"] == "section"
    )
