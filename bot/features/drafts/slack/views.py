"""An organiser's views before posting: form, preview, confirmation."""

from collections.abc import Sequence
from typing import Any

from bot.documents.characters import one_line
from bot.documents.mail import LeftOut, Part
from bot.documents.markdown_reading import read_markdown
from bot.letters.draft import (
    GOAL_MOST,
    SENDER_MOST,
    SUMMARY_MOST,
    TITLE_MOST,
    Draft,
    draft_revision,
)
from bot.letters.letter import Letter, Signers
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
    number_input,
    of_row,
    option,
    radio,
    section,
    text_input,
)
from bot.slack.models.shapes import MEMORY_MOST, Edited
from bot.slack.page_parts import addressing_fields, both_versions
from bot.slack.text.escaping import clip, escape, isolate, moment, width
from bot.slack.text.rich_text import fits_form, markdown_to_rich_text
from bot.slack.words.deadlines import deadline_field, grace_fields, grace_words
from bot.slack.words.phases import title_line


class NewLetter(Edited):
    """Memory of the form of a letter."""

    left_out: tuple[LeftOut, ...] = ()
    """The parts of a mail that can be put back."""
    is_read: bool = False
    """True if the text was looked at for a mail's parts."""
    start: int | None = None
    """The earlier letter that it is started from."""


SHOWN_MOST = 200
MOST_SHOWN = 1_500
"""The most characters of each letter text when two drafts are compared."""


def form(
    t: Words,
    draft: Draft,
    *,
    letter: int = 0,
    whole: bool = False,
    saved: Draft | None = None,
    left_out: Sequence[LeftOut] | None = None,
    start: int | None = None,
) -> View:
    """Return the form of a draft; a new letter shows four fields, and More shows the rest.

    A text too long for the form is left out and stays unchanged.

    Args:
        t: The organiser's words.
        draft: The initial values of the fields.
        letter: The number of the draft that is edited; 0 for a new letter.
        whole: Whether a new letter's form has all fields instead of only four.
        saved: The saved draft, if somebody else changed it in between; else None.
        left_out: The parts of a mail that were left out; None if nobody looked for them.
        start: The earlier letter that a new one is started from, if any.
    """
    memory = NewLetter(
        letter=letter,
        read=draft_revision(saved or draft) if letter else None,
        left_out=tuple(left_out or ()),
        is_read=left_out is not None,
        start=start,
    )
    if width(memory.kept()) > MEMORY_MOST:
        # Without their texts, they can't be put back.
        memory = memory.model_copy(update={"left_out": ()})
    taken = t(
        "Organisers, rules and channels come from letter #{number}. The public page is off, and "
        "you can invite those who signed.",
        number=start or 0,
    )
    blocks: Blocks = [
        *([] if start is None else [context(escape(taken))]),
        *([] if saved is None else _both(t, letter, saved, draft)),
        *_left_out(t, left_out or (), undo=bool(memory.left_out)),
        text_input("title", t.p("of a letter", "Title"), value=draft.title, most=TITLE_MOST),
        _body(t, draft.body, len(left_out or ())),
        deadline_field(t("Deadline"), draft.deadline, t("In your time zone.")),
        text_input(
            "sender",
            t("From"),
            value=draft.sender,
            most=SENDER_MOST,
            optional=True,
            hint=t("The coalition or people behind the letter. Shown on the card."),
        ),
    ]
    if whole or letter:
        labels = _signer_labels(t).items()
        options = {one.value: option(label, one.value) for one, label in labels}
        hint = t("What the letter asks for, in a sentence or two. Shown on the card.")
        aim = t("How many signatures you’re aiming for.")
        blocks += [
            text_input(
                "summary",
                t("Summary"),
                value=draft.summary,
                most=SUMMARY_MOST,
                optional=True,
                multiline=True,
                hint=hint,
            ),
            *addressing_fields(t, draft),
            *grace_fields(t, draft.grace),
            field_block("signers", t("Who can sign"), radio("value", options, draft.signers.value)),
            number_input("goal", t("Goal"), draft.goal, most=GOAL_MOST, hint=aim),
        ]
    else:
        blocks.append(actions(button(t("More"), "draft.more")))
    return modal(
        t("Edit the letter") if letter else t("New letter"),
        blocks,
        close=t("Cancel"),
        submit=t("Save and preview"),
        callback="draft",
        meta=memory.kept(),
    )


def _left_out(t: Words, parts: Sequence[LeftOut], *, undo: bool) -> Blocks:
    return [
        section(
            f"{escape(said)}\n{escape(shown)}".rstrip(),
            f"left.{number}.{len(parts)}",
            of_row(button(t("Undo"), f"draft.undo:{number}", str(number)), said, number)
            if undo
            else None,
        )
        for number, one in enumerate(parts)
        for said, shown in [(_part_words(t, one), _beginning(one.text))]
    ]


def _part_words(t: Words, one: LeftOut) -> str:
    return {
        Part.HEADER: t("Left out: who wrote the email, and when."),
        Part.GREETING: t("Left out: the greeting of the email."),
        Part.INTRODUCTION: t("Left out: what was written above the letter."),
        Part.QUOTES: t("Left out: the quote marks at the start of each line."),
        Part.SIGNATURE: t("Left out: the end of the email."),
        Part.EARLIER: t("Left out: the earlier emails."),
        Part.NAMES: t.n(
            "Left out: {count} name at the end. Once the letter is posted, you can add it under "
            "Signers.",
            "Left out: {count} names at the end. Once the letter is posted, you can add them under "
            "Signers.",
            one.count,
        ),
    }[one.part]


def _beginning(markdown: str) -> str:
    words = " ".join(passage.text for passage in read_markdown(markdown))
    return words and isolate(clip(one_line(words), SHOWN_MOST))


def _both(t: Words, letter: int, saved: Draft, mine: Draft) -> Blocks:
    """Return how the saved and the typed draft differ, with only the beginning of the text."""
    blocks = both_versions(t, _facts(t, saved), _facts(t, mine))
    if saved.body != mine.body:
        whole = button(t("Read the saved text"), "read", f"{letter}:")
        blocks.append(actions(whole, block="saved.text"))
    return blocks


def _facts(t: Words, draft: Draft) -> list[str]:
    goal = "" if draft.goal is None else t.number(draft.goal)
    shown = {
        t.p("of a letter", "Title"): escape(isolate(draft.title)),
        t("Summary"): escape(isolate(draft.summary)),
        t("From"): escape(isolate(draft.sender)),
        t("Addressed to"): escape(isolate(draft.addressee)),
        t("Subject"): escape(isolate(draft.subject)),
        t("Deadline"): moment(t, draft.deadline),
        t("Who can sign"): escape(isolate(_signer_labels(t)[draft.signers])),
        t("Goal"): escape(isolate(goal)),
        t("Extra time"): grace_words(t, draft.grace),
        t("The letter"): escape(isolate(clip(draft.body, MOST_SHOWN))),
    }
    return [f"{escape(label)}: {words}" for label, words in shown.items()]


def _body(t: Words, body: str, version: int) -> dict[str, Any]:
    if not fits_form(body):
        return context(
            escape(
                t(
                    "This text is too long to edit here, so it stays as it is. To change it, "
                    "delete this draft and ask the person who runs Undersigned to import the "
                    "new text."
                )
            )
        )
    element: dict[str, Any] = {"type": "rich_text_input", "action_id": "value", "min_lines": 8}
    if body:
        element["initial_value"] = markdown_to_rich_text(body)
    hint = t("The full text, without the title or the names.")
    # The id changes with the text, because a field keeps what was typed in it.
    field = f"body.{version}" if version else "body"
    return field_block(field, t("The letter"), element, hint=hint)


def _signer_labels(t: Words) -> dict[Signers, str]:
    return {
        Signers.EVERYONE: t("People and organisations"),
        Signers.PEOPLE: t("People only"),
        Signers.ORGANISATIONS: t("Organisations only"),
    }


def discarding(t: Words, letter: Letter) -> View:
    """Return the window that asks whether to delete a draft."""
    name, title = t("Delete the draft"), isolate(clip(letter.title, 120))
    lost = t("No one has signed “{title}”. You can’t undo this.", title=title)
    sure = confirm(t, name, lost, danger=True)
    delete = button(name, "discard", str(letter.id), style="danger", confirm=sure)
    return modal(name, [section(title_line(letter)), actions(delete)], close=t("Cancel"))


def discarded(t: Words, title: str) -> View:
    """Return the confirmation of a deletion. Closing it also closes the outdated views below."""
    view = modal(t("Deleted"), [section(f"*{escape(isolate(title))}*")], close=t("Done"))
    return view | {"clear_on_close": True}


def too_long_words(t: Words) -> str:
    """Return why a message is too long to become a letter in Slack, and what to do instead."""
    return t(
        "This text is too long to edit in Slack. Save it as a Markdown or text file and ask "
        "the person who runs Undersigned to import it. You’ll get it as a draft, and can post "
        "it from here."
    )


def no_words(t: Words) -> str:
    """Return the error that a message without text cannot become a letter."""
    return t("This message has no text to turn into a letter. Choose another message.")
