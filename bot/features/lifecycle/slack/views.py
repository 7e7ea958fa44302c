"""An organiser's views of the steps in a letter's life: forms and results."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.features.lifecycle.use_cases import deadline_revision
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.letters.signatory import Signatory
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
from bot.slack.models.shapes import Edited, OfLetter
from bot.slack.page_parts import and_more, both_versions, done_view
from bot.slack.text.escaping import clip, escape, isolate, moment, plain
from bot.slack.topic_messages import title_of
from bot.slack.words.deadlines import closing_words, deadline_field, reminder_days
from bot.slack.words.phases import due_words, standing_words, tally_words
from bot.slack.words.rules import embargo_words

MOVE, CLOSE = "move", "close"
"""Choices of the deadline form."""
TOP = "top"
"""The choice of the top instead of a heading."""
MORE_TIME = timedelta(days=7)
REASON_MOST = 300
MOST_ORGANISERS = 60


def closed_words(t: Words, letter: Letter) -> str:
    """Return the confirmation that a letter was closed, as `mrkdwn`."""
    return f"{t('Letter closed')}\n{escape(tally_words(t, letter.tally))}"


def cancelling(t: Words, letter: Letter) -> View:
    """Return the form for cancelling a letter, which asks for the reason."""
    blocks: Blocks = [
        section(f"*{title_of(letter)}*"),
        text_input(
            "reason",
            t("Reason"),
            most=REASON_MOST,
            multiline=True,
            hint=t("One sentence, shown on every card."),
        ),
        context(f"{t('You can’t undo this.')} {t('Nothing will be sent in the signers’ names.')}"),
    ]
    return modal(
        t("Cancel the letter"),
        blocks,
        close=t("Keep"),
        submit=t("Cancel the letter"),
        callback="cancel",
        meta=OfLetter(letter=letter.id).kept(),
    )


def cancelled(t: Words, letter: Letter) -> View:
    """Return the confirmation that a letter was cancelled."""
    return done_view(t, f"*{title_of(letter)}*\n{t('Letter cancelled')}")


def deadline(
    t: Words, letter: Letter, now: datetime, *, closes: bool, mine: datetime | None = None
) -> View:
    """Return the form to move the deadline or close now; for a closed letter, to reopen it.

    The letter is in its current phase. `closes` preselects closing. `mine` is the deadline that the
    organiser chose, if the saved one changed in between; the form then shows both.
    """
    is_closed = letter.phase is Phase.CLOSED
    said = standing_words(t, letter, letter.phase) if is_closed else due_words(t, letter)
    tally = escape(tally_words(t, letter.tally))
    blocks: Blocks = [section(f"*{title_of(letter)}*\n{said}"), section(tally, "tally")]
    if not is_closed:
        options = {
            MOVE: option(t("Move the deadline"), MOVE),
            CLOSE: option(
                t("Close now"),
                CLOSE,
                t("No more signing or reminders. The deadline below is ignored."),
            ),
        }
        chosen = radio("value", options, CLOSE if closes else MOVE)
        blocks.append(field_block("what", t("Deadline"), chosen))
        if letter.answer_by is not None and letter.answer_by > now:
            said = t(
                "If you close now, you can deliver from {when}, or once all signers have "
                "answered the text change.",
                when=moment(t, letter.answer_by),
            )
            blocks.append(context(said))
    offered = mine or (now if is_closed else letter.deadline) + MORE_TIME
    hint = f"{t('In your time zone.')} {reminder_days(t)}"
    blocks.append(deadline_field(t("New deadline"), offered, hint))
    if mine is not None:
        yours = moment(t, mine)
        blocks = [*both_versions(t, [moment(t, letter.deadline)], [yours]), *blocks]
    return modal(
        t("Deadline"),
        blocks,
        close=t("Cancel"),
        submit=t("Reopen") if is_closed else t("Save"),
        callback="deadline",
        meta=Edited(letter=letter.id, read=deadline_revision(letter)).kept(),
    )


def moved_words(t: Words, letter: Letter, *, reopened: bool) -> str:
    """Return the confirmation of the new deadline, which `letter` has already, as `mrkdwn`."""
    when = moment(t, letter.deadline)
    if reopened:
        said = t("Letter reopened until {when}", when=when)
    else:
        said = t("Deadline moved to {when}", when=when)
    said = f"{said}\n{closing_words(t, letter)}".rstrip()
    if letter.rules.embargo is None or letter.unveiled_at is not None:
        return said
    return f"{said}\n{t('The embargo doesn’t move with the deadline.')} {embargo_words(t, letter)}"


def pinned_words(t: Words, entry: str, word: str) -> str:
    """Return the confirmation that somebody was pinned or unpinned, as `mrkdwn`."""
    shown = escape(isolate(clip(entry, 600)))
    if word == "unpin":
        return t("Moved back into the list: {entry}", entry=shown)
    return t("Moved to the top: {entry}", entry=shown)


def headings(t: Words, letter: Letter, party: Signatory) -> View:
    """Return a button for each heading that an entry can be put under, and for the top."""
    offered = {TOP: t("Move to top")}
    offered |= {
        str(at): one for at, one in enumerate([t("No heading"), *letter.rules.printing.groups])
    }
    buttons = [
        button(one, f"group:{at}", f"{letter.id}:{party.id}:{at}") for at, one in offered.items()
    ]
    blocks = [section(escape(isolate(party.entry))), actions(*buttons, block="group")]
    return modal(t("Choose a heading"), blocks, close=t("Cancel"))


def organisers(t: Words, letter: Letter, running: Sequence[Person], done: str = "") -> View:
    """Return the list of organisers, with buttons to change it; `done` is the last change."""
    blocks: Blocks = [section(f":white_check_mark: {done}")] if done else []
    blocks.append(section(f"*{title_of(letter)}*"))
    loses = t("They won’t be able to see progress, send reminders or close the letter.")
    sure = confirm(t, t("Remove"), loses, danger=True)
    for number, person in enumerate(running[:MOST_ORGANISERS]):
        remove = None
        if len(running) > 1:
            action, value = f"organisers.remove:{number}", f"{letter.id}:{person}"
            remove = button(t("Remove"), action, value, style="danger", confirm=sure)
            remove = of_row(remove, person.user, number)
        blocks.append(section(f"<@{person.user}>", f"organiser.{number}", remove))
    blocks += and_more(t, len(running) - MOST_ORGANISERS)
    adding = t(
        "*Add an organiser*\nMust be a full member of this workspace. They can do everything "
        "you can."
    )
    picker = {
        "type": "users_select",
        "action_id": "organisers.add",
        "placeholder": plain(t("Choose someone"), 150),
    }
    blocks.append(section(adding, f"add.{len(running)}", picker))
    return modal(
        t("Organisers"),
        blocks,
        close=t("Done"),
        callback="organisers",
        meta=OfLetter(letter=letter.id).kept(),
    )
