"""An organiser's views for adding collected signatures: form, preview, result."""

from dataclasses import asdict
from hashlib import sha256
from typing import Any

from bot.features.collected.rules import SOURCE_MOST, YES, SignatureRow
from bot.features.collected.use_cases.additions import Added, Outlook, Standing
from bot.letters.endorsement import Facts, Kind
from bot.letters.letter import Letter, Signers
from bot.letters.lines import LINE_MOST, NAME_MOST
from bot.letters.rules import Confirmation
from bot.letters.standing import Ground
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    actions,
    button,
    context,
    field_block,
    modal,
    option,
    radio,
    section,
    text_input,
)
from bot.slack.letter_picker import command_button
from bot.slack.line_form import affiliation_fields, organisation_fields, typed_facts
from bot.slack.payloads import Values, remember
from bot.slack.text.escaping import escape, isolate, plain
from bot.slack.words.rules import confirmation_words
from bot.slack.words.standing import organiser_standing

View = dict[str, Any]

TABLE = "table"
"""The choice to add several at once: it stands beside the values of `Kind`."""


def agreed_words(t: Words) -> str:
    """Return the organiser's confirmation of consent; it is kept with the endorsement."""
    return t("By adding this you say that whoever signed agreed to be published with the letter.")


def kinds(letter: Letter) -> list[Kind]:
    """Return the kinds of signatures that a letter takes."""
    left_out = {Signers.PEOPLE: Kind.ORGANISATION, Signers.ORGANISATIONS: Kind.PERSON}
    return [kind for kind in Kind if kind is not left_out.get(letter.signers)]


def chooser(t: Words, letter: Letter, chosen: str) -> dict[str, Any]:
    """Build the menu of what is added: one signature of a kind, or a table."""
    said = {
        Kind.PERSON.value: t("A person"),
        Kind.ORGANISATION.value: t("An organisation"),
        TABLE: t("Several at once, as a table"),
    }
    offered = [*(kind.value for kind in kinds(letter)), TABLE]
    options = {value: option(said[value], value) for value in offered}
    return field_block(
        "kind", t("What do you add?"), radio("add.kind", options, chosen), dispatch=True
    )


def heading(t: Words, letter: Letter) -> dict[str, Any]:
    """Name the letter that signatures are added to."""
    title = escape(isolate(letter.title))
    return section(t("A signature of *{title}* that was given elsewhere", title=title))


def form(t: Words, letter: Letter, row: SignatureRow) -> View:
    """One signature: what makes its line, where it is from, and how that is known."""
    blocks: Blocks = [heading(t, letter), chooser(t, letter, row.kind)]
    facts = _facts(row)
    if row.kind == Kind.PERSON:
        blocks.append(text_input("name", t("Name"), value=row.name, most=NAME_MOST))
        blocks += affiliation_fields(t, facts)
    else:
        blocks += organisation_fields(t, facts)
    blocks += [_source(t, row), *_permission(t, letter, row)]
    return modal(
        t("Add a signature"),
        blocks,
        close=t("Cancel"),
        submit=t("Continue"),
        callback="add",
        meta=remember(letter=letter.id, kind=row.kind, language=letter.language),
    )


def _facts(row: SignatureRow) -> Facts:
    return Facts(
        name=row.name,
        title=row.title,
        affiliation=row.affiliation,
        organisation=row.organisation,
        country=row.country,
        via=row.via,
        note=row.for_identification_only if row.for_identification_only == YES else "",
    )


def _source(t: Words, row: SignatureRow) -> dict[str, Any]:
    return text_input(
        "source",
        t("Where it was given"),
        value=row.source,
        most=SOURCE_MOST,
        placeholder=t("E-mail to the secretariat, 3 March"),
        hint=t("Kept for the organisers, not on the letter."),
    )


def _permission(t: Words, letter: Letter, row: SignatureRow) -> Blocks:
    """Return the proof of permission: all four fields, or none."""
    grounds = {
        Ground.WRITTEN_PERMISSION: t("A written permission"),
        Ground.BOARD_DECISION: t("A decision of its board"),
        Ground.PUBLIC_STATEMENT: t("A public statement"),
        Ground.SPOKEN_WORD: t("Somebody’s spoken word"),
    }
    menu: dict[str, Any] = {
        "type": "static_select",
        "action_id": "value",
        "options": [option(said, ground.value) for ground, said in grounds.items()],
    }
    if row.ground in grounds:
        menu["initial_option"] = option(grounds[Ground(row.ground)], row.ground)
    picker: dict[str, Any] = {"type": "datepicker", "action_id": "value"}
    if row.given_on:
        picker["initial_date"] = row.given_on
    needs = letter.rules.confirmation
    is_organisation = row.kind == Kind.ORGANISATION
    why = t("How you know of it: fill in all four of these, or none.")
    if is_organisation and needs is not Confirmation.NONE:
        why = f"{why} {confirmation_words(t, needs)}"
    return [
        {"type": "divider"},
        context(escape(why)),
        field_block("ground", t("How you know"), menu, optional=True),
        text_input(
            "given_by", t("Who told you"), value=row.given_by, most=NAME_MOST, optional=True
        ),
        text_input(
            "given_role",
            t("Their role"),
            value=row.given_role,
            most=NAME_MOST,
            optional=True,
            hint=t("Both are kept for the organisers, not on the letter."),
        ),
        field_block("given_on", t("On which day"), picker, optional=True),
    ]


def typed_row(values: Values, kind: str, language: str) -> SignatureRow:
    """Read the form's fields as a row."""
    facts = typed_facts(values, language)
    return SignatureRow(
        kind=kind,
        name=facts.name,
        title=facts.title,
        affiliation=facts.affiliation,
        for_identification_only=YES if facts.note else "no",
        organisation=facts.organisation,
        country=facts.country,
        via=facts.via,
        source=values.text("source"),
        ground=values.choice("ground"),
        given_by=values.text("given_by"),
        given_role=values.text("given_role"),
        given_on=values.day("given_on"),
    )


def look(t: Words, letter: Letter, row: SignatureRow, outlook: Outlook) -> View:
    """The line as it will read, where it will stand, and who looks like it: for a yes."""
    blocks: Blocks = [heading(t, letter)]
    line = escape(isolate(outlook.line))
    if outlook.joins:
        there = escape(isolate(outlook.party.line))
        blocks.append(
            section(
                t(
                    "*{line}* has signed already. This adds another person who signed for it; it "
                    "counts once, and its line stays.",
                    line=there,
                )
            )
        )
    else:
        blocks.append(section(t("It will read on the letter:\n*{line}*", line=line)))
    stands = organiser_standing(t, letter, outlook.party)
    blocks.append(context(escape(t("Once added: {stands}", stands=stands))))
    if outlook.alike:
        blocks += _alike(t, outlook)
    if not outlook.joins:
        blocks.append(_sort(t, outlook))
    blocks += [
        context(escape(agreed_words(t))),
        actions(button(t("Change something"), "add.again")),
    ]
    return modal(
        t("Add a signature"),
        blocks,
        close=t("Cancel"),
        submit=t("Add it"),
        callback="add.yes",
        meta=remember(
            letter=letter.id,
            language=letter.language,
            text=letter.text_sha256,
            sort_name=outlook.sort_name,
            joins=outlook.joins,
            row=asdict(row),
        ),
    )


def _alike(t: Words, outlook: Outlook) -> Blocks:
    """The question whether it is one of those that look like it."""
    asked = t(
        ":mag: *Is it one of these?* They look like it, and are on this letter already. If so, "
        "close this."
    )
    lines = "\n".join(f"• {isolate(line)}" for line in outlook.alike)
    return [section(asked), {"type": "section", "text": plain(lines)}]


def _sort(t: Words, outlook: Outlook) -> dict[str, Any]:
    return text_input(
        f"sort_under.{sha256(outlook.line.encode()).hexdigest()[:12]}",
        t("Sort under"),
        value=outlook.sort_name,
        most=LINE_MOST,
        optional=True,
        hint=t("Only for the order of the list; nobody sees it."),
    )


def added(t: Words, letter: Letter, kept: Added) -> View:
    """Say what was added, and what can be done next."""
    stands = (
        t("It is on the list.")
        if kept.standing is Standing.LISTED
        else t("It is not on the list yet; `/letter status` says what it waits for.")
    )
    return modal(
        t("Added"),
        [
            section(f":white_check_mark: *{escape(isolate(kept.line))}*\n{stands}"),
            actions(command_button(t("Add another one"), "add", letter.id)),
            context(
                t("`/letter correct #{number}` changes its line, later too.", number=letter.id)
            ),
        ],
        close=t("Done"),
    )
