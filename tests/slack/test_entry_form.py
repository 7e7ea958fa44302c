"""The fields of an entry hold Slack's limits, and say again what they held."""

import pytest

from bot.letters.endorsement import Facts
from bot.letters.entries import COUNTRY_MOST, NAME_MOST
from bot.locales import Words, words
from bot.slack.block_kit import modal
from bot.slack.entry_form import (
    affiliation_fields,
    identification_note,
    organisation_fields,
    typed_facts,
)
from bot.slack.models.values import Values
from tests.support.live_marks import check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields
from tests.support.scenes.worst import long_words

T = words("en-GB")


@spoken
@pytest.mark.parametrize("text", long_words(NAME_MOST))
def test_worst_fields(t: Words, text: str) -> None:
    """Slack takes the fields whatever they held before."""
    facts = Facts(
        name=text,
        title=text,
        affiliation=text,
        organisation=text,
        country=text[:COUNTRY_MOST],
        via=text,
        note="for identification only",
    )
    for blocks in (affiliation_fields(t, facts), organisation_fields(t, facts, web=True)):
        assert check_view(modal("Entry", blocks, close="Close", submit="Save")) == []


def test_the_note_comes_back() -> None:
    """The box is ticked where the entry has the note, and an unticked one takes it away."""
    noted = Facts(name="Ada King", affiliation="Web Group", note=identification_note("en"))
    boxes = [
        next(element for block, element in fields(made) if block["block_id"] == "note")
        for made in (affiliation_fields(T, noted), affiliation_fields(T, Facts(name="Ada King")))
    ]
    assert ["initial_options" in box for box in boxes] == [True, False]

    unticked = Values({"note": {"value": {"selected_options": []}}}, ("note",))
    assert typed_facts(unticked, "en").note == ""
    assert typed_facts(Values({}, ("name",)), "en").note == "for identification only"
