"""`/letter` never answers with silence."""

import pytest

from bot.app import registered
from bot.features.desk.slack.help import everyones, help_reply, known_words, organisers
from bot.locales import Words, words
from bot.slack.letter_picker import as_modal, as_typed, menu, parted
from bot.slack.payloads import Reply
from tests.support.live_marks import check_message, check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.worst import a_letter, long_words

T = words("en-GB")


def shown(reply: Reply) -> str:
    return words_of({"blocks": list(reply.blocks)})


@pytest.mark.parametrize(("runs", "most"), [(False, 5), (True, 15)])
def test_help_is_short(*, runs: bool, most: int) -> None:
    """Help is five lines, and fifteen at most for people who run a letter."""
    reply = help_reply(T, runs=runs)

    assert check_message(list(reply.blocks)) == []
    assert len(reply.text.splitlines()) <= most
    assert reply.text == "\n".join(shown(reply).splitlines())


@spoken
@pytest.mark.parametrize("text", long_words(140))
@pytest.mark.parametrize("count", [2, 5, 6, 100, 250])
def test_worst_menu(t: Words, text: str, count: int) -> None:
    """Slack takes a menu of few letters and of many."""
    letters = [a_letter(id=number, title=text) for number in range(count)]

    for said in ("", "A Name", text * 3):
        reply = menu(t, "pin", letters, said)
        assert check_message(list(reply.blocks)) == []
        assert check_view(as_modal(t, reply)) == []
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


def test_menu_tells_them_apart() -> None:
    """A letter to choose is shown with its state and deadline, in buttons and in a menu."""
    for count in (2, 6):
        reply = menu(T, "status", [a_letter(id=number) for number in range(count)])
        assert shown(reply).count("31 Mar") == count


def test_parted() -> None:
    """A number with its `#` in front is the letter; all else is what the command says."""
    assert parted("#7 APC") == ("#7", "APC")
    assert parted(" #7 ") == ("#7", "")
    assert parted("7 Amigos") == ("", "7 Amigos")
    assert parted("#7th Heaven") == ("", "#7th Heaven")
    assert parted("") == ("", "")


def test_as_typed() -> None:
    """Signs that Slack escapes in a command are read as they were typed."""
    assert as_typed("A &amp; B &lt;C&gt; <https://example.org|example.org>") == (
        "A & B <C> https://example.org"
    )


def test_taught_commands() -> None:
    """Six commands are taught to everybody; each word of help does something, and any is found."""
    known = registered().commands
    taught = {typed.removeprefix("/letter").strip() for typed, _ in [*everyones(T), *organisers(T)]}

    assert taught <= set(known)
    assert {"", "new", "status", "sign", "mine"} <= taught
    assert {"", "?"} & set(known_words(registered())) == set()
    assert taught - {""} <= set(known_words(registered()))
