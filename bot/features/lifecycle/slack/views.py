"""An organiser's views of the steps in a letter's life: forms and results."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.features.lifecycle.use_cases import deadline_revision
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    button,
    confirm,
    context,
    field_block,
    modal,
    section,
    text_input,
)
from bot.slack.page_parts import both_versions, done_view
from bot.slack.payloads import remember
from bot.slack.text.escaping import clip, escape, isolate
from bot.slack.words.deadlines import closing_words, deadline_field, grace_words, reminded_words
from bot.slack.words.phases import deadline_words, tally_words

View = dict[str, Any]

MORE_TIME = timedelta(days=7)
REASON_MOST = 300
NAME_MOST = 300


def _title(letter: Letter) -> str:
    return escape(isolate(letter.title))


def _form(t: Words, title: str, blocks: Blocks, submit: str, callback: str, **facts: Any) -> View:
    return modal(
        title,
        blocks,
        close=t("Never mind"),
        submit=submit,
        callback=callback,
        meta=remember(**facts),
    )


def closing(t: Words, letter: Letter) -> View:
    """Ask before a letter is closed."""
    blocks: Blocks = [
        section(t("Close *{title}* now?", title=_title(letter))),
        section(escape(tally_words(t, letter.tally, may_sign=False)), "tally"),
        context(
            t(
                "No one can sign after this, and reminders stop. Signers can still withdraw. "
                "You can reopen the letter later."
            )
        ),
    ]
    return _form(t, t("Close letter"), blocks, t("Close letter"), "close", letter=letter.id)


def closed(t: Words, letter: Letter) -> View:
    """After a letter was closed."""
    return done_view(
        t,
        t(
            "*{title}* is closed. {tally}",
            title=_title(letter),
            tally=escape(tally_words(t, letter.tally, may_sign=False)),
        ),
        t(
            "The cards will update in a moment. Next: `/letter deliver #{number}` saves the "
            "final list. `/letter reopen #{number}` takes more signatures.",
            number=letter.id,
        ),
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
    return _form(t, t("Cancel letter"), blocks, t("Cancel letter"), "cancel",
                 letter=letter.id)  # fmt: skip


def cancelled(t: Words, letter: Letter) -> View:
    """After a letter was cancelled."""
    return done_view(
        t,
        t("*{title}* is cancelled. The cards will show why in a moment.", title=_title(letter)),
        t("To remove a card from a channel: `/letter takedown #{number}`.", number=letter.id),
    )


def extending(t: Words, letter: Letter, mine: datetime | None = None) -> View:
    """Ask for another deadline, later or earlier.

    `mine` is what somebody chose while the letter's own was moved: both are shown.
    """
    said = t(
        "The deadline for *{title}* is {deadline}.",
        title=_title(letter),
        deadline=deadline_words(t, letter),
    )
    blocks: Blocks = [
        section(_with(said, closing_words(t, letter))),
        _deadline(t, letter, mine or letter.deadline + MORE_TIME),
        context(
            t(
                "You can also choose an earlier date. People who planned to sign later may miss "
                "it, so tell them."
            )
        ),
    ]
    if mine is not None:
        yours = deadline_words(t, replace(letter, deadline=mine))
        blocks = [*both_versions(t, [deadline_words(t, letter)], [yours]), *blocks]
    return _form(
        t,
        t("Move the deadline"),
        blocks,
        t("Move deadline"),
        "extend",
        letter=letter.id,
        read=deadline_revision(letter),
    )


def reopening(t: Words, letter: Letter, now: datetime) -> View:
    """Ask until when a closed letter shall take signatures again."""
    blocks: Blocks = [
        section(
            t(
                "*{title}* is closed. {tally}",
                title=_title(letter),
                tally=escape(tally_words(t, letter.tally, may_sign=False)),
            )
        ),
        _deadline(t, letter, now + MORE_TIME),
    ]
    return _form(t, t("Reopen letter"), blocks, t("Reopen"), "reopen", letter=letter.id)


def _deadline(t: Words, letter: Letter, suggested: datetime) -> dict[str, Any]:
    hint = t("In your time zone. Reminders go out {days}.", days=reminded_words(t))
    return deadline_field(t("New deadline"), suggested, _with(hint, grace_words(t, letter.grace)))


def _with(said: str, more: str) -> str:
    return f"{said} {more}" if more else said


def moved(t: Words, letter: Letter, *, reopened: bool) -> View:
    """After the deadline was moved; `letter` has the new one."""
    title, deadline = _title(letter), deadline_words(t, letter)
    if reopened:
        words = t("*{title}* is open again until {deadline}.", title=title, deadline=deadline)
    else:
        words = t("The deadline for *{title}* is now {deadline}.", title=title, deadline=deadline)
    then = t(
        "The cards will update in a moment. To tell people who haven’t signed: `/letter remind "
        "#{number}`.",
        number=letter.id,
    )
    return done_view(t, _with(words, closing_words(t, letter)), then)


def naming(t: Words, letter: Letter, word: str) -> View:
    """Ask who shall be pinned or unpinned."""
    unpins = word == "unpin"
    hint = t("Type the entry as it appears on the list, or a name in it.")
    blocks: Blocks = [
        section(
            t("Move a convener of *{title}* back into the normal order.", title=_title(letter))
            if unpins
            else t("List someone first on *{title}*, as a convener.", title=_title(letter))
        ),
        text_input("name", t("Who?"), most=NAME_MOST, hint=hint),
    ]
    title = t("Unpin a convener") if unpins else t("Pin a convener")
    return _form(t, title, blocks, t("Unpin") if unpins else t("Pin"), "pin",
                 letter=letter.id, word=word)  # fmt: skip


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
            row["accessory"] = button(
                t("Remove"),
                f"organisers.remove:{number}",
                f"{letter.id}:{person}",
                confirm=confirm(
                    t("Remove this organiser?"),
                    t("They won’t be able to see progress, send reminders or close the letter."),
                    t("Remove"),
                    t("Keep"),
                ),
            )
        blocks.append(row)
    if len(running) > 60:
        blocks.append(context(t.n("and {count} more", "and {count} more", len(running) - 60)))
    chooser = {"type": "users_select", "action_id": "value"}
    hint = t("Must be a full member of this workspace. They can do everything you can.")
    blocks.append(field_block(f"who.{len(running)}", t("Add an organiser"), chooser, hint=hint))
    return modal(
        t("Organisers"),
        blocks,
        close=t("Done"),
        submit=t("Add"),
        callback="organisers",
        meta=remember(letter=letter.id),
    )
