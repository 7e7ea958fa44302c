"""Text comes back from a rich text input as it was typed, and untouched where nobody touched it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.text import canonical, paragraphs
from bot.slack.text.rich_text import markdown_to_rich_text, retyped
from tests.support.scenes.published import LETTERS, Published

LETTER = """### Why

We ask for *one* Internet.

| a | b |
|---|---|
| 1 | 2 |

- one
- two

It is for all."""


def changed(before: str, old: str, new: str) -> str:
    """The text after somebody replaced some words in the input."""
    block = markdown_to_rich_text(before)

    def replace(part: object) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("text"), str):
                part["text"] = part["text"].replace(old, new)
            for value in part.values():
                replace(value)
        elif isinstance(part, list):
            for one in part:
                replace(one)

    replace(block)
    return retyped(block, before)


def test_one_word() -> None:
    """Only the paragraph in which a word was changed is new."""
    assert changed(LETTER, "for all", "for everybody") == canonical(
        LETTER.replace("for all", "for everybody")
    )


def test_nothing() -> None:
    """A text that nobody touched comes back as it was, to the letter."""
    assert retyped(markdown_to_rich_text(LETTER), LETTER) == LETTER


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_list_stays_as_it_was(between: str) -> None:
    """A sentence behind a list leaves its items as they were, with or without empty lines."""
    items = between.join(f"{number}. **Principle.** It is number {number}." for number in (1, 2, 3))
    before = f"We ask:\n\n{items}\n\nThe end.\n"
    block = markdown_to_rich_text(before)
    block["elements"][-1]["elements"].append({"type": "text", "text": " One more sentence."})
    assert retyped(block, before) == before.replace("The end.", "The end. One more sentence.")


def test_all() -> None:
    """A text that was written over is the new one."""
    assert retyped(markdown_to_rich_text("All new."), LETTER) == "All new.\n"


@pytest.mark.parametrize("letter", LETTERS, ids=str)
@pytest.mark.parametrize("which", range(3))
def test_the_long_letter(letter: Published, which: int) -> None:
    """Each paragraph of a real letter without the word is as it was."""
    before = letter.text
    word = letter.words[which]
    after = set(paragraphs(changed(before, word, "X")))
    assert {one for one in paragraphs(before) if word not in one} <= after


@given(st.lists(st.sampled_from(["# A", "b *c*", "- d\n- e", "> f", "```\ng\n```"]), max_size=6))
def test_added_at_the_end(parts: list[str]) -> None:
    """Words added at the end change nothing before them."""
    before = "\n\n".join(parts)
    block = markdown_to_rich_text(before)
    block["elements"].append(
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "\n\nAdded."}]}
    )
    after = retyped(block, before)
    assert paragraphs(after)[-1] == "Added."
    assert sum(part in paragraphs(after) for part in ("# A", "b *c*")) == len(
        {"# A", "b *c*"} & set(parts)
    )
