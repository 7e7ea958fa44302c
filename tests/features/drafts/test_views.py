"""An organiser's views before a letter is posted hold Slack's limits, and lose nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.desk.slack.status_views import draft as draft_window
from bot.features.drafts.slack import views
from bot.letters.draft import GOAL_MOST, SENDER_MOST, SUMMARY_MOST, TITLE_MOST, Draft
from bot.letters.letter import Signers, Tally
from bot.letters.phases import Phase
from bot.locales import Words, words
from bot.slack.refusal_words import notice_view
from bot.slack.text.rich_text import fits_form, rich_text_to_markdown
from bot.use_cases.letter_lookup import Whole
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.published import LETTERS, Published
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import a_status

T = words("en-GB")
LARGEST_VIEW = 250_000
DRAFT = Draft(
    title="One Internet",
    body="We ask for one Internet.",
    deadline=datetime(2026, 3, 17, 16, tzinfo=UTC),
    summary="Please sign.",
    sender="The Coalition",
    signers=Signers.ORGANISATIONS,
    goal=20,
)


def initial(view: views.View) -> dict[str, Any]:
    """Return what the fields of a form start with, by block id."""
    started: dict[str, Any] = {}
    for block, element in fields(view["blocks"]):
        for key, value in element.items():
            if key.startswith("initial_"):
                started[block["block_id"]] = value
    return started


def shown_of(t: Words, whole: Whole, number: int = 1) -> views.View:
    """Return the window of a draft."""
    return draft_window(t, a_status(whole.letter), whole, number)


def test_filled() -> None:
    """The form of a draft starts with everything that the draft says."""
    started = initial(views.form(T, DRAFT, letter=7, whole=True))

    assert started["title"] == DRAFT.title
    assert started["summary"] == DRAFT.summary
    assert started["sender"] == DRAFT.sender
    assert rich_text_to_markdown(started["body"]).strip() == DRAFT.body
    assert started["deadline"] == int(DRAFT.deadline.timestamp())
    assert started["signers"]["value"] == "organisations"
    assert started["goal"] == "20"


@given(st.text(min_size=1, max_size=TITLE_MOST), st.text(max_size=2000))
def test_any_words(title: str, body: str) -> None:
    """Slack takes the form and the preview of any words."""
    title = title.encode("utf-16", "replace").decode("utf-16")
    body = body.encode("utf-16", "replace").decode("utf-16")
    assert check_view(views.form(T, replace(DRAFT, title=title, body=body), whole=True)) == []
    shown = shown_of(T, Whole(letter=a_letter(title=title or "x", phase=Phase.DRAFT), body=body))
    assert check_view(shown) == []


@spoken
@pytest.mark.parametrize("text", long_words(3000))
def test_worst_words(t: Words, text: str) -> None:
    """Slack takes forms, previews and questions with the longest and oddest words."""
    draft = replace(
        DRAFT,
        title=text[:TITLE_MOST],
        summary=text[:SUMMARY_MOST],
        sender=text[:SENDER_MOST],
        goal=GOAL_MOST,
        body=text * 7,
    )
    letter = a_letter(
        title=draft.title,
        summary=draft.summary,
        sender=draft.sender,
        goal=GOAL_MOST,
        phase=Phase.DRAFT,
        tally=Tally(),
    )
    for shown in (
        views.form(t, draft, letter=7, whole=True),
        shown_of(t, Whole(letter=letter, body=draft.body)),
        shown_of(t, Whole(letter=letter, body=draft.body), 99),
        views.discarding(t, letter),
        views.discarded(t, letter.title),
        notice_view(t, views.too_long_words(t)),
        notice_view(t, views.no_words(t)),
    ):
        assert check_view(shown) == []
        assert len(orjson.dumps(shown)) < LARGEST_VIEW


@pytest.mark.parametrize("letter", LETTERS, ids=str)
def test_long_letter_fits(letter: Published) -> None:
    """A long letter fits the form, word for word."""
    body = letter.text
    shown = views.form(T, replace(DRAFT, body=body))

    assert check_view(shown) == []
    text = rich_text_to_markdown(initial(shown)["body"])
    assert text.replace("*", "").split() == body.replace("# ", "").split()


def test_too_long_for_the_form() -> None:
    """A text that is too long for a view is left out of the form, which says where it is changed."""
    body = "漢字かな交じり文。" * 11_000
    assert not fits_form(body)

    shown = views.form(T, replace(DRAFT, body=body), letter=7)

    assert check_view(shown) == []
    assert "body" not in initial(shown)
    assert "person who runs Undersigned" in words_of(shown)
    assert initial(shown)["title"] == DRAFT.title


def test_longest_letter_in_latin_fits() -> None:
    """100,000 plain characters, as many as a letter may have, fit the form."""
    assert fits_form("Letters, and more letters.\n\n" * (100_000 // 28))


def test_the_window_shows_both() -> None:
    """A draft's window shows the card as it will look and the letter, and all that can be done."""
    letter = a_letter(phase=Phase.DRAFT, tally=Tally())
    shown = shown_of(T, Whole(letter=letter, body=DRAFT.body))

    read = words_of(shown)
    assert "No signatures yet" in read
    assert "Sign by" in read
    assert DRAFT.body in read
    actions = [element["action_id"] for _, element in fields(shown["blocks"])]
    assert actions[4:] == ["draft.post", "invite", "command:edit", "command:more", "window:letters"]
    assert "Delete the draft" in str(shown)


def test_four_questions() -> None:
    """A new letter asks for its title, text, deadline and sender; the rest is behind More."""
    draft = replace(DRAFT, title="", body="")

    def asked(*, whole: bool) -> list[str]:
        view = views.form(T, draft, whole=whole)
        return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]

    assert asked(whole=False) == ["title", "body", "deadline", "sender"]
    assert {"summary", "signers", "goal", "grace"} <= set(asked(whole=True))
