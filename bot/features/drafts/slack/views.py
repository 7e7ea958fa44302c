"""An organiser's views before posting: form, preview, confirmation."""

from typing import Any

from bot.features.cards.slack.card import card
from bot.letters.draft import GOAL_MOST, SENDER_MOST, SUMMARY_MOST, TITLE_MOST, Draft
from bot.letters.letter import Letter, Signers
from bot.letters.phases import Phase
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    actions,
    button,
    context,
    field_block,
    modal,
    option,
    radio,
    section,
    text_input,
)
from bot.slack.letter_picker import command_button
from bot.slack.page_parts import page_arrows, page_foot
from bot.slack.payloads import remember
from bot.slack.text.escaping import escape, isolate
from bot.slack.text.graphemes import width
from bot.slack.text.letter_pages import pages
from bot.slack.text.rich_text import fits_form, markdown_to_rich_text
from bot.slack.words.deadlines import closing_words, deadline_field, grace_fields
from bot.use_cases.letter_lookup import Whole

View = dict[str, Any]


def form(t: Words, draft: Draft, *, letter: int = 0) -> View:
    """The form of a letter.

    A text that does not fit is left out of it, and stays as it is.

    Args:
        t: The organiser's words.
        draft: What the fields start with.
        letter: The number of the draft that is edited; 0 for a new letter.
    """
    blocks: Blocks = [
        _text("title", t("Title"), draft.title, TITLE_MOST),
        _text(
            "summary",
            t("Summary"),
            draft.summary,
            SUMMARY_MOST,
            optional=True,
            multiline=True,
            hint=t("What it asks, in a sentence or two: it stands on the card in the channel."),
        ),
        _text(
            "sender",
            t("Who asks"),
            draft.sender,
            SENDER_MOST,
            optional=True,
            hint=t("The coalition or the people behind the letter, as the card shall name them."),
        ),
        _body(t, draft.body),
        deadline_field(
            t("Deadline"),
            draft.deadline,
            t("In your own time zone; everybody else sees it in theirs."),
        ),
        *grace_fields(t, draft.grace),
        field_block("signers", t("Who may sign"), _signers(t, draft.signers)),
        _goal(t, draft.goal),
    ]
    return modal(
        t("Edit the letter") if letter else t("New letter"),
        blocks,
        close=t("Cancel"),
        submit=t("Save and preview"),
        callback="draft",
        meta=remember(letter=letter),
    )


def _text(
    field: str,
    label: str,
    value: str,
    most: int,
    *,
    optional: bool = False,
    multiline: bool = False,
    hint: str = "",
) -> dict[str, Any]:
    return text_input(
        field,
        label,
        value=value,
        # Slack may count an emoji as two: what is there already must fit.
        most=max(most, width(value)),
        optional=optional,
        multiline=multiline,
        hint=hint,
    )


def _body(t: Words, body: str) -> dict[str, Any]:
    if not fits_form(body):
        return context(
            escape(
                t(
                    "The text of this letter is too long to be edited here, and stays as it is. To "
                    "change it, throw this draft away and have the new text imported from a file: "
                    "`undersigned letters import`."
                )
            )
        )
    element: dict[str, Any] = {"type": "rich_text_input", "action_id": "value", "min_lines": 8}
    if body:
        element["initial_value"] = markdown_to_rich_text(body)
    hint = t("The whole letter, as long as it is; without the title and the names.")
    return field_block("body", t("The letter"), element, hint=hint)


def _signers(t: Words, chosen: Signers) -> dict[str, Any]:
    labels = {
        Signers.EVERYONE: t("People and organisations"),
        Signers.PEOPLE: t("People only"),
        Signers.ORGANISATIONS: t("Organisations only"),
    }
    options = {one.value: option(label, one.value) for one, label in labels.items()}
    return radio("value", options, chosen.value)


def _goal(t: Words, goal: int | None) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "number_input",
        "action_id": "value",
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": str(GOAL_MOST),
    }
    if goal is not None:
        element["initial_value"] = str(goal)
    hint = t("How many signatures you hope for. Leave it empty for no goal.")
    return field_block("goal", t("Goal"), element, optional=True, hint=hint)


def preview(t: Words, whole: Whole, number: int = 1) -> View:
    """A draft as people will see it: its card, and a page of the letter."""
    letter, dealt = whole.letter, pages(whole.body)
    number = min(max(number, 1), len(dealt))
    _, shown = card(t, letter, "", Phase.OPEN)
    late = closing_words(t, letter)
    blocks: Blocks = [
        section(
            t(
                "*Saved as draft #{number}.* Only its organisers see it until it is posted.",
                number=letter.id,
            )
        ),
        actions(
            button(t("Edit"), "preview.edit", str(letter.id)),
            command_button(t("Rules"), "rules", letter.id),
            command_button(t("First signers"), "found", letter.id),
            button(t("Throw away"), "preview.discard", str(letter.id)),
            block="draft",
        ),
        {"type": "divider"},
        context(escape(t("The card in the channel"))),
        # Without its buttons: here they would have nothing to act on.
        *(block for block in shown if block["type"] != "actions"),
        context(escape(t("Under it the buttons Sign, Read and Who signed"))),
        *([context(late)] if late else []),
        {"type": "divider"},
        context(escape(t("The letter, as Read shows it"))),
        *dealt[number - 1],
        *page_foot(
            t, number, len(dealt), page_arrows(t, "preview.page", letter, number, len(dealt))
        ),
    ]
    return modal(
        t("Preview"),
        blocks,
        close=t("Keep as draft"),
        submit=t("Post it"),
        callback="preview",
        meta=remember(letter=letter.id, text=letter.text_sha256),
    )


def discard_question(t: Words, letter: Letter) -> View:
    """Ask before a draft is thrown away."""
    return modal(
        t("Throw away?"),
        [
            section(
                t(
                    "*{title}* is a draft that nobody has signed. Thrown away, it cannot be "
                    "brought back.",
                    title=escape(isolate(letter.title)),
                )
            )
        ],
        close=t("Keep it"),
        submit=t("Throw away"),
        callback="discard",
        meta=remember(letter=letter.id),
    )


def discarded(t: Words, title: str) -> View:
    """After a draft was thrown away. Closing it closes what lies below, which is gone too."""
    view = modal(
        t("Thrown away"),
        [
            section(t("The draft *{title}* is gone.", title=escape(isolate(title)))),
            context(t("`/letter new` starts another one.")),
        ],
        close=t("Done"),
    )
    return view | {"clear_on_close": True}


def too_long_words(t: Words) -> str:
    """Why a message cannot become a letter here, and what can be done."""
    return t(
        "This text is too long to be edited in Slack. Save it as a Markdown or text file, and ask "
        "whoever runs Undersigned to import it for you with `undersigned letters import`; the draft "
        "is yours then, and you post it from here."
    )


def no_words(t: Words) -> str:
    """Why a message without words cannot become a letter."""
    return t(
        "There are no words in this message to make a letter of. Choose another one, or write the "
        "letter with `/letter new`."
    )
