"""What an organiser sees who adds signatures holds Slack's limits, whatever was typed."""

from dataclasses import replace
from typing import Any

import pytest

from bot.features.collected.rules import SOURCE_MOST
from bot.features.collected.slack import table_handlers
from bot.features.collected.slack import views as adding_views
from bot.features.collected.table import COLUMNS, SAMPLE, read_signatures
from bot.features.collected.use_cases.additions import Added, Brought, Outlook
from bot.letters.endorsement import Kind
from bot.letters.letter import Signers
from bot.letters.lines import COUNTRY_MOST, LINE_MOST, NAME_MOST
from bot.letters.rules import Confirmation, Rules
from bot.letters.standing import Standing
from bot.locales import words
from bot.simulator.block_kit import check_view
from tests.support.letters import PERMITTED, a_row
from tests.support.reading import fields, words_of
from tests.support.worst import a_letter, long_words
from tests.support.worst_facts import a_signatory

T = words("en-GB")


def an_outlook(line: str, **changes: Any) -> Outlook:
    usual = Outlook(
        line=line,
        sort_name=line,
        party=a_signatory(line, kind=Kind.ORGANISATION),
        joins=False,
        alike=(),
        row=2,
    )
    return replace(usual, **changes)


@pytest.mark.parametrize("text", long_words(LINE_MOST))
def test_worst(text: str) -> None:
    """Slack takes every step of adding one, whatever people had written."""
    letter = a_letter(title=text[:140], rules=Rules(confirmation=Confirmation.BOTH))
    name = text[:NAME_MOST]
    said = {"name": name, "title": name, "affiliation": name, "for_identification_only": "yes"}
    rows = [
        a_row(
            source=text[:SOURCE_MOST],
            **(PERMITTED | {"given_by": name, "given_role": name}),
            **said,
        ),
        a_row(organisation=name, via=name, country=text[:COUNTRY_MOST], source=text[:SOURCE_MOST]),
    ]
    for row in rows:
        assert check_view(adding_views.form(T, letter, row)) == []
        for joins in (True, False):
            for standing in Standing:
                party = a_signatory(text, kind=Kind.ORGANISATION, standing=standing)
                outlook = an_outlook(text, party=party, joins=joins, alike=(text, text, text))
                assert check_view(adding_views.look(T, letter, row, outlook)) == []
    for standing in Standing:
        kept = Added(endorsement="e1", line=text, standing=standing)
        assert check_view(adding_views.added(T, letter, kept)) == []


@pytest.mark.parametrize("text", long_words(LINE_MOST))
def test_worst_table(text: str) -> None:
    """Slack takes every step of adding a table, whatever stands in it."""
    letter = a_letter(title=text[:140])
    table = (text * 20)[: table_handlers.TABLE_MOST]
    outlooks = [
        an_outlook(text, joins=True),
        an_outlook(text, party=a_signatory(text, standing=Standing.UNCONFIRMED), alike=(text, text)),
    ] * 70  # fmt: skip
    views = (
        table_handlers.form(T, letter),
        table_handlers.form(T, letter, table, [text] * 21),
        table_handlers.look(T, letter, table, outlooks),
        table_handlers.look(T, letter, table, outlooks[:1]),
        table_handlers.added(T, Brought(added=140, listed=70)),
    )
    for view in views:
        assert check_view(view) == []


def test_only_what_the_letter_takes() -> None:
    """A letter of organisations offers no person to add."""
    offered = {
        signers: [
            option["value"]
            for block, element in fields(
                table_handlers.form(T, a_letter(signers=signers))["blocks"]
            )
            if block["block_id"] == "kind"
            for option in element["options"]
        ]
        for signers in Signers
    }
    assert offered == {
        Signers.EVERYONE: ["person", "organisation", "table"],
        Signers.PEOPLE: ["person", "table"],
        Signers.ORGANISATIONS: ["organisation", "table"],
    }


def test_the_form_says_again_what_was_typed() -> None:
    """Back from the look, nothing that was typed is lost."""
    row = a_row(organisation="Web Group", country="Spain", via="a Coalition", **PERMITTED)
    held = {
        block["block_id"]: element
        for block, element in fields(adding_views.form(T, a_letter(), row)["blocks"])
    }
    assert held["organisation"]["initial_value"] == "Web Group"
    assert held["source"]["initial_value"] == "A petition on paper"
    assert held["ground"]["initial_option"]["value"] == "written_permission"
    assert held["given_on"]["initial_date"] == PERMITTED["given_on"]


def test_what_the_rule_asks_is_said_before() -> None:
    """Where an organisation will wait, the form and the look say for what."""
    letter = a_letter(rules=Rules(confirmation=Confirmation.ORGANISER))
    row = a_row(organisation="Web Group")
    party = a_signatory("Web Group", kind=Kind.ORGANISATION, standing=Standing.UNCONFIRMED)
    asked = words_of(adding_views.form(T, letter, row))
    assert "once an organiser has recorded who gave permission" in asked
    shown = words_of(adding_views.look(T, letter, row, an_outlook("Web Group", party=party)))
    assert "Waits for your record" in shown


def test_the_sample_is_a_table() -> None:
    """The sample that people see can be read, and all columns are named beside it."""
    assert [row.kind for row in read_signatures(SAMPLE)] == ["organisation", "person"]
    shown = words_of(table_handlers.form(T, a_letter()))
    assert all(column in shown for column in COLUMNS)
