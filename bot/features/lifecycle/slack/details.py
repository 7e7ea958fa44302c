"""The form that changes a posted letter's summary, goal and data contact."""

from dataclasses import astuple, replace

from bot.documents.characters import one_line
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.draft import (
    GOAL_MOST,
    RESPONSIBLE_MOST,
    SUMMARY_MOST,
    Details,
    details_of,
)
from bot.letters.ids import revision
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.locales import Words
from bot.slack.block_kit import View, context, modal, number_input, text_input
from bot.slack.features import Features
from bot.slack.letter_picker import for_letter
from bot.slack.models.shapes import Edited
from bot.slack.page_parts import both_versions, done_view
from bot.slack.payloads import Answer, Click, Command, Submission, update
from bot.slack.text.escaping import escape, isolate
from bot.slack.windows import may
from bot.slack.words.details import detail_words
from bot.slack.words.phases import title_line


def register(features: Features) -> None:
    """Register the form."""
    features.on_command("details", for_letter(Action.DESCRIBE, _details))
    features.on_submit("details", _save)
    features.on_click("details", _responsible)


async def _details(command: Command, letter: Letter) -> None:
    await command.open(form(command.t, letter))


async def _responsible(click: Click) -> None:
    letter = await click.allowed(int(click.value), Action.CHANGE_ORGANISERS)
    await click.show(form(click.t, letter))


async def _save(submission: Submission) -> Answer:
    values = submission.view.values
    memory = Edited.of(submission.view)
    before = await submission.allowed(memory.letter, Action.CHANGE_ORGANISERS)
    typed = replace(details_of(before), responsible=values.text("responsible").strip())
    if values.block("summary") is not None:
        typed = replace(
            typed,
            summary=one_line(values.text("summary")).strip(),
            goal=values.number("goal"),
        )
    try:
        letter = await lifecycle.describe(
            submission.database,
            letter=memory.letter,
            actor=submission.actor,
            details=typed,
            read=memory.read,
            trigger=submission.trigger,
        )
    except Refused as refused:
        if refused.refusal.reason is not Reason.CHANGED_MEANWHILE:
            raise
        found = await submission.allowed(memory.letter, Action.CHANGE_ORGANISERS)
        return update(form(submission.t, found, mine=typed))
    return update(done_view(submission.t, f"{title_line(letter)}\n{submission.t('Saved.')}"))


def form(t: Words, letter: Letter, *, mine: Details | None = None) -> View:
    """Return the form; if details changed since it was opened, `mine` are the typed ones."""
    saved = details_of(letter)
    shown = mine or saved
    summary, goal, responsible = detail_words(t).values()
    blocks = [] if mine is None else both_versions(t, _said(t, saved), _said(t, mine))
    if may(letter, Action.DESCRIBE):
        blocks += [
            text_input(
                "summary",
                summary,
                value=shown.summary,
                most=SUMMARY_MOST,
                optional=True,
                multiline=True,
            ),
            number_input("goal", goal, shown.goal, most=GOAL_MOST),
            context(
                escape(
                    t("People sign the title and the sender too. To change them, change the text.")
                )
            ),
        ]
    blocks.append(
        text_input(
            "responsible",
            responsible,
            value=shown.responsible,
            most=RESPONSIBLE_MOST,
            optional=True,
            hint=t(
                "A name and contact details. If you leave this empty, the organisers are "
                "named. A public page needs it."
            ),
        )
    )
    return modal(
        # Translators: the title of a form: a letter's summary and goal.
        t("Details"),
        blocks,
        close=t("Cancel"),
        submit=t("Save"),
        callback="details",
        meta=Edited(letter=letter.id, read=revision(saved)).kept(),
    )


def _said(t: Words, details: Details) -> list[str]:
    lines: list[str] = []
    for label, value in zip(detail_words(t).values(), astuple(details), strict=True):
        words = t.number(value) if isinstance(value, int) else value or t("(left empty)")
        lines.append(f"{escape(label)}: {escape(isolate(words))}")
    return lines
