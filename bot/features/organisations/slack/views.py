"""An organiser's views of organisations: those that wait, and one case with its records."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.features.organisations.slack.memories import Deciding, Listing
from bot.features.organisations.slack.removal_views import removal_blocks, restore_button
from bot.features.organisations.use_cases.standing import (
    REASON_MOST,
    Case,
    Confirmed,
    Decision,
    Objection,
    Organisation,
)
from bot.letters.endorsement import Endorsement, Kind
from bot.letters.entries import NAME_MOST
from bot.letters.letter import Letter
from bot.letters.signatory import Signatory
from bot.letters.standing import Ground
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
    actions,
    button,
    context,
    field_block,
    modal,
    of_row,
    option,
    radio,
    section,
    text_input,
)
from bot.slack.pagination import arrows
from bot.slack.text.escaping import escape, isolate, plain
from bot.slack.times import moment
from bot.slack.words.letter_list import title_line
from bot.slack.words.standing import organiser_standing

ROWS = 10
"""Organisations a page."""
MOST_SIGNED, MOST_OBJECTIONS = 12, 8
"""Of one organisation; each takes up to three blocks."""
WAY_MOST = 60
"""Pages back that a view remembers, in its 3,000 characters."""


def list_page(t: Words, letter: Letter, found: Sequence[Organisation], way: Sequence[str]) -> View:
    """A page of those that wait or were removed, with a way to each and to names that look alike.

    Args:
        t: The organiser's words.
        letter: The letter.
        found: Those of this page, and one more where another page follows.
        way: The last organisation of each page before, the first page's first.
    """
    page = found[:ROWS]
    blocks: Blocks = [section(title_line(letter))]
    if not page:
        blocks.append(section(escape(t("Every entry is on the list."))))
    for number, one in enumerate(page):
        row = section(f"*{escape(isolate(one.party.entry))}*\n{_stands(t, letter, one)}")
        view = button(t("Open"), f"organisations.case:{number}", one.party.id)
        row["accessory"] = of_row(view, one.party.entry, number)
        blocks.append(row)
    buttons = arrows(
        t,
        "organisations.page",
        back="back" if way else None,
        on=page[-1].party.id if len(found) > ROWS else None,
    )
    if buttons:
        blocks.append(actions(*buttons, block="turn"))
    if not way:
        blocks += [
            {"type": "divider"},
            actions(button(t("Possible duplicates"), "pairs", "from:")),
        ]
    return modal(
        t("Waiting or removed"),
        blocks,
        close=t("Close"),
        callback="organisations",
        meta=Listing(letter=letter.id, way=_way(way)).kept(),
    )


def _way(way: Sequence[str]) -> tuple[str, ...]:
    return tuple(way[-WAY_MOST:])


def _stands(t: Words, letter: Letter, one: Organisation) -> str:
    if one.party.removed and not one.endorsements:
        return escape(t("Removed by an organiser"))
    signed = t("signed {when}", when=moment(t, one.endorsements[0].signed_at))
    return f"{escape(organiser_standing(t, letter, one.party))} ({signed})"


def case_page(t: Words, case: Case, way: Sequence[str], *, done: str = "") -> View:
    """One entry with all that is kept of it.

    Args:
        t: The organiser's words.
        case: The entry.
        way: The way back to the list.
        done: What was just done, if something was.
    """
    letter, one = case.letter, case.organisation
    party = one.party
    blocks: Blocks = []
    if done:
        blocks.append(section(f":white_check_mark: {escape(done)}"))
    blocks += [
        section(f"*{escape(isolate(party.entry))}*\n{_stands(t, letter, one)}"),
        *removal_blocks(t, case.removal),
    ]
    if one.endorsements:
        blocks.append(_heading(t("Who signed for it")))
    for given in one.endorsements[:MOST_SIGNED]:
        blocks += _signed(t, given)
    blocks += _rest(t, len(one.endorsements) - MOST_SIGNED)
    if party.kind is Kind.ORGANISATION and one.endorsements:
        blocks += [_heading(t("Proof of permission")), section(_recorded(t, one.confirmed))]
    if one.objections:
        blocks.append(_heading(t("Objections")))
        for objection in one.objections[-MOST_OBJECTIONS:]:
            blocks += _objection(t, objection)
        blocks += _rest(t, len(one.objections) - MOST_OBJECTIONS)
    blocks.append(actions(*_case_buttons(t, party), block="case"))
    return modal(
        t("Organisation") if party.kind is Kind.ORGANISATION else t("Person"),
        blocks,
        close=t("Close"),
        callback="organisations",
        meta=Listing(letter=letter.id, way=_way(way)).kept(),
    )


def _case_buttons(t: Words, party: Signatory) -> Blocks:
    buttons: Blocks = []
    if party.objections:
        review = button(t("Review"), "organisations.decide", party.id, style="primary")
        buttons.append(review)
    if party.kind is Kind.ORGANISATION and party.endorsements and not party.confirmed:
        buttons.append(button(t("Record permission"), "organisations.record", party.id))
    if party.removed:
        buttons.append(restore_button(t, party))
    elif not party.objections:
        buttons.append(button(t("Remove from list"), "removals.remove", party.id))
    return [*buttons, button(t("Back"), "organisations.page")]


def _heading(words: str) -> dict[str, Any]:
    return section(f"*{escape(words)}*")


def _rest(t: Words, count: int) -> Blocks:
    return [context(t.n("and {count} more", "and {count} more", count))] if count > 0 else []


def _signed(t: Words, given: Endorsement) -> Blocks:
    facts = given.signature.facts
    who = ", ".join(escape(isolate(part)) for part in (facts.name, facts.role) if part)
    where = t("Collected outside Slack") if given.person is None else f"<@{given.person.user}>"
    lines = [isolate(given.signature.entry)]
    if given.source:
        lines.append(isolate(given.source))
    lines.append(f"{t('Agreed to')}: {isolate(given.signature.consent)}")
    return [
        section(f"• {who} ({where}), {moment(t, given.signed_at)}"),
        {"type": "section", "text": plain("\n".join(lines))},
    ]


def _recorded(t: Words, confirmed: Confirmed | None) -> str:
    if confirmed is None:
        return escape(t("No proof of permission yet."))
    permission = confirmed.permission
    return t(
        "{ground} from {name}, {role}, {day}. Recorded by <@{by}>, {when}.",
        ground=escape(ground_words(t)[permission.ground]),
        name=escape(isolate(permission.given_by)),
        role=escape(isolate(permission.given_role)),
        day=escape(t.full_day(permission.given_on)),
        by=confirmed.by.user,
        when=moment(t, confirmed.made_at),
    )


def ground_words(t: Words) -> dict[Ground, str]:
    """Name the grounds on which an organiser knows that an organisation signed."""
    return {
        Ground.WRITTEN_PERMISSION: t("Written permission"),
        Ground.BOARD_DECISION: t("Board decision"),
        Ground.PUBLIC_STATEMENT: t("Public statement"),
        Ground.SPOKEN_WORD: t("Verbal agreement"),
    }


def _objection(t: Words, objection: Objection) -> Blocks:
    who = ", ".join(escape(isolate(part)) for part in (objection.name, objection.role))
    blocks: Blocks = [
        section(f"• {who} (<@{objection.person.user}>), {moment(t, objection.made_at)}:"),
        {"type": "section", "text": plain(isolate(objection.reason))},
    ]
    if objection.decided_at is None:
        return blocks
    blocks.append(context(_decided(t, objection, objection.decided_at)))
    if objection.why:
        blocks.append({"type": "section", "text": plain(isolate(objection.why))})
    return blocks


def _decided(t: Words, objection: Objection, when: datetime) -> str:
    removed = objection.decision is Decision.REMOVED
    if objection.decision is Decision.MOOT:
        return escape(t("No decision needed."))
    if objection.decided_by is None:
        stays = t("An organiser looked into it, and the signature stays.")
        return escape(t("An organiser removed it.") if removed else stays)
    by, at = objection.decided_by.user, moment(t, when)
    if removed:
        return t("Removed by <@{by}>, {when}.", by=by, when=at)
    return t("Kept by <@{by}>, {when}.", by=by, when=at)


def record_form(t: Words, case: Case, way: Sequence[str]) -> View:
    """Ask how an organiser knows that an organisation signed."""
    party = case.organisation.party
    words = ground_words(t)
    options = {ground.value: option(words[ground], ground.value) for ground in Ground}
    blocks: Blocks = [
        section(f"*{escape(isolate(party.entry))}*\n{t('Only organisers see this.')}"),
        field_block(
            "ground",
            t("Proof of permission"),
            radio("value", options, Ground.WRITTEN_PERMISSION.value),
        ),
        text_input("given_by", t("Who gave permission"), most=NAME_MOST),
        text_input("given_role", t("Their role"), most=NAME_MOST),
        field_block("given_on", t("Date"), {"type": "datepicker", "action_id": "value"}),
        _back(t, party.id),
    ]
    return modal(
        t("Record permission"),
        blocks,
        close=t("Close"),
        submit=t("Save"),
        callback="organisations.record",
        meta=Deciding(letter=case.letter.id, way=_way(way), signatory=party.id).kept(),
    )


def decision_form(t: Words, case: Case, way: Sequence[str]) -> View:
    """Ask whether a contested signature stands, and why."""
    one = case.organisation
    party = one.party
    open_ones = [objection for objection in one.objections if objection.decided_at is None]
    blocks: Blocks = [section(f"*{escape(isolate(party.entry))}*")]
    for objection in (open_ones or [*one.objections])[-3:]:
        blocks += _objection(t, objection)[:2]
    options = {
        Decision.LISTED.value: option(
            t("Keep"),
            Decision.LISTED.value,
            t("It counts as soon as it meets the letter’s rules."),
        ),
        Decision.REMOVED.value: option(
            t("Remove"),
            Decision.REMOVED.value,
            t("It stays off the list. You can change your decision later."),
        ),
    }
    chooser = {
        "type": "radio_buttons",
        "action_id": "value",
        "options": list(options.values()),
    }
    blocks += [
        field_block("decision", t("Should this signature stay?"), chooser),
        text_input(
            "why",
            t("Why"),
            most=REASON_MOST,
            multiline=True,
            hint=t("Only organisers see this."),
        ),
        _back(t, party.id),
    ]
    return modal(
        t("Objection"),
        blocks,
        close=t("Close"),
        submit=t("Save"),
        callback="decide",
        meta=Deciding(letter=case.letter.id, way=_way(way), signatory=party.id).kept(),
    )


def _back(t: Words, party: str) -> dict[str, Any]:
    return actions(button(t("Back"), "organisations.case", party))
