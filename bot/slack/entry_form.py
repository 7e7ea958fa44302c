"""The fields of an entry, shared by all forms that have one."""

from typing import Any

from bot.letters.endorsement import Facts
from bot.letters.entries import AFFILIATION_MOST, COUNTRY_MOST, NAME_MOST
from bot.locales import Words, words
from bot.slack.block_kit import Blocks, field_block, option, text_input
from bot.slack.models.values import Values


def identification_note(language: str) -> str:
    """Return the note "for identification only" after an affiliation, in the letter's language."""
    t = words(language)
    return t("for identification only")


def affiliation_fields(t: Words, facts: Facts) -> Blocks:
    """Return fields for a person's title and affiliation, and for the identification note."""
    ticked = option(t("Add “(for identification only)”"), "yes")
    box: dict[str, Any] = {"type": "checkboxes", "action_id": "value", "options": [ticked]}
    if facts.note:
        box["initial_options"] = [ticked]
    title = t.p("of a person", "Title")
    shown = t("Shown after your name to say who you are. Your organisation isn’t signing.")
    return [
        text_input("title", title, value=facts.title, most=NAME_MOST, optional=True),
        text_input(
            "affiliation",
            t("Affiliation"),
            value=facts.affiliation,
            most=AFFILIATION_MOST,
            optional=True,
            hint=shown,
        ),
        field_block("note", t.p("beside an affiliation", "Note"), box, optional=True),
    ]


def organisation_fields(t: Words, facts: Facts) -> Blocks:
    """Return fields for an organisation's name, its country, and the body it signs through."""
    exactly = t("Exactly as it should appear on the letter.")
    via = t("Signing through")
    return [
        text_input(
            "organisation",
            t("Organisation"),
            value=facts.organisation,
            most=NAME_MOST,
            hint=exactly,
        ),
        text_input(
            "country",
            t("Country"),
            value=facts.country,
            most=COUNTRY_MOST,
            optional=True,
            hint=t("Shown in brackets after the name."),
        ),
        text_input("via", via, value=facts.via, most=NAME_MOST, optional=True),
    ]


def typed_facts(values: Values, language: str) -> Facts:
    """Return the typed facts of an entry, and those of its signer if the form has such fields.

    An affiliation is for identification only unless the box is unticked.
    """
    noted = values.block("note") is None or "yes" in values.choices("note")
    return Facts(
        name=values.text("name"),
        title=values.text("title"),
        affiliation=values.text("affiliation"),
        organisation=values.text("organisation"),
        country=values.text("country"),
        via=values.text("via"),
        note=identification_note(language) if noted else "",
        role=values.text("role"),
        authorised="yes" in values.choices("authorised"),
    )
