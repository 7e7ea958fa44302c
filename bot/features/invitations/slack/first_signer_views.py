"""An organiser's views for choosing first signers."""

from collections.abc import Sequence

from bot.features.invitations.slack.first_signer_messages import Chosen, first_signer
from bot.features.invitations.slack.views import Inviting
from bot.features.invitations.use_cases.first_signers import WORDS_MOST
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
    actions,
    button,
    context,
    field_block,
    modal,
    people_picker,
    section,
)
from bot.slack.text.escaping import escape, isolate, moment
from bot.slack.words.invitations import channels_field, when_field, words_field

MOST_AT_ONCE = 20
"""Most people chosen at once, because each is looked up while the organiser waits."""
_MOST_NAMED = 30


def form(t: Words, letter: Letter, chosen: Sequence[Person]) -> View:
    """Return the form for first signers; `chosen` are those chosen before."""
    blocks: Blocks = [
        section(t("Who should sign *{title}* first?", title=escape(isolate(letter.title)))),
        section(
            t(
                "Until you post the letter, only they and the organisers can read it. They can "
                "sign until *{deadline}*.",
                deadline=moment(t, letter.deadline),
            )
        ),
    ]
    if letter.phase is Phase.DRAFT:
        blocks.append(
            context(t(":lock: After this, signers are told or asked if the text changes."))
        )
    if chosen:
        blocks.append(context(t("Already invited: {people}", people=_mentions(chosen))))
    hint = t(
        "Each person gets a message with the buttons Sign and Read letter. You can include guests."
    )
    label = t("Add more first signers") if chosen else t("First signers")
    blocks += [
        field_block("people", label, people_picker(MOST_AT_ONCE), optional=True, hint=hint),
        channels_field(t),
        words_field(t, WORDS_MOST),
        when_field(t),
        actions(button(t("Preview"), "found.preview", str(letter.id)), block="tools"),
    ]
    return modal(
        t("First signers"),
        blocks,
        close=t("Cancel"),
        submit=t("Send invitations"),
        callback="invite",
        meta=Inviting(letter=letter.id, first=True).kept(),
    )


def preview(t: Words, chosen: Chosen) -> View:
    """Return a preview of the message, without its buttons."""
    _, blocks = first_signer(t, chosen)
    shown = [block for block in blocks if block["type"] != "actions"]
    return modal(t("Preview"), shown, close=t("Back"))


def _mentions(people: Sequence[Person]) -> str:
    named = ", ".join(f"<@{person.user}>" for person in people[:_MOST_NAMED])
    rest = len(people) - _MOST_NAMED
    return f"{named} + {rest}" if rest > 0 else named


def too_many(t: Words) -> str:
    """Return the error that too many people were chosen at once."""
    return t.n("Up to {count} person.", "Up to {count} people.", MOST_AT_ONCE)


def nobody(t: Words) -> str:
    """Return the error that none of the chosen people can get messages."""
    return t(
        "None of these people can get messages: they’re bots or deactivated accounts. Choose "
        "others."
    )


def chosen(t: Words, letter: Letter, people: Sequence[Person], *, left_out: int) -> View:
    """Return the confirmation that people were chosen; `left_out` of them cannot get messages."""
    said = t(
        ":white_check_mark: {people} can sign *{title}* now. They get a message.",
        people=_mentions(people),
        title=escape(isolate(letter.title)),
    )
    blocks: Blocks = [section(said)]
    if left_out:
        unreachable = t.n(
            "{count} of the people you chose can’t get messages (a bot or a deactivated account).",
            "{count} of the people you chose can’t get messages (bots or deactivated accounts).",
            left_out,
        )
        blocks.append(context(unreachable))
    blocks.append(context(escape(t("No one else can see it until you post it."))))
    # Close the views below as well, which show the letter as a draft.
    return modal(t("First signers"), blocks, close=t("Done")) | {"clear_on_close": True}
