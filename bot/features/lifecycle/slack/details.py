"""Title, summary, sender and goal of a letter that is posted: the form that changes them."""

from dataclasses import astuple, replace
from typing import Any

from bot.documents.characters import one_line
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.draft import (
    GOAL_MOST,
    RESPONSIBLE_MOST,
    SENDER_MOST,
    SUMMARY_MOST,
    TITLE_MOST,
    Details,
    details_of,
)
from bot.letters.ids import revision
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.locales import Words
from bot.slack.block_kit import Blocks, View, field_block, modal, text_input
from bot.slack.features import Features
from bot.slack.letter_picker import choose
from bot.slack.models.memories import Edited
from bot.slack.page_parts import both_versions, done_view
from bot.slack.payloads import Answer, Click, Command, Reply, Submission, update
from bot.slack.text.escaping import escape, isolate, width
from bot.slack.windows import may
from bot.slack.words.letter_list import title_line
from bot.use_cases import letter_lookup


def register(features: Features) -> None:
    """Register the form."""
    features.on_command("details", _details)
    features.on_submit("details", _save)
    features.on_click("details", _responsible)


async def _details(command: Command) -> Reply | None:
    letter = await choose(command, Action.DESCRIBE)
    if isinstance(letter, Reply):
        return letter
    await command.open(form(command.caller.t, letter))
    return None


async def _responsible(click: Click) -> None:
    """Open the form from the letter's privacy notice, in any phase."""
    letter = await letter_lookup.check(
        click.bot.database,
        letter=int(click.value),
        actor=click.caller.actor,
        action=Action.CHANGE_ORGANISERS,
    )
    await click.show(form(click.caller.t, letter))


async def _save(submission: Submission) -> Answer:
    caller, view = submission.caller, submission.view
    database, values = submission.bot.database, view.values
    memory = Edited.of(view)
    number = memory.letter
    before = await letter_lookup.check(
        database, letter=number, actor=caller.actor, action=Action.CHANGE_ORGANISERS
    )
    typed = replace(details_of(before), responsible=values.text("responsible").strip())
    if values.block("title") is not None:
        typed = Details(
            title=one_line(values.text("title")).strip(),
            summary=one_line(values.text("summary")).strip(),
            sender=one_line(values.text("sender")).strip(),
            goal=values.number("goal"),
            responsible=typed.responsible,
        )
    try:
        letter = await lifecycle.describe(
            database,
            letter=number,
            actor=caller.actor,
            details=typed,
            read=memory.read,
            trigger=submission.trigger,
        )
    except Refused as refused:
        if refused.refusal.reason is not Reason.CHANGED_MEANWHILE:
            raise
        found = await letter_lookup.check(
            database, letter=number, actor=caller.actor, action=Action.CHANGE_ORGANISERS
        )
        return update(form(caller.t, found, mine=typed))
    return update(done_view(caller.t, f"{title_line(letter)}\n{caller.t('Saved.')}"))


def form(t: Words, letter: Letter, *, mine: Details | None = None) -> View:
    """Return the fields; `mine` is what somebody typed while the letter's own changed."""
    saved = details_of(letter)
    shown = mine or saved
    goal: dict[str, Any] = {
        "type": "number_input",
        "action_id": "value",
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": str(GOAL_MOST),
    }
    if shown.goal is not None:
        goal["initial_value"] = str(shown.goal)
    blocks: Blocks = [
        *([] if mine is None else _both(t, saved, mine)),
    ]
    if may(letter, Action.DESCRIBE):
        blocks += [
            _text("title", t.p("of a letter", "Title"), shown.title, TITLE_MOST),
            _text("summary", t("Summary"), shown.summary, SUMMARY_MOST, optional=True),
            _text("sender", t("From"), shown.sender, SENDER_MOST, optional=True),
            field_block("goal", t("Goal"), goal, optional=True),
        ]
    blocks.append(
        text_input(
            "responsible",
            t("Responsible for this letter’s names"),
            value=shown.responsible,
            most=max(RESPONSIBLE_MOST, width(shown.responsible)),
            optional=True,
            hint=t("A name and how to reach it. Leave it empty to name the organisers."),
        )
    )
    return modal(
        # Translators: the title of a form: a letter's title, summary, sender and goal.
        t("Details"),
        blocks,
        close=t("Cancel"),
        submit=t("Save"),
        callback="details",
        meta=Edited(letter=letter.id, read=revision(saved)).kept(),
    )


def _text(
    field: str, label: str, value: str, most: int, *, optional: bool = False
) -> dict[str, Any]:
    # Slack may count an emoji as two: what is there already must fit.
    return text_input(
        field,
        label,
        value=value,
        most=max(most, width(value)),
        optional=optional,
        multiline=field == "summary",
    )


def _both(t: Words, saved: Details, mine: Details) -> Blocks:
    labels = (
        t.p("of a letter", "Title"),
        t("Summary"),
        t("From"),
        t("Goal"),
        t("Responsible for this letter’s names"),
    )
    differing = [
        (label, now, yours)
        for label, now, yours in zip(labels, astuple(saved), astuple(mine), strict=True)
        if now != yours
    ]
    return both_versions(
        t,
        [_said(t, label, now) for label, now, _ in differing],
        [_said(t, label, yours) for label, _, yours in differing],
    )


def _said(t: Words, label: str, value: str | int | None) -> str:
    empty = t("(left empty)")
    words = t.number(value) if isinstance(value, int) else value or empty
    return f"{escape(label)}: {escape(isolate(words))}"
