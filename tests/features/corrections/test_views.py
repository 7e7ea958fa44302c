"""The views of a correction hold Slack's limits, whatever was typed."""

from dataclasses import replace
from typing import Any

import pytest

from bot.features.corrections.rules import Answer, Correction
from bot.features.corrections.slack import handlers, views
from bot.features.corrections.use_cases import Entry, Looked
from bot.letters.endorsement import Capacity, Facts
from bot.letters.entries import COUNTRY_MOST, ENTRY_MOST, NAME_MOST
from bot.letters.people import Person
from bot.locales import Words, words
from tests.support.live_marks import check_message, check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.worst import a_letter, long_words
from tests.support.scenes.worst_facts import NOW, an_endorsement

T = words("en-GB")


def a_correction(**changes: Any) -> Correction:
    usual = Correction(
        id="c1",
        letter=7,
        endorsement="e1",
        old="Tedic",
        entry="TEDIC (Paraguay)",
        facts=Facts(name="", organisation="TEDIC", country="Paraguay"),
        sort_name="TEDIC",
        was=Facts(name="", organisation="Tedic"),
        was_sort_name="Tedic",
        by=Person("T0COALITION", "U0ORGANISER"),
        made_at=NOW,
    )
    return replace(usual, **changes)


def an_entry(text: str, capacity: Capacity, *, collected: bool = False, own: bool = False) -> Entry:
    name = text[:NAME_MOST]
    facts = Facts(
        name=name, title=name, affiliation=name, organisation=name, country=text[:COUNTRY_MOST],
        via=name, note="for identification only", role=name, authorised=True,
    )  # fmt: skip
    given = an_endorsement(text)
    signature = replace(given.signature, capacity=capacity, facts=facts)
    person = None if collected else given.person
    return Entry(
        letter=a_letter(title=text[:140]),
        endorsement=replace(given, person=person, signature=signature),
        own=own,
    )


@spoken
@pytest.mark.parametrize("text", long_words(ENTRY_MOST))
def test_worst(t: Words, text: str) -> None:
    """Slack takes every form, look and message, whatever people had written."""
    letter = a_letter(title=text[:140])
    for capacity in Capacity:
        for collected, own in ((False, False), (True, False), (False, True)):
            entry = an_entry(text, capacity, collected=collected, own=own)
            signature = entry.endorsement.signature
            assert check_view(views.form(t, entry, signature.facts)) == []
            for asks in (True, False):
                looked = Looked(entry=entry, signature=signature)
                assert check_view(views.look(t, looked, asks=asks)) == []
    for answer in (None, *Answer):
        correction = a_correction(old=text, entry=text, answer=answer)
        assert check_view(views.done(t, correction)) == []
        for made in (handlers.message, handlers.answered):
            said, blocks = made(t, letter, correction)
            assert check_message(blocks) == []
            assert 0 < len(said) <= 3900


def test_who_can_be_asked() -> None:
    """Only somebody else in the workspace can be asked; the form offers it for no other."""
    offered = [
        any(block.get("block_id") == "how" for block, _ in fields(made["blocks"]))
        for collected, own in ((False, False), (True, False), (False, True))
        for entry in [an_entry("Web Group", Capacity.ORGANISATION, collected=collected, own=own)]
        for made in [views.form(T, entry, entry.endorsement.signature.facts)]
    ]
    assert offered == [True, False, False]


def test_both_entries_and_two_ways() -> None:
    """The question shows both entries, says which is listed, and takes yes or no."""
    _, blocks = handlers.message(T, a_letter(), a_correction())
    said = words_of({"blocks": blocks})
    assert "Tedic" in said
    assert "TEDIC (Paraguay)" in said
    assert "suggests a correction to how you’re listed. Nothing" in said
    assert [one["text"]["text"] for _, one in fields(blocks)] == ["Yes, change it", "No, keep it"]


def test_private_facts_stay_out_of_the_form() -> None:
    """A delegate's name and role are not carried through a correction's views."""
    entry = an_entry("Web Group", Capacity.ORGANISATION)
    facts = replace(entry.endorsement.signature.facts, name="A Delegate", role="Treasurer")
    signature = replace(entry.endorsement.signature, facts=facts)
    looked = Looked(entry=entry, signature=signature)
    shown = str(views.form(T, entry, facts)) + str(views.look(T, looked, asks=True))
    assert "A Delegate" not in shown
    assert "Treasurer" not in shown
