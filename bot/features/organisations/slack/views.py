"""An organiser's views of the entries off the list, and of one entry with its records."""

from collections.abc import Sequence
from typing import Any

from bot.features.organisations.slack.removal_views import (
    removal_blocks,
    restore_button,
    signed_for_words,
)
from bot.features.organisations.use_cases.shown import Organisation, read_of
from bot.features.organisations.use_cases.standing import (
    REASON_MOST,
    Case,
    Confirmed,
    Decision,
    Objection,
)
from bot.letters.endorsement import Endorsement, Kind, domain_of
from bot.letters.entries import NAME_MOST
from bot.letters.letter import Letter
from bot.letters.signatory import Signatory
from bot.letters.standing import GROUNDS, Ground, Standing, Waits
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
    actions,
    button,
    confirm,
    context,
    field_block,
    modal,
    of_row,
    option,
    radio,
    section,
    text_input,
)
from bot.slack.models.shapes import OfLetter
from bot.slack.page_parts import and_more, arrows
from bot.slack.text.escaping import clip, escape, isolate, moment, plain
from bot.slack.words.phases import title_line
from bot.slack.words.rules import mention, organiser_standing, where_from

ROWS = 10
"""Organisations on a page."""
MOST_SIGNED, MOST_OBJECTIONS = 12, 8
"""Signers and objections shown of one organisation; each takes up to three blocks."""
WAY_MOST = 60
"""Previous pages that a view remembers; its metadata has room for 3,000 characters."""


class Listing(OfLetter):
    """Memory of three views: a page of the list, an entry, and the similar pairs."""

    way: tuple[str, ...] = ()
    """The last organisation of each previous page of the list."""
    after: str = ""
    """The organisation after which pairs were searched."""


class Deciding(Listing):
    """Memory of a form about one organisation."""

    signatory: str
    read: str
    """The state that it was made from (`use_cases/seen`)."""


def page_view(
    t: Words, title: str, blocks: Blocks, letter: Letter, way: Sequence[str] = (), after: str = ""
) -> View:
    """Return a page of the window without a form, with the way back to the list."""
    memory = Listing(letter=letter.id, way=tuple(way[-WAY_MOST:]), after=after)
    return modal(title, blocks, close=t("Close"), callback="organisations", meta=memory.kept())


def list_page(t: Words, letter: Letter, found: Sequence[Organisation], way: Sequence[str]) -> View:
    """Return a page of the entries that wait or were removed.

    `found` has one entry more than fits if another page follows.
    """
    page = found[:ROWS]
    blocks: Blocks = [section(title_line(letter))]
    if not page:
        blocks.append(section(escape(t("Nothing is waiting or removed."))))
    for number, one in enumerate(page):
        pressed = button(t("Open"), f"organisations.case:{number}", one.party.id)
        accessory = of_row(pressed, one.party.entry, number)
        blocks.append(section(_top(t, letter, one), accessory=accessory))
    buttons = arrows(
        t,
        "organisations.page",
        back="back" if way else None,
        on=page[-1].party.id if len(found) > ROWS else None,
    )
    if buttons:
        blocks.append(actions(*buttons, block="turn"))
    if not way:
        blocks += [{"type": "divider"}, actions(button(t("Possible duplicates"), "pairs", "from:"))]
    return page_view(t, t("Waiting or removed"), blocks, letter, way)


def _top(t: Words, letter: Letter, one: Organisation) -> str:
    """Return an entry and its standing, as `mrkdwn`."""
    if one.party.removed and not one.endorsements:
        stands = escape(t("Removed by an organiser"))
    else:
        signed = t("Signed {when}", when=moment(t, one.endorsements[0].signed_at))
        stands = f"{escape(organiser_standing(t, letter, one.party))}\n{signed}"
    return f"*{escape(isolate(one.party.entry))}*\n{stands}"


def case_page(t: Words, case: Case, way: Sequence[str], *, done: str = "") -> View:
    """Return an entry with its signers, records and objections; `done` confirms the last action."""
    one = case.organisation
    party = one.party
    blocks: Blocks = [section(f":white_check_mark: {escape(done)}")] if done else []
    blocks += [section(_top(t, case.letter, one)), *removal_blocks(t, case.removal)]
    if one.endorsements:
        blocks.append(_heading(t("Who signed")))
    for number, given in enumerate(one.endorsements[:MOST_SIGNED]):
        blocks += _signed(t, case, given, number)
    blocks += and_more(t, len(one.endorsements) - MOST_SIGNED)
    if party.kind is Kind.ORGANISATION and one.endorsements:
        blocks += [_heading(t("Proof of permission")), section(_recorded(t, one.confirmed))]
    if one.objections:
        blocks.append(_heading(t("Objections")))
        for objection in _weighty_last(one.objections)[-MOST_OBJECTIONS:]:
            blocks += _objection(t, objection)
        blocks += and_more(t, len(one.objections) - MOST_OBJECTIONS)
    if party.standing is Standing.UNCONFIRMED and (party.doubted or party.waits is Waits.NAME):
        blocks.append(context(escape(_doubt(t, party))))
    buttons = _choices(t, one)
    blocks.append(actions(*buttons, button(t("Back"), "organisations.page"), block="case"))
    title = t("Organisation") if party.kind is Kind.ORGANISATION else t("Person")
    return page_view(t, title, blocks, case.letter, way)


def _choices(t: Words, one: Organisation) -> Blocks:
    party = one.party
    objected = any(each.decided_at is None for each in one.objections)
    buttons: Blocks = []
    waits, value = party.waits, f"{party.id}:{read_of(one)}"
    if party.standing is not Standing.UNCONFIRMED:
        waits = Waits.NO
    if waits is Waits.NAME:
        buttons.append(button(t("Same person"), "organisations.same", value))
        buttons.append(button(t("Different people"), "organisations.accept", value))
    elif waits is Waits.LOOK:
        buttons.append(button(t("Accept"), "organisations.accept", value, style="primary"))
    elif party.kind is Kind.PERSON and party.standing is Standing.UNCONFIRMED:
        buttons.append(button(t("List as a person"), "organisations.accept", value))
    if objected:
        buttons.append(button(t("Review"), "organisations.decide", party.id, style="primary"))
    if party.kind is Kind.ORGANISATION and party.endorsements and not party.confirmed:
        buttons.append(button(t("Record permission"), "organisations.record", party.id))
    if party.removed:
        buttons.append(restore_button(t, party, read_of(one)))
    elif not objected:
        label = t("Remove from list") if waits is Waits.NO else t("Refuse")
        buttons.append(button(label, "removals.remove", party.id))
    domain = "" if waits is Waits.NO else clip(domain_of(one.endorsements), 50)
    if domain:
        every = t("Refuse all from {domain}", domain=domain)
        follows = t(
            "All waiting signatures from {domain} are refused, and so are later ones. Entries "
            "that are on the list stay there.",
            domain=domain,
        )
        sure = confirm(t, t("Refuse"), follows, danger=True)
        buttons.append(button(every, "organisations.domain", value, confirm=sure))
    return buttons


def _doubt(t: Words, party: Signatory) -> str:
    if party.waits is Waits.NAME:
        return t("Someone with this name signed in Slack. Is this the same person?")
    if party.kind is Kind.PERSON:
        return t("This name reads like an organisation, or like several people.")
    return t(
        "Everyone who signed for this organisation has the same name. If they’re different "
        "people, record permission. If not, remove one of them."
    )


def _heading(words: str) -> dict[str, Any]:
    return section(f"*{escape(words)}*")


def _signed(t: Words, case: Case, given: Endorsement, number: int) -> Blocks:
    facts, party = given.signature.facts, case.organisation.party
    who = ", ".join(escape(isolate(part)) for part in (facts.own_name, facts.role) if part)
    lines = [isolate(part) for part in (given.signature.entry, given.source) if part]
    lines.append(f"{t('Consent')}: {isolate(given.signature.consent)}")
    blocks: Blocks = [
        section(f"• {who} ({where_from(t, given)}), {moment(t, given.signed_at)}"),
        {"type": "section", "text": plain("\n".join(lines))},
    ]
    if party.kind is Kind.PERSON or party.removed:
        return blocks

    def remove(label: str, about: str) -> dict[str, Any]:
        value = f"{party.id}:{given.id}"
        pressed = button(label, f"signatures.remove:{about}{number}", value)
        return of_row(pressed, facts.name, number)

    blocks[0]["accessory"] = remove(t("Remove"), "")
    signed = case.signed_for(given)
    if signed > 1:
        said = signed_for_words(t, facts.name, signed)
        blocks.append(section(said, accessory=remove(t("Remove all"), "all")))
    return blocks


def _recorded(t: Words, confirmed: Confirmed | None) -> str:
    if confirmed is None:
        return escape(t("No proof of permission yet."))
    permission = confirmed.permission
    if permission.ground is Ground.YES_BY_MAIL:
        return t(
            "Approved by email from {domain}, {when}.",
            domain=escape(isolate(permission.given_by)),
            when=moment(t, confirmed.made_at),
        )
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
    """Return the label of each kind of proof of permission."""
    return {
        Ground.WRITTEN_PERMISSION: t("Written permission"),
        Ground.BOARD_DECISION: t("Board decision"),
        Ground.PUBLIC_STATEMENT: t("Public statement"),
        Ground.SPOKEN_WORD: t("Verbal agreement"),
    }


def _weighty_last(objections: Sequence[Objection]) -> list[Objection]:
    """Return objections with the open ones last, and of those the ones that take the entry off."""
    return sorted(objections, key=lambda one: (one.decided_at is None, one.tied))


def _objection(t: Words, objection: Objection) -> Blocks:
    who = ", ".join(escape(isolate(part)) for part in (objection.name, objection.role))
    by = mention(t, objection.person)
    by = f"{by}, {escape(isolate(objection.domain))}" if objection.domain else by
    blocks: Blocks = [
        section(f"• {who} ({by}), {moment(t, objection.made_at)}:"),
        {"type": "section", "text": plain(isolate(objection.reason))},
    ]
    if objection.decided_at is None:
        untied = t("We don’t know whether they’re from this organisation.")
        return blocks if objection.tied else [*blocks, context(escape(untied))]
    removed = objection.decision is Decision.REMOVED
    by, at = objection.decided_by, moment(t, objection.decided_at)
    if objection.decision is Decision.MOOT:
        decided = escape(t("No decision needed."))
    elif by is None:
        stays = t("An organiser reviewed the objection, and the signature stays.")
        decided = escape(t("An organiser removed the signature.") if removed else stays)
    elif removed:
        decided = t("Removed by <@{by}>, {when}.", by=by.user, when=at)
    else:
        decided = t("Kept by <@{by}>, {when}.", by=by.user, when=at)
    blocks.append(context(decided))
    if objection.why:
        blocks.append({"type": "section", "text": plain(isolate(objection.why))})
    return blocks


def record_form(t: Words, case: Case, way: Sequence[str]) -> View:
    """Return the form for an organiser's proof that an organisation signed."""
    party = case.organisation.party
    words = ground_words(t)
    options = {ground.value: option(words[ground], ground.value) for ground in GROUNDS}
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
    ]
    return _form(t, t("Record permission"), blocks, "organisations.record", case, way)


def decision_form(t: Words, case: Case, way: Sequence[str]) -> View:
    """Return the form for the decision to keep a disputed signature or not, with the reason."""
    one = case.organisation
    open_ones = [objection for objection in one.objections if objection.decided_at is None]
    blocks: Blocks = [section(f"*{escape(isolate(one.party.entry))}*")]
    shown = _weighty_last(open_ones or one.objections)
    for objection in shown[-3:]:
        blocks += _objection(t, objection)[:3]
    blocks += and_more(t, len(shown) - 3)
    counts = t("The signature counts if it meets this letter’s rules.")
    seen = t("Only organisers see this.")
    off = t("The signature comes off the list. You can change your decision later.")
    options = [
        option(t("Keep"), Decision.LISTED.value, counts),
        option(t("Remove"), Decision.REMOVED.value, off),
    ]
    chooser = {"type": "radio_buttons", "action_id": "value", "options": options}
    blocks += [
        field_block("decision", t("Should this signature stay?"), chooser),
        text_input("why", t("Reason"), most=REASON_MOST, multiline=True, hint=seen),
    ]
    return _form(t, t("Objection"), blocks, "decide", case, way)


def _form(
    t: Words, title: str, blocks: Blocks, callback: str, case: Case, way: Sequence[str]
) -> View:
    party = case.organisation.party.id
    memory = Deciding(
        letter=case.letter.id,
        way=tuple(way[-WAY_MOST:]),
        signatory=party,
        read=read_of(case.organisation),
    )
    return modal(
        title,
        [*blocks, actions(button(t("Back"), "organisations.case", party))],
        close=t("Close"),
        submit=t("Save"),
        callback=callback,
        meta=memory.kept(),
    )
