"""An organiser's views of an amendment: form, preview, confirmation."""

from datetime import datetime
from typing import Any

from bot.features.amendments.slack.changes import changes_blocks
from bot.features.amendments.use_cases.proposals import Opening, Prospect
from bot.letters.amendment import NOTE_MOST, AmendmentKind, Proposal
from bot.letters.letter import Letter
from bot.letters.rules import Silence
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    actions,
    button,
    context,
    field_block,
    modal,
    option,
    section,
    text_input,
)
from bot.slack.payloads import remember
from bot.slack.text.escaping import escape, isolate, plain
from bot.slack.text.rich_text import markdown_to_rich_text
from bot.slack.times import moment
from bot.slack.words.rules import silence_words

View = dict[str, Any]


def form(t: Words, found: Opening, written: Proposal | None = None) -> View:
    """The form of an amendment, filled with the present text or with what was written before."""
    letter = found.letter
    body: dict[str, Any] = {
        "type": "rich_text_input",
        "action_id": "value",
        "min_lines": 8,
        "initial_value": markdown_to_rich_text(written.body if written else found.body),
    }
    until = (written.answer_by if written else None) or found.answer_by
    blocks: Blocks = [
        section(t("You change the text of *{title}*", title=escape(isolate(letter.title)))),
        field_block("body", t("The letter"), body, hint=t("Change in it what shall be changed.")),
        field_block("kind", t("What the change is"), _kinds(t, written)),
        text_input(
            "note",
            t("Why"),
            value=written.note if written else "",
            most=NOTE_MOST,
            multiline=True,
            hint=t("A word to everybody who signed: they read it above what changed."),
        ),
        field_block("answer_by", t("Until when they can answer"), _picker(until), hint=_hint(t)),
        context(escape(silence_words(t, letter.rules.silence))),
    ]
    return modal(
        t("Change the text"),
        blocks,
        close=t("Never mind"),
        submit=t("Show what changes"),
        callback="amend",
        meta=remember(letter=letter.id),
    )


def _hint(t: Words) -> str:
    return t("For another meaning only: at least a day from now, in your own time zone.")


def _picker(until: datetime) -> dict[str, Any]:
    return {
        "type": "datetimepicker",
        "action_id": "value",
        "initial_date_time": int(until.timestamp()),
    }


def _kinds(t: Words, written: Proposal | None) -> dict[str, Any]:
    """Nothing is chosen beforehand: the organiser declares it."""
    options = {
        AmendmentKind.COSMETIC: option(
            t("A correction: it means the same"),
            AmendmentKind.COSMETIC.value,
            t("Signatures stand, and everybody who signed is told."),
        ),
        AmendmentKind.MATERIAL: option(
            t("Another meaning"),
            AmendmentKind.MATERIAL.value,
            t("Everybody who signed is asked to keep or withdraw."),
        ),
    }
    made: dict[str, Any] = {
        "type": "radio_buttons",
        "action_id": "value",
        "options": list(options.values()),
    }
    return made | ({"initial_option": options[written.kind]} if written else {})


def too_long_words(t: Words, letter: Letter) -> str:
    """Why a text cannot be amended in Slack, and what can be done."""
    return t(
        "This text is too long to be changed in Slack. Save the new text as a Markdown or text file, "
        "and ask whoever runs Undersigned to amend it for you with `undersigned letters amend "
        "{number} FILE`.",
        number=letter.id,
    )


def preview(t: Words, found: Prospect, changed: tuple[str, list[Blocks]], number: int = 1) -> View:
    """Show an amendment's changes and effects, to be confirmed.

    Args:
        t: The organiser's words.
        found: What it would do.
        changed: How many changes there are, in words, and their pages.
        number: The page, from 1.
    """
    letter, proposal = found.letter, found.proposal
    material = proposal.kind is AmendmentKind.MATERIAL
    blocks: Blocks = [
        section(t("The text of *{title}* changes", title=escape(isolate(letter.title)))),
        section("\n".join(f"• {said}" for said in effects(t, found))),
        context(escape(t("Your word to them:"))),
        {"type": "section", "text": plain(proposal.note)},
        actions(button(t("Edit"), "amend.edit", proposal.id), block="amendment"),
        {"type": "divider"},
        *changes_blocks(t, changed, number, "amend.page", lambda page: f"{proposal.id}:{page}"),
    ]
    return modal(
        t("Preview"),
        blocks,
        close=t("Never mind"),
        submit=t("Ask the signers") if material else t("Correct the text"),
        callback="amend.preview",
        meta=remember(letter=letter.id, proposal=proposal.id),
    )


def effects(t: Words, found: Prospect) -> list[str]:
    """List the effects of the amendment, one sentence each; `mrkdwn`."""
    proposal, audience = found.proposal, found.audience
    if proposal.kind is AmendmentKind.COSMETIC:
        said = [
            t("A correction: all signatures stand."),
            _told(t, audience.told),
        ]
        if found.unanswered:
            said.append(
                t.n(
                    "{count} of them has not answered the change before, and is asked about both.",
                    "{count} of them have not answered the change before, and are asked about both.",
                    found.unanswered,
                )
            )
        return said
    silence = found.letter.rules.silence
    said = [_asked(t, audience.asked), _until(t, silence, proposal.answer_by)]
    if audience.collected:
        said.append(
            t.n(
                "{count} signature was gathered elsewhere and cannot be asked: it stays, with the "
                "text that it was given for.",
                "{count} signatures were gathered elsewhere and cannot be asked: they stay, with "
                "the text that they were given for.",
                audience.collected,
            )
        )
    if found.unanswered:
        said.append(
            t.n(
                "{count} of them has not answered the change before: they are asked anew about both, "
                "and the new date counts.",
                "{count} of them have not answered the change before: they are asked anew about "
                "both, and the new date counts.",
                found.unanswered,
            )
        )
    said.append(t("Until that date the letter cannot be handed over."))
    return said


def _told(t: Words, count: int) -> str:
    if not count:
        return t("Nobody has signed here yet, so nobody is told.")
    return t.n(
        "{count} signature: its signer gets a message with what changed.",
        "{count} signatures: their signers get a message with what changed.",
        count,
    )


def _asked(t: Words, count: int) -> str:
    if not count:
        return t("Nobody has signed here yet, so nobody is asked.")
    return t.n(
        "{count} signature: its signer is asked to keep or withdraw it.",
        "{count} signatures: their signers are asked to keep or withdraw them.",
        count,
    )


def _until(t: Words, silence: Silence, until: datetime | None) -> str:
    when = "" if until is None else moment(t, until)
    if silence is Silence.KEEP:
        return t(
            "They can answer until *{when}*. By this letter’s rule, whoever does not stays on the "
            "list, with the text that they signed.",
            when=when,
        )
    return t(
        "They can answer until *{when}*. By this letter’s rule, whoever does not is off the list "
        "then.",
        when=when,
    )


def amended(t: Words, letter: Letter, people: int) -> View:
    """After the yes."""
    return modal(
        t("The text is changed"),
        [
            section(
                t(
                    ":white_check_mark: The new text of *{title}* stands.",
                    title=escape(isolate(letter.title)),
                )
            ),
            section(
                t.n(
                    "A message is on its way about {count} signature.",
                    "Messages are on their way about {count} signatures.",
                    people,
                )
                if people
                else t("Nobody has signed yet, so nobody had to be told.")
            ),
            context(t("`/letter status #{number}` shows who has answered.", number=letter.id)),
        ],
        close=t("Done"),
    )
