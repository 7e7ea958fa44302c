"""Parts of a letter's window fit Slack's limits and offer what the phase allows."""

from typing import Any

import pytest

from bot.app import registered
from bot.features.desk.slack.settings import settings_view
from bot.features.desk.slack.signers import ROWS, signers_view
from bot.features.desk.use_cases.settings import Settings
from bot.features.desk.use_cases.signers import SignersPage
from bot.letters.endorsement import Kind
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.letters.standing import Standing
from bot.locales import Words, words
from bot.slack.models.shapes import Memory, OfLetter, OpenView
from bot.slack.payloads import following
from bot.slack.text.escaping import escape, isolate
from bot.slack.windows import Part, Place
from bot.slack.words.rules import RULES
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import NOW, a_signatory

T = words("en-GB")
ROW_ACTS = registered().rows


def a_page(**changes: Any) -> SignersPage:
    nothing = {"more": False, "off_list": False}
    facts: dict[str, Any] = {"letter": a_letter(), "parties": (), **nothing}
    return SignersPage(**(facts | changes))


def shown(page: SignersPage, at: str = "") -> dict[str, Any]:
    place = Place(letter=7, part=Part.SIGNERS, at=at)
    return signers_view(T, page, place, ROW_ACTS, "")


def values(view: dict[str, Any]) -> list[str]:
    """Return the values of all that can be pressed."""
    blocks: list[dict[str, Any]] = view["blocks"]
    return [
        str(one.get("value", ""))
        for _, element in fields(blocks)
        for one in element.get("options", [element])
    ]


@spoken
@pytest.mark.parametrize("text", long_words(140))
@pytest.mark.parametrize("phase", list(Phase))
def test_worst_parts(t: Words, text: str, phase: Phase) -> None:
    """Slack takes every part of any letter."""
    letter = a_letter(title=text, summary=text * 9, sender=text, phase=phase, closed_at=NOW)
    parties = tuple(
        a_signatory((text * 9)[:1200], number, kind=Kind.ORGANISATION, pinned=number % 2)
        for number in range(ROWS)
    )
    people = tuple(Person("T0COALITION", f"U{number}") for number in range(80))
    found = Settings(letter=letter, organisers=people, first_signers=people)

    for at in ("", "s1", "?" + text[:80]):
        page = a_page(letter=letter, parties=parties, more=True, off_list=True)
        assert check_view(shown(page, at)) == []
    assert check_view(shown(a_page(letter=letter))) == []
    assert check_view(settings_view(t, found, escape(isolate(text)))) == []


def test_menu_of_an_entry() -> None:
    """An entry's menu has what can be done with it now: a person has no permission to record."""
    person = a_signatory("Ada", 1)
    organisation = a_signatory("TEDIC", 2, kind=Kind.ORGANISATION)
    waiting = a_signatory("APC", 3, kind=Kind.ORGANISATION, standing=Standing.UNCONFIRMED)
    first = a_signatory("First", 4, pinned=1)

    def menu(party: Any, phase: Phase = Phase.OPEN) -> set[str]:
        view = shown(a_page(letter=a_letter(phase=phase), parties=(party,)))
        return {one.partition(":")[0] for one in values(view) if one.endswith(party.id)}

    assert {"correct", "pin"} <= menu(person)
    assert {"correct", "pin", "details", "record"} <= menu(organisation)
    assert "pin" not in menu(waiting)
    assert "unpin" in menu(first)
    assert "pin" not in menu(first)
    assert not {"correct", "pin"} & menu(person, Phase.CANCELLED)


def test_settings_lead_on() -> None:
    """Each setting that can be changed in a phase leads to its form."""
    people = (Person("T0COALITION", "U1"),)

    def words_of(phase: Phase) -> set[str]:
        found = Settings(letter=a_letter(phase=phase), organisers=people, first_signers=())
        return {one.partition(" ")[0] for one in values(settings_view(T, found)) if "#7" in one}

    assert {"edit", "organisers", "found"} == words_of(Phase.DRAFT)
    assert {"deadline", "amend", "organisers", "history", "cancel"} <= words_of(Phase.OPEN)
    assert "deadline" in words_of(Phase.CLOSED)


def test_one_line_a_rule() -> None:
    """Each rule is a line with a button of its own, until delivery; the page can go later too."""

    def asked(phase: Phase) -> list[str]:
        found = Settings(letter=a_letter(phase=phase), organisers=(), first_signers=())
        view = settings_view(T, found, public_url="https://letters.example.org")
        offered = [one.removeprefix("7:") for one in values(view)]
        return [one for one in offered if one in RULES]

    assert asked(Phase.OPEN) == list(RULES)
    assert asked(Phase.DELIVERED) == ["page"]


def test_place_survives() -> None:
    """A place is read as it was written, whatever was searched for."""
    for place in (Place(), Place(letter=7, part=Part.SIGNERS, at="a?b:c"), Place(letter=9)):
        assert Place.parse(str(place)) == place


def an_open_view(window: str | None = None) -> OpenView:
    return OpenView.model_validate({"id": "V1", "private_metadata": Memory(window=window).kept()})


def test_place_is_carried() -> None:
    """A form above a window remembers the window, unless that would not fit Slack's limit."""
    below = an_open_view("7:signers:")
    form = {"type": "modal", "private_metadata": OfLetter(letter=7).kept()}
    full = {"type": "modal", "private_metadata": f'{{"way":"{"x" * 2980}"}}'}

    carried = following(below, form, T)

    assert carried["notify_on_close"]
    assert "7:signers:" in carried["private_metadata"]
    assert following(below, full, T) == full
    assert following(an_open_view(), form, T) == form
    assert following(None, form, T) == form


def test_removal() -> None:
    """Any entry can be removed from its menu, and a removed one restored."""
    listed = a_signatory("Ada", 1)
    gone = a_signatory("APC", 2, kind=Kind.ORGANISATION, removed=True, standing=Standing.REMOVED)
    offered = values(shown(a_page(parties=(listed, gone))))

    assert f"remove:{listed.id}" in offered
    assert f"restore:{gone.id}" in offered
    assert f"remove:{gone.id}" not in offered
