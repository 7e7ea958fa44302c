"""The title and text that a message or a command gives to the form of a new letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.markdown_reading import read_markdown
from bot.features.drafts.slack.handlers import command_title, title_and_text, without_title
from bot.letters.draft import TITLE_MOST
from bot.slack.text.escaping import width
from bot.slack.text.rich_text import message_to_markdown

LONG = "A first line that goes on and on. " * 10


@pytest.mark.parametrize(
    ("markdown", "title", "text"),
    [
        ("# One Internet\n\nWe ask.", "One Internet", "We ask.\n"),
        ("\\# One Internet\n\nWe ask.\n\nNow.", "One Internet", "We ask.\n\nNow.\n"),
        ("**One *Internet***\n\nWe ask.", "One Internet", "We ask.\n"),
        ("One line only", "One line only", "One line only\n"),
        ("One\ntwo\n\nthree", "One", "One\ntwo\n\nthree\n"),
        ("One\ntwo\n\n## Three\n\nfour", "Three", "One\ntwo\n\n## Three\n\nfour\n"),
        ("", "", ""),
    ],
)
def test_title(markdown: str, title: str, text: str) -> None:
    """A heading or a first line on its own becomes the title and leaves the text."""
    assert title_and_text(markdown) == (title, text)


def test_long_first_line() -> None:
    """A first line too long for a title gives its first sentence, or none; the text stays whole."""
    title, text = title_and_text(f"{LONG}\n\nWe ask.")

    assert title == "A first line that goes on and on."
    assert LONG.strip() in text
    assert title_and_text(f"{'on and ' * 40}on.\n\nWe ask.")[0] == ""


def test_salutation() -> None:
    """Nobody's letter is called "Dear Minister,"."""
    assert title_and_text("Dear Minister,\n\nWe ask.") == ("", "Dear Minister,\n\nWe ask.\n")


def test_title_twice() -> None:
    """A text that begins with its title loses it, on any of its first lines; the rest stays."""
    body = "**Keep the ferries**\\\n3 March 2026\n\nKeep the *ferries*!\n\nWe ask."
    assert without_title(body, "Keep the Ferries") == "3 March 2026\n\n\nWe ask.\n"
    assert without_title(body, "") == f"{body}\n"
    assert without_title(body, "Open letter") == f"{body}\n"
    dated = "3 March 2026\\\nKeep the ferries,\\\nall of them\n\nWe ask."
    assert without_title(dated, "Keep the ferries, all of them") == "3 March 2026\n\nWe ask.\n"


@given(st.text())
def test_any_message(typed: str) -> None:
    """The title of any message fits, and no word of the message is lost."""
    markdown = message_to_markdown(typed.encode("utf-16", "replace").decode("utf-16"))

    title, text = title_and_text(markdown)

    assert width(title) <= TITLE_MOST
    assert "\n" not in title
    assert len(letters_in(markdown)) <= len(letters_in(text)) + len(letters_in(title))


def letters_in(markdown: str) -> str:
    """The letters and digits that a reader sees; marks of Markdown come and go."""
    seen = "".join(passage.visible for passage in read_markdown(markdown))
    return "".join(character for character in seen if character.isalnum())


@pytest.mark.parametrize(
    ("rest", "title"),
    [
        ("payload policy letter", "payload policy letter"),
        ("Rights &amp; <@U0MEMBER1|first> in <#C0GENERAL|general>", "Rights & first in #general"),
        ("", ""),
        ("x" * 500, "x" * (TITLE_MOST - 1) + "…"),
    ],
)
def test_command_title(rest: str, title: str) -> None:
    """`/letter new` takes a title behind it, in Slack's escaped form, as plain words."""
    assert command_title(rest) == title
