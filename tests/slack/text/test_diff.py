"""The changes of an amendment, as readers see them: complete, plain to everybody, within limits."""

import re
import time
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.characters import sound
from bot.letters.text_diff import Kind, Passage, difference
from bot.locales import Words, words
from bot.slack.text.diff import (
    changes_words,
    difference_pages,
    difference_start,
    difference_text,
    unified,
)
from bot.slack.text.escaping import plain, width
from tests.support.documents.letter_text import visible_text
from tests.support.live_marks import check_message, check_view, live_marks
from tests.support.pseudo import spoken
from tests.support.scenes.worst import HOSTILE, long_words

T = words("en-GB")
LARGEST_VIEW = 250_000

OLD = """# One Internet

We ask the Council to act.

This paragraph stays.

This one too.

It goes away."""
NEW = """# One Internet

We urge the Union to act now.

This paragraph stays.

This one too.

Contact: the Organiser"""

typed = st.lists(
    st.sampled_from([*HOSTILE, "a ", "word ", "\\*", "\\\\", "\n", "\n\n", "\x9b", "- "])
    | st.text(),
    max_size=12,
).map("".join)


def found(pages: list[list[dict[str, Any]]], style: str) -> str:
    """All words in one style, as the reader meets them."""
    return "".join(
        part["text"]
        for page in pages
        for block in page
        for element in block["elements"]
        for part in element["elements"]
        if element["type"] == "rich_text_quote" and part.get("style") == {style: True}
    )


def unescaped(text: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~\n])", r"\1", text)


def modal(blocks: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "modal", "title": plain("The changes"), "blocks": blocks}


def numbered(count: int) -> tuple[Passage, ...]:
    """So many changes, of which each is long enough to be seen."""
    old = "\n\n".join(
        f"Paragraph {number} says at some length what we ask." for number in range(count)
    )
    return difference(old, old.replace("what we ask", "what we urge"))


def test_a_change_is_told_in_words() -> None:
    """A reader without styles reads what was and what is now, and how much did not change."""
    assert visible_text(difference_pages(T, difference(OLD, NEW))[0]).splitlines() == [
        "1 paragraph unchanged",
        "Before:",
        "We ask the Council to act.",
        "After:",
        "We urge the Union to act now.",
        "2 paragraphs unchanged",
        "Removed:",
        "It goes away.",
        "Added:",
        "Contact: the Organiser",
    ]


def test_a_change_is_seen() -> None:
    """Removed words are struck through, added ones are bold, and the rest is neither."""
    was, now = difference_pages(T, difference(OLD, NEW))[0][1:3]
    assert was["elements"][1] == {
        "type": "rich_text_quote",
        "elements": [
            {"type": "text", "text": "We "},
            {"type": "text", "text": "ask", "style": {"strike": True}},
            {"type": "text", "text": " the "},
            {"type": "text", "text": "Council", "style": {"strike": True}},
            {"type": "text", "text": " to act."},
        ],
    }
    assert [part["text"] for part in now["elements"][1]["elements"] if "style" in part] == [
        "urge",
        "Union",
        " now",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (OLD, NEW, "1 paragraph changed. 1 paragraph removed. 1 paragraph added."),
        ("We sign.\n\nThey all sign.", "We sign!\n\nThey all sign!", "2 paragraphs changed."),
        ("Gone.", "", "1 paragraph removed."),
        ("Same.\n\nText.", "Same.\n\n\n\nText.", "The words are the same."),
        ("", "", "The words are the same."),
    ],
)
def test_changes_are_counted(old: str, new: str, said: str) -> None:
    """Parts that were changed, removed and added are counted in one sentence each."""
    assert changes_words(T, difference(old, new)) == said


def test_nothing_changed() -> None:
    """A page without changes says so or counts what stayed, and never is empty."""
    assert visible_text(difference_pages(T, difference("", ""))[0]) == "The words are the same."
    same = difference_pages(T, difference("One.\n\nTwo.", "One.\n\n\nTwo."))
    assert visible_text(same[0]) == "2 paragraphs unchanged"


def test_escapes_are_not_shown() -> None:
    """Characters that Markdown escapes are read plainly, unless the escape itself changed."""
    plainly = difference_pages(T, difference("1\\. We ask\\!", "1\\. We urge\\!"))[0]
    assert visible_text(plainly) == "Before:\n1. We ask!\nAfter:\n1. We urge!"
    marks = difference_pages(T, difference("We ask \\*all\\*.", "We ask *all*."))[0]
    assert visible_text(marks) == "Before:\nWe ask \\*all\\*.\nAfter:\nWe ask *all*."


def test_spaces_are_named() -> None:
    """A change of nothing but white space is named, for nobody sees it."""
    shown = visible_text(difference_pages(T, difference("- a\n- b", "- a\n  - b"))[0])
    assert "\nOnly spacing and line breaks changed:\nBefore:\n" in shown


def test_far_words_are_left_out() -> None:
    """A long paragraph leaves out the words far from every change."""
    stays = "".join(f"word{number} " for number in range(300))
    [was, _now] = difference_pages(
        T, difference(f"{stays}one {stays}two {stays}", f"{stays}1 {stays}2 {stays}")
    )[0]
    text = visible_text([was]).removeprefix("Before:\n")
    assert text.count("[…]") == 3
    assert len(text) < 4 * 210
    assert set(text.split()) <= {*stays.split(), "one", "two", "[…]"}
    assert text.startswith("[…] word")
    assert " one word0 " in text
    assert text.endswith("[…]")


@given(typed, typed)
def test_every_changed_word_is_there(old: str, new: str) -> None:
    """The words struck through on all pages are those that went, the bold ones those that came."""
    passages = difference(old, new)
    pages = difference_pages(T, passages, blocks=5, characters=300)
    for style, kind in (("strike", Kind.REMOVED), ("bold", Kind.ADDED)):
        pieces = [
            piece.text for passage in passages for piece in passage.pieces if piece.kind is kind
        ]
        changed = sound(unescaped("\0".join(pieces)))
        assert unescaped(found(pages, style)) == unescaped(changed)


@given(typed, typed)
def test_whatever_is_typed_is_words(old: str, new: str) -> None:
    """Slack takes every page and the message, and nothing typed is live in them."""
    passages = difference(old, new)
    start = difference_start(T, passages)
    assert check_message(start) == []
    for page in [start, *difference_pages(T, passages)]:
        assert check_view(modal(page)) == []
        for block in page:
            for element in block["elements"]:
                assert all(part["type"] == "text" and part["text"] for part in element["elements"])
    said = difference_text(T, passages)
    assert live_marks(said) == []
    assert not set("<>") & set(re.sub(r"<!date\^0+\^\{_\}\|[^<>]*>", "", said))


@spoken
@pytest.mark.parametrize("text", long_words(99_000))
def test_worst_changes(t: Words, text: str) -> None:
    """The longest letters of the worst words are shown in pages that Slack takes."""
    half = len(text) // 2
    for passages in (difference(text, text[half:]), difference("", text)):
        pages = difference_pages(t, passages)
        for page in pages:
            assert check_view(modal(page)) == []
            assert len(page) <= 40
            assert len(orjson.dumps(page)) < LARGEST_VIEW
        assert check_message(difference_start(t, passages)) == []
        assert width(difference_text(t, passages)) <= 3000


def test_a_long_side_goes_on() -> None:
    """A side that is longer than half a page is shown in parts, each under its name."""
    pages = difference_pages(T, difference("", "All of it is new. " * 400))
    labels = [line for page in pages for line in visible_text(page).splitlines() if ":" in line]
    assert labels == ["Added:"] * len(labels)
    for page in pages:
        assert visible_text(page).startswith("Added")


@pytest.mark.parametrize("characters", range(400, 1000, 40))
def test_never_cut_between_the_sides(characters: int) -> None:
    """A page, or a message, keeps its bounds, and has both sides of what it shows."""
    said = "It says what it says and not more. "
    old = [f"Principle {number} is of everybody. {said * (number % 4)}" for number in range(30)]
    passages = difference("\n\n".join(old), "\n\n".join(old).replace("everybody", "us all"))
    pages = difference_pages(T, passages, characters=characters)
    start = difference_start(T, passages, characters=characters)
    for page in [start, *pages]:
        shown = visible_text(page)
        assert shown.count("Before:") == shown.count("After:") > 0
        assert width(shown) <= characters + len(page)


def test_a_long_change_begins_on_both_sides() -> None:
    """A change too long for a message has the beginning of both sides in it."""
    old, new = (
        " ".join(f"{word}{number} stays{number}" for number in range(300)) for word in ("was", "is")
    )
    shown = visible_text(difference_start(T, difference(old, new)))
    assert "Before:\nwas0 stays0" in shown
    assert "After:\nis0 stays0" in shown


def test_a_message_says_how_many_follow() -> None:
    """A message shows the first changes and says how many more there are and where."""
    blocks = difference_start(T, numbered(30))
    shown = visible_text(blocks)
    assert len(blocks) <= 21
    assert shown.endswith("… plus 25 more changes. Press “What changed”.")
    assert shown.count("After:") == 5


def test_a_message_shows_a_few_changes() -> None:
    """A message that all changes fit in tells of no more."""
    assert "more change" not in visible_text(difference_start(T, difference(OLD, NEW)))


def test_a_change_shown_by_half_is_still_to_be_read() -> None:
    """A change of which one side alone fits counts among those to read."""
    long = "A sentence of the new paragraph. " * 120
    shown = visible_text(difference_start(T, difference("", long)))
    assert shown.endswith("… plus 1 more change. Press “What changed”.")


def test_text_of_a_message() -> None:
    """The text for screen readers has the count, each change and no styles, and is escaped."""
    assert difference_text(T, difference("A & B sign.", "A & C sign.")).splitlines() == [
        "1 paragraph changed.",
        "Before:",
        "\u2068A &amp; B sign.\u2069",
        "After:",
        "\u2068A &amp; C sign.\u2069",
    ]


def test_text_of_many_changes() -> None:
    """The text holds as many changes as its limit allows, and says how many follow."""
    said = difference_text(T, numbered(30), limit=1000)
    assert width(said) <= 1000
    shown = said.count("After:")
    assert shown > 3
    assert said.endswith(f"… plus {30 - shown} more changes. Press “What changed”.")


def test_lines_for_a_terminal() -> None:
    """At the command line each changed paragraph has lines with - and +, parted by empty lines."""
    assert unified(T, difference(f"{OLD}\nfor good\x9b.", NEW)) == (
        "  1 paragraph unchanged\n"
        "\n"
        "- We ask the Council to act.\n"
        "+ We urge the Union to act now.\n"
        "\n"
        "  2 paragraphs unchanged\n"
        "\n"
        "- It goes away.\n"
        "- for good.\n"
        "\n"
        "+ Contact: the Organiser\n"
    )
    assert unified(T, ()) == ""


def test_many_small_changes_are_quick() -> None:
    """A letter of nothing but short paragraphs, all of them changed, takes seconds at most."""
    passages = difference("\n\n".join(["old"] * 5_000), "\n\n".join(["new"] * 5_000))
    started = time.process_time()
    difference_pages(T, passages)
    difference_start(T, passages)
    difference_text(T, passages)
    assert time.process_time() - started < 3


def test_a_paragraph_of_nothing_to_see() -> None:
    """A paragraph of controls alone is shown as a blank: no element is without words."""
    [block] = difference_start(T, difference("", "\x9b"))
    assert [part["text"] for part in block["elements"][1]["elements"]] == [" "]
