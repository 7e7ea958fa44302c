import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.text import (
    LetterText,
    canonical,
    first_heading,
    front_matter,
    paragraphs,
    split_title,
)
from tests.support.scenes.published import LETTERS, Published


def text_sha256(body: str) -> str:
    """The hash of a letter with this text."""
    return LetterText.of("A title", "A sender", body).sha256


words = st.text("abcé#*", min_size=1, max_size=5)
bodies = st.lists(st.lists(words, min_size=1, max_size=4), min_size=1, max_size=6)


def _body(lines: list[list[str]]) -> str:
    return "\n".join(" ".join(line) for line in lines)


@given(bodies, st.sampled_from(["\r\n", "\r", "\n", "  \n", "\t\r\n", "\u2028"]))
def test_line_endings_do_not_change_what_is_signed(lines: list[list[str]], end: str) -> None:
    """The hash is that of the words, however a file or a form writes its lines."""
    body = _body(lines)
    expected = text_sha256(body)
    changed = unicodedata.normalize("NFD", body).replace("\n", end)
    assert text_sha256(changed) == expected
    assert text_sha256(f"\ufeff\n{changed}{end}{end}") == expected


@given(bodies, st.data())
def test_any_word_changes_what_is_signed(lines: list[list[str]], data: st.DataObject) -> None:
    """One other word, or one word more or less, is another text."""
    expected = text_sha256(_body(lines))
    line = data.draw(st.sampled_from(lines))
    at = data.draw(st.integers(0, len(line) - 1))
    old = line[at]
    line[at] = data.draw(words.filter(lambda word: word != old))
    assert text_sha256(_body(lines)) != expected
    line[at] = f"{old} {old}"
    assert text_sha256(_body(lines)) != expected


@given(
    st.text(
        st.characters(categories=["L", "M", "Z", "C", "P"]) | st.sampled_from("\r\n \ufeff\x0b"),
        max_size=60,
    )
)
def test_the_canonical_form_is_its_own(body: str) -> None:
    """The canonical form of a canonical form is itself, ends with one LF, and is what is hashed."""
    once = canonical(body)
    assert canonical(once) == once
    assert not once or (once.endswith("\n") and not once.endswith("\n\n"))
    printed = f"A title\nA sender\n\n{once}"
    assert text_sha256(body) == hashlib.sha256(printed.encode()).hexdigest()


def test_title_and_sender_are_signed() -> None:
    """Another title or sender is another text, and none of the three can pass for another one."""
    made = [("A", "B", "C"), ("A", "", "B\n\nC"), ("A", "", "C"), ("B", "A", "C"), ("A B", "", "C")]
    assert len({LetterText.of(*parts).sha256 for parts in made}) == len(made)
    written = LetterText.of(" A\r\nB\u2028", "e\u0301\x00", "C")
    assert written == LetterText("A B", "é", "C\n")


def test_addressee_and_subject_are_signed() -> None:
    """They have lines of their own, which no other part can pass for; without them nothing changes."""
    parts = [("", ""), ("B", ""), ("B\nC", ""), ("B C", ""), ("", "B"), ("B", "C"), ("C", "B")]
    made = [LetterText.of("A", "S", "Text", *some) for some in parts]
    made += [LetterText.of("A", "S", "To: B\n\nText"), LetterText.of("A", "S\nTo: B", "Text")]
    assert len({one.sha256 for one in made}) == len(made)
    assert made[0].canonical == "A\nS\n\nText\n"
    written = LetterText.of("A", "S", "Text", " The Minister \r\n\n Geneva", "On\nroads ")
    assert written.canonical == "A\nS\nTo: The Minister\nTo: Geneva\nSubject: On roads\n\nText\n"


def test_what_no_database_keeps_is_not_signed() -> None:
    """Control characters and halves of signs are out of the text before it is hashed."""
    assert canonical("\ufeffa\x00b\ud800c\x1b\n\ufeff") == "ab\ufffdc\n"


@pytest.mark.parametrize("letter", LETTERS, ids=str)
def test_the_published_text_is_kept(letter: Published) -> None:
    """The published letter starts with its title, and its paragraphs make it up again."""
    published = letter.text
    title, body = split_title(published)
    assert title == letter.title
    assert first_heading(published) == title
    assert body.startswith(letter.opening)
    again = canonical("\n\n".join(paragraphs(published)))
    assert again == canonical(published).replace("\n\n\n", "\n\n")


@pytest.mark.parametrize(
    ("markdown", "title", "body"),
    [
        ("# A title\n\nText", "A title", "Text\n"),
        ("#  A *fine* __title__ #\nText", "A fine title", "Text\n"),
        ("## [A title](https://example.org) \\#1", "A title #1", ""),
        ("A title\n=======\nText\n\nMore", "A title", "Text\n\nMore\n"),
        ("Text\n\n# Not the title", None, "Text\n\n# Not the title\n"),
        ("#hashtag\n\nText", None, "#hashtag\n\nText\n"),
        ("#\n\nText", None, "#\n\nText\n"),
        ("# C#\n\nText", "C#", "Text\n"),
        ("# __Bold__ _words_ `code`", "Bold words code", ""),
        ("# snake_case_name", "snake_case_name", ""),
        ("```\n# code\n```", None, "```\n# code\n```\n"),
        ("", None, ""),
    ],
)
def test_a_title_is_taken_off(markdown: str, title: str | None, body: str) -> None:
    """A heading at the top is the title and leaves the text; anything else stays in it."""
    assert split_title(markdown) == (title, body)


def test_the_first_heading_may_stand_anywhere() -> None:
    """The first heading is found further down, and never in fenced code."""
    assert first_heading("Text\n\n## Second\n\n# First") == "Second"
    assert first_heading("~~~\n\n# code\n\n~~~\n\nTitle\n---") == "Title"
    assert first_heading("Text only") is None


def test_paragraphs_part_at_empty_lines() -> None:
    """Empty lines part blocks, however many; fenced code stays whole."""
    body = "One\ntwo\n\n\n \nThree\n\n```\na\n\nb\n```\n\nFour"
    assert paragraphs(body) == ["One\ntwo", "Three", "```\na\n\nb\n```", "Four"]
    assert paragraphs("\n \n") == []


def test_front_matter() -> None:
    """Facts between two lines of dashes are told from the text; any other text stays as it is."""
    text = '---\ntitle: "Keep: them open"\ndate: 2027-03-01\nLanguage: de\n---\n\nWe ask.\n'
    facts = {"title": "Keep: them open", "date": "2027-03-01", "language": "de"}
    assert front_matter(text) == (facts, "\nWe ask.\n")
    for other in (
        "We ask.\n",
        "---\n\nWe ask.\n",
        "# T\n\n---\na: b\n---\n",
        "---\na\n---\nb\n",
        "---\na: b\n\nc\n---\n",
    ):
        assert front_matter(other) == ({}, other)
