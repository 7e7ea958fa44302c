"""An organiser's views of an amendment: form, preview, confirmation."""

from typing import Any

from bot.features.amendments.slack.changes import Changed, changes_blocks, kind_words
from bot.features.amendments.use_cases.proposals import Opening, Prospect
from bot.letters.amendment import NOTE_MOST, AmendmentKind, Proposal
from bot.letters.draft import SENDER_MOST, TITLE_MOST
from bot.letters.letter import Letter
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
    actions,
    button,
    context,
    field_block,
    modal,
    option,
    section,
    text_input,
    time_picker,
)
from bot.slack.models.shapes import OfLetter
from bot.slack.page_parts import addressing_fields
from bot.slack.text.escaping import escape, moment, plain
from bot.slack.text.rich_text import markdown_to_rich_text
from bot.slack.words.phases import title_line
from bot.slack.words.rules import choice_words


def form(t: Words, found: Opening, written: Proposal | None = None) -> View:
    """Return the form of an amendment, filled with the current text or an earlier proposal."""
    letter, text = found.letter, written.text if written else found.text
    body: dict[str, Any] = {
        "type": "rich_text_input",
        "action_id": "value",
        "min_lines": 8,
        "initial_value": markdown_to_rich_text(text.body),
    }
    effects = {
        AmendmentKind.COSMETIC: t("All signatures stay. Signers we can reach get a message."),
        AmendmentKind.MATERIAL: t(
            "Signers we can reach are asked to keep or withdraw their signatures."
        ),
    }
    options = {
        kind: option(kind_words(t, kind), kind.value, effect) for kind, effect in effects.items()
    }
    # No kind is preselected: the organiser must choose.
    kinds: dict[str, Any] = {
        "type": "radio_buttons",
        "action_id": "value",
        "options": list(options.values()),
    }
    if written:
        kinds["initial_option"] = options[written.kind]
    until = (written.answer_by if written else None) or found.answer_by
    hint = t("Only for a change of meaning. At least one day from now, in your time zone.")
    blocks: Blocks = [
        section(title_line(letter)),
        text_input("title", t.p("of a letter", "Title"), value=text.title, most=TITLE_MOST),
        text_input("sender", t("From"), value=text.sender, most=SENDER_MOST, optional=True),
        *addressing_fields(t, text),
        field_block("body", t("The letter"), body),
        field_block("kind", t("What kind of change is it?"), kinds),
        text_input(
            "note",
            t("Reason"),
            value=written.note if written else "",
            most=NOTE_MOST,
            multiline=True,
            hint=t("A note to everyone who signed. They see it above your changes."),
        ),
        field_block("answer_by", t("Answer by"), time_picker(until), hint=hint),
        context(escape(choice_words(t, letter.rules.silence))),
    ]
    return modal(
        t("Change the text"),
        blocks,
        close=t("Cancel"),
        submit=t("Review changes"),
        callback="amend",
        meta=OfLetter(letter=letter.id).kept(),
    )


def too_long_words(t: Words) -> str:
    """Return why a text is too long to edit in Slack, and what to do instead."""
    return t(
        "This text is too long to edit in Slack. Ask the person who runs Undersigned to change "
        "it from a file (letters amend)."
    )


def preview(t: Words, found: Prospect, changed: Changed, number: int = 1) -> View:
    """Return a preview of an amendment: its effects, a page of its changes (from 1), a button."""
    letter, proposal = found.letter, found.proposal
    does = t("Ask signers") if proposal.kind is AmendmentKind.MATERIAL else t("Change the text")
    yes = button(does, "amend.yes", proposal.id, style="primary")
    edit = button(t("Edit"), "amend.edit", proposal.id)
    pages = changes_blocks(t, changed, number, "amend.page", proposal.id, [])
    blocks: Blocks = [
        section(title_line(letter)),
        section("\n".join(f"• {said}" for said in effects(t, found))),
        context(escape(t.n("Note from the organisers:", "Notes from the organisers:", 1))),
        {"type": "section", "text": plain(proposal.note)},
        actions(yes, edit, block="amendment"),
        {"type": "divider"},
        *pages,
    ]
    return modal(
        t("Preview"),
        blocks,
        close=t("Cancel"),
        callback="amend.preview",
        meta=OfLetter(letter=letter.id).kept(),
    )


def effects(t: Words, found: Prospect) -> list[str]:
    """Return the effects of the amendment, one sentence each, as `mrkdwn`."""
    proposal, audience, silence = found.proposal, found.audience, found.letter.rules.silence
    if proposal.kind is AmendmentKind.COSMETIC:
        told = _told(t, audience.told, more=audience.more)
        said = [kind_words(t, AmendmentKind.COSMETIC), told]
        if found.looks_material:
            said.insert(0, f"*{t('This looks like a change of meaning.')}*")
    else:
        asked = t("No messages go out, because no one needs to be told or asked.")
        if audience.asked:
            asked = t.n(
                "{count} signer will be asked to keep or withdraw their signature.",
                "{count} signers will be asked to keep or withdraw their signatures.",
                audience.asked,
                more=audience.more,
            )
        when = "" if proposal.answer_by is None else moment(t, proposal.answer_by)
        until = t("Signers can answer until {when}.", when=when)
        said = [asked, f"{until} {escape(choice_words(t, silence))}"]
        if audience.collected:
            said.append(
                t.n(
                    "{count} signature was collected outside Slack, so its signer can’t be "
                    "asked. It stays on the list, for the version they signed.",
                    "{count} signatures were collected outside Slack, so their signers can’t be "
                    "asked. They stay on the list, for the version they signed.",
                    audience.collected,
                    more=audience.more,
                )
            )
    if found.unanswered:
        said.append(
            t.n(
                "{count} signer still hasn’t answered the last change. They’ll be asked about "
                "both.",
                "{count} signers still haven’t answered the last change. They’ll be asked about "
                "both.",
                found.unanswered,
            )
        )
    return said


def _told(t: Words, count: int, *, more: bool = False) -> str:
    if not count:
        return t("No messages go out, because no one needs to be told or asked.")
    return t.n(
        "{count} signer will get a message showing what changed.",
        "{count} signers will get a message showing what changed.",
        count,
        more=more,
    )


def amended(t: Words, letter: Letter, people: int) -> View:
    """Return the view that confirms that the text was changed."""
    blocks = [section(title_line(letter)), section(_told(t, people))]
    return modal(t("Text changed"), blocks, close=t("Done"))
