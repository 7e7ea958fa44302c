"""`/letter` never answers with silence."""

import pytest

from bot.app import registered
from bot.features.desk.slack.help import guide, help_reply, list_reply
from bot.letters.phases import Phase
from bot.locales import words
from bot.simulator.block_kit import check_message, check_view, total_text
from bot.slack.letter_picker import as_modal, as_typed, menu, parted
from bot.slack.payloads import Reply
from tests.support.reading import fields, words_of
from tests.support.worst import a_letter, long_words
from tests.support.worst_facts import a_home

T = words("en-GB")
HIDDEN = {"", "help", "?", "unpin", "asks"}
"""Words that the guide need not list: help itself, opposites, and older words."""


def shown(reply: Reply) -> str:
    return words_of({"blocks": list(reply.blocks)})


def test_help_fits() -> None:
    """Slack takes the help, and its text says the same as its blocks."""
    reply = help_reply(T, T("Here’s what you can do:"))

    assert check_message(list(reply.blocks)) == []
    assert all(f"/letter {word}" in reply.text for _, group in guide(T) for word, _, _ in group)
    assert len(reply.text) < 3900


@pytest.mark.parametrize("text", long_words(140))
def test_worst_list(text: str) -> None:
    """Slack takes the list of any number of letters, with any title."""
    letters = tuple(a_letter(id=number, title=text) for number in range(200))
    phases = [Phase.DRAFT, Phase.CLOSED, Phase.CANCELLED]
    own = tuple(
        a_letter(id=1000 + number, title=text, phase=phases[number % 3], reason=text)
        for number in range(200)
    )

    reply = list_reply(T, a_home(open_letters=letters, organised=own))

    assert check_message(list(reply.blocks)) == []
    assert total_text(reply.blocks) < 13_000
    assert len(reply.text) <= 3900


def test_empty_list() -> None:
    """With no letter at all the list says so, and how to start one."""
    said = shown(list_reply(T, a_home()))

    assert "No letters are open" in said
    assert "/letter new" in said


@pytest.mark.parametrize("text", long_words(140))
@pytest.mark.parametrize("count", [2, 5, 6, 100, 250])
def test_worst_menu(text: str, count: int) -> None:
    """Slack takes a menu of few letters and of many."""
    letters = [a_letter(id=number, title=text) for number in range(count)]

    for said in ("", "A Name", text * 3):
        reply = menu(T, "pin", letters, said)
        assert check_message(list(reply.blocks)) == []
        assert check_view(as_modal(T, reply)) == []
        assert "/letter pin #0" in reply.text


def test_menu_by_number() -> None:
    """Up to five letters are buttons, more are a menu; each pick is the command with a number."""

    def kinds(count: int) -> set[str]:
        reply = menu(T, "status", [a_letter(id=number) for number in range(count)])
        return {element["type"] for _, element in fields(list(reply.blocks))}

    assert kinds(5) == {"button"}
    assert kinds(6) == {"static_select"}
    (first, _) = menu(T, "pin", [a_letter(id=7), a_letter(id=8)], "APC").blocks[1:]
    assert first["accessory"]["value"] == "pin #7 APC"


def test_parted() -> None:
    """A number with its `#` in front is the letter; all else is what the command says."""
    assert parted("#7 APC") == ("#7", "APC")
    assert parted(" #7 ") == ("#7", "")
    assert parted("7 Amigos") == ("", "7 Amigos")
    assert parted("#7th Heaven") == ("", "#7th Heaven")
    assert parted("") == ("", "")


def test_as_typed() -> None:
    """What Slack escapes in a command is read as it was typed."""
    assert as_typed("A &amp; B &lt;C&gt; <https://example.org|example.org>") == (
        "A & B <C> https://example.org"
    )


def test_guide_is_whole() -> None:
    """Every word that does something stands in the help, and every word in the help does."""
    listed = {word for _, group in guide(T) for word, _, _ in group}

    assert set(registered().commands) - HIDDEN == listed
