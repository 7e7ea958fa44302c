"""An organiser's views of the steps in a letter's life: forms and results."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.features.lifecycle.use_cases import deadline_revision
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
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
from bot.slack.models.memories import Edited, Memory, OfLetter
from bot.slack.page_parts import both_versions, done_view
from bot.slack.text.escaping import clip, escape, isolate, plain
from bot.slack.words.deadlines import closing_words, deadline_field, grace_words, reminded_words
from bot.slack.words.phases import deadline_words, tally_words

MOVE, CLOSE = "move", "close"
"""Choices of the form of a deadline."""
MORE_TIME = timedelta(days=7)
REASON_MOST = 300


def _title(letter: Letter) -> str:
    return escape(isolate(letter.title))


def _form(t: Words, title: str, blocks: Blocks, submit: str, callback: str, memory: Memory) -> View:
    return modal(
        title,
        blocks,
        close=t("Never mind"),
        submit=submit,
        callback=callback,
        meta=memory.kept(),
    )


def closed_words(t: Words, letter: Letter) -> str:
    """Confirm that a letter was closed; `mrkdwn`."""
    return t(
        "*{title}* is closed. {tally}",
        title=_title(letter),
        tally=escape(tally_words(t, letter.tally, may_sign=False)),
    )


def cancelling(t: Words, letter: Letter) -> View:
    """Ask for a word of why before a letter is cancelled."""
    blocks: Blocks = [
        section(t("Cancel *{title}*?", title=_title(letter))),
        text_input(
            "reason",
            t("Why?"),
            most=REASON_MOST,
            multiline=True,
            hint=t("One sentence, shown on every card."),
        ),
        context(
            t(
                "You can’t undo this. The letter is called off, and nothing will be sent in "
                "the signers’ names."
            )
        ),
    ]
    return _form(t, t("Cancel the letter"), blocks, t("Cancel the letter"), "cancel",
                 OfLetter(letter=letter.id))  # fmt: skip


def cancelled(t: Words, letter: Letter) -> View:
    """After a letter was cancelled."""
    return done_view(
        t,
        t("*{title}* is cancelled. The cards will show why in a moment.", title=_title(letter)),
    )


def deadline(
    t: Words, letter: Letter, now: datetime, *, closes: bool, mine: datetime | None = None
) -> View:
    """Ask for another deadline, or whether to close now; of a closed letter, until when to reopen.

    Args:
        t: The organiser's words.
        letter: The letter in its phase of now.
        now: The present instant.
        closes: Whether closing now is chosen at first.
        mine: The deadline that somebody chose while the letter's own was moved: both are shown.
    """
    is_closed = letter.phase is Phase.CLOSED
    said = (
        t("*{title}* is closed.", title=_title(letter))
        if is_closed
        else t(
            "Deadline for *{title}*: {deadline}",
            title=_title(letter),
            deadline=deadline_words(t, letter),
        )
    )
    more = "" if is_closed else closing_words(t, letter)
    tally = escape(tally_words(t, letter.tally, may_sign=False))
    blocks: Blocks = [section(_with(said, more)), section(tally, "tally")]
    if not is_closed:
        options = {
            MOVE: option(t("Move the deadline"), MOVE),
            CLOSE: option(
                t("Close now"),
                CLOSE,
                t("No one can sign after this, and reminders stop."),
            ),
        }
        chosen = radio("value", options, CLOSE if closes else MOVE)
        blocks.append(field_block("what", t("What do you want to do?"), chosen))
    offered = mine or (now if is_closed else letter.deadline) + MORE_TIME
    blocks.append(_deadline(t, letter, offered))
    if not is_closed:
        blocks.append(
            context(
                t(
                    "You can also choose an earlier date. People who planned to sign later may "
                    "miss it, so tell them."
                )
            )
        )
    if mine is not None:
        yours = deadline_words(t, replace(letter, deadline=mine))
        blocks = [*both_versions(t, [deadline_words(t, letter)], [yours]), *blocks]
    submit = t("Reopen") if is_closed else t("Save")
    return _form(
        t,
        t("Deadline"),
        blocks,
        submit,
        "deadline",
        Edited(letter=letter.id, read=deadline_revision(letter)),
    )


def _deadline(t: Words, letter: Letter, suggested: datetime) -> dict[str, Any]:
    hint = t("In your time zone. Reminders go out {days}.", days=reminded_words(t))
    return deadline_field(t("New deadline"), suggested, _with(hint, grace_words(t, letter.grace)))


def _with(said: str, more: str) -> str:
    return f"{said} {more}" if more else said


def moved_words(t: Words, letter: Letter, *, reopened: bool) -> str:
    """Confirm that the deadline was moved; `letter` has the new one; `mrkdwn`."""
    title, deadline = _title(letter), deadline_words(t, letter)
    if reopened:
        said = t("*{title}* is open again until {deadline}.", title=title, deadline=deadline)
    else:
        said = t("The deadline for *{title}* is now {deadline}.", title=title, deadline=deadline)
    return _with(said, closing_words(t, letter))


def pinned_words(t: Words, line: str, word: str) -> str:
    """Confirm that somebody was pinned or unpinned; `mrkdwn`."""
    shown = escape(isolate(clip(line, 600)))
    if word == "unpin":
        return t("*{line}* is back in the normal order of the list.", line=shown)
    return t("*{line}* is now listed first, as a convener.", line=shown)


def organisers(t: Words, letter: Letter, running: Sequence[Person], done: str = "") -> View:
    """List a letter's organisers, with ways to change them; `done` is what was just done."""
    blocks: Blocks = []
    if done:
        blocks.append(section(f":white_check_mark: {done}"))
    blocks.append(section(t("Organisers of *{title}*", title=_title(letter))))
    for number, person in enumerate(running[:60]):
        row = section(f"<@{person.user}>", f"organiser.{number}")
        if len(running) > 1:
            remove = button(
                t("Remove"),
                f"organisers.remove:{number}",
                f"{letter.id}:{person}",
                style="danger",
                confirm=confirm(
                    t("Remove this organiser?"),
                    t("They won’t be able to see progress, send reminders or close the letter."),
                    t("Remove"),
                    t("Keep"),
                    danger=True,
                ),
            )
            row["accessory"] = of_row(remove, person.user, number)
        blocks.append(row)
    if len(running) > 60:
        blocks.append(context(t.n("and {count} more", "and {count} more", len(running) - 60)))
    adding = section(
        t(
            "*Add an organiser*\nMust be a full member of this workspace. They can do everything "
            "you can."
        ),
        f"add.{len(running)}",
    )
    adding["accessory"] = {
        "type": "users_select",
        "action_id": "organisers.add",
        "placeholder": plain(t("Choose someone"), 150),
    }
    blocks.append(adding)
    return modal(
        t("Organisers"),
        blocks,
        close=t("Done"),
        callback="organisers",
        meta=OfLetter(letter=letter.id).kept(),
    )
