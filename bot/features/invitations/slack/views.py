"""An organiser's views of the invited, and the forms that change the list."""

from typing import Any

from bot.features.invitations.rules import NOTE_MOST
from bot.features.invitations.slack.messages import day_words
from bot.features.invitations.slack.words import name_words, pipeline_words, state_words
from bot.features.invitations.use_cases.invitations import Entered, InvitationPage
from bot.letters.invitation import Invitation, InvitationState, Saying
from bot.letters.letter import Letter
from bot.letters.lines import COUNTRY_MOST, NAME_MOST
from bot.letters.phases import SIGNABLE, Phase
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
from bot.slack.pagination import arrows
from bot.slack.payloads import remember
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.letter_list import title_line

View = dict[str, Any]

PAGE = 12
"""Asks a page."""
MOST_PEOPLE = 30
"""People that may be chosen at once: each is looked up while the organiser waits."""
UNTIL, REMOVE = "until", "remove"
"""The choices that open a form; the others are values of `Saying`."""


def page(t: Words, found: InvitationPage, said: str = "") -> View:
    """One page of those who were invited, with the counts of all.

    Args:
        t: The organiser's words.
        found: The page.
        said: What has just been done, as `mrkdwn`.
    """
    letter = found.letter
    blocks: Blocks = [section(title_line(letter))]
    if said:
        blocks.append(section(f":white_check_mark: {said}"))
    if found.counts:
        blocks.append(section(pipeline_words(t, found.counts)))
        blocks.append({"type": "divider"})
    else:
        blocks.append(section(_nobody(t)))
    for invitation in found.invitations:
        blocks += _row(t, invitation, may_change=found.may_change)
    blocks += _foot(t, found)
    return modal(
        t("Those who were asked"),
        blocks,
        close=t("Close"),
        callback="invitations",
        meta=remember(letter=letter.id, page=found.number),
    )


def _nobody(t: Words) -> str:
    return t(
        "Nobody is on this list yet. Put people of this workspace or organisations on it: each gets "
        "one message to answer in one click, and reminders go to those who have not answered, "
        "instead of to everybody in the letter’s channels."
    )


def _row(t: Words, invitation: Invitation, *, may_change: bool) -> Blocks:
    row = section(
        f"*{name_words(t, invitation)}*\n{state_words(t, invitation)}",
        f"invitation.{invitation.id}",
    )
    if may_change:
        row["accessory"] = {
            "type": "overflow",
            "action_id": "invitations.change",
            "options": [
                option(words, f"{what}:{invitation.id}") for what, words in _changes(t, invitation)
            ],
        }
    return (
        [row, context(t("Note: {note}", note=escape(isolate(invitation.note))))]
        if invitation.note
        else [row]
    )


def _changes(t: Words, invitation: Invitation) -> list[tuple[str, str]]:
    """List the changes that an organiser can make to an invitation, with their labels."""
    offered = [
        (InvitationState.READING, Saying.READ.value, t("They are reading it")),
        (None, UNTIL, t("They need approval until…")),
        (InvitationState.DECLINED, Saying.DECLINE.value, t("They declined")),
        (InvitationState.INVITED, Saying.PUT_BACK.value, t("They have not answered")),
    ]
    changes = [(what, words) for state, what, words in offered if state is not invitation.state]
    if invitation.state is InvitationState.SIGNED:
        changes = []
    return [*changes, (REMOVE, t("Take off the list…"))]


def _foot(t: Words, found: InvitationPage) -> Blocks:
    number, letter = found.number, found.letter.id
    blocks: Blocks = []
    buttons = arrows(
        t,
        "invitations.page",
        back=f"{letter}:{number - 1}" if number > 1 else None,
        on=f"{letter}:{number + 1}" if number < found.pages else None,
    )
    if found.pages > 1:
        which = t("Page {number} of {count}", number=t.number(number), count=t.number(found.pages))
        blocks.append(context(escape(which)))
    if buttons:
        blocks.append(actions(*buttons, block="turn"))
    tools: Blocks = []
    if found.may_change:
        tools.append(button(t("Ask people"), "invitations.people", str(letter), style="primary"))
        tools.append(button(t("Ask an organisation"), "invitations.organisation", str(letter)))
        tools.append(button(t("Invite from a list"), "invitations.paste", str(letter)))
    if found.counts:
        tools.append(button(t("Copy as a table"), "invitations.copy", str(letter)))
    return [*blocks, actions(*tools, block="tools")] if tools else blocks


def people_form(t: Words, letter: Letter) -> View:
    """Choose people of the workspace."""
    people = {
        "type": "multi_users_select",
        "action_id": "value",
        "max_selected_items": MOST_PEOPLE,
    }
    return _form(
        t,
        t("Ask people"),
        letter,
        [
            field_block("people", t("Whom do you ask?"), people, hint=_what_follows(t, letter)),
            _note(t),
        ],
        submit=t("Ask them"),
        callback="invitations.people",
    )


def organisation_form(t: Words, letter: Letter) -> View:
    """Name an organisation, and who is invited for it."""
    contact = {"type": "users_select", "action_id": "value"}
    return _form(
        t,
        t("Ask an organisation"),
        letter,
        [
            text_input("organisation", t("Organisation"), most=NAME_MOST),
            text_input("country", t("Country"), most=COUNTRY_MOST, optional=True),
            field_block(
                "person",
                t("Its contact in this workspace"),
                contact,
                optional=True,
                hint=_what_follows(t, letter),
            ),
            text_input(
                "contact",
                t("Or how it is reached elsewhere"),
                most=NAME_MOST,
                optional=True,
                hint=t("For you only: an address, or who talks with them. No message goes there."),
            ),
            _note(t),
        ],
        submit=t("Invitation"),
        callback="invitations.organisation",
    )


def _form(
    t: Words, title: str, letter: Letter, blocks: Blocks, *, submit: str, callback: str
) -> View:
    return modal(
        title,
        [section(title_line(letter)), *blocks],
        close=t("Never mind"),
        submit=submit,
        callback=callback,
        meta=remember(letter=letter.id),
    )


def _note(t: Words) -> dict[str, Any]:
    return text_input(
        "note",
        t("Note"),
        most=NOTE_MOST,
        optional=True,
        hint=t("Only the organisers of the letter see it."),
    )


def _what_follows(t: Words, letter: Letter) -> str:
    if letter.phase in SIGNABLE:
        return t("The bot writes to them at once, in your name, and they answer in one click.")
    return t("The bot writes to them when the letter is posted, and they answer in one click.")


def until_form(t: Words, letter: Letter, invitation: Invitation) -> View:
    """Ask until when somebody waits for an approval."""
    picker = {"type": "datepicker", "action_id": "value"}
    return modal(
        t("Approval until…"),
        [
            section(f"*{name_words(t, invitation)}*\n{title_line(letter)}"),
            field_block(
                "until",
                t("Until which day do they need approval?"),
                picker,
                hint=t("They are reminded only after that day."),
            ),
        ],
        close=t("Never mind"),
        submit=t("Save"),
        callback="invitations.until",
        meta=remember(letter=letter.id, invitation=invitation.id),
    )


def remove_form(t: Words, letter: Letter, invitation: Invitation) -> View:
    """Ask whether somebody shall really be taken off the list."""
    return modal(
        t("Take off the list"),
        [
            section(f"*{name_words(t, invitation)}*\n{title_line(letter)}"),
            section(
                t(
                    "What they answered and your note are forgotten, and no reminder goes to them. A "
                    "signature stays as it is."
                )
            ),
        ],
        close=t("Never mind"),
        submit=t("Take off"),
        callback="invitations.remove",
        meta=remember(letter=letter.id, invitation=invitation.id),
    )


def said_words(t: Words, invitation: Invitation) -> str:
    """Confirm what an organiser has just recorded; `mrkdwn`."""
    name = name_words(t, invitation)
    match invitation.state:
        case InvitationState.READING:
            return t("{name} is reading it.", name=name)
        case InvitationState.AWAITING:
            return t("{name} needs approval until {day}.", name=name, day=day_words(t, invitation))
        case InvitationState.DECLINED:
            return t("{name} declined: no reminder comes.", name=name)
        case InvitationState.SIGNED:
            return t("{name} has signed.", name=name)
        case InvitationState.INVITED:
            return t("{name} has not answered.", name=name)


def entered_words(t: Words, entered: Entered, letter: Letter, *, unreachable: int = 0) -> str:
    """Say what became of the new invitations; `mrkdwn`."""
    parts = [t.n("{count} is new on the list.", "{count} are new on the list.", entered.added)]
    if entered.changed:
        parts.append(t.n("{count} was changed.", "{count} were changed.", entered.changed))
    if entered.known:
        parts.append(
            t.n(
                "{count} was on it already and stays as it is.",
                "{count} were on it already and stay as they are.",
                entered.known,
            )
        )
    if unreachable:
        parts.append(
            t.n(
                "{count} cannot be written to: a bot, or an account that was closed.",
                "{count} cannot be written to: bots, or accounts that were closed.",
                unreachable,
            )
        )
    if entered.added and letter.phase in {Phase.DRAFT, Phase.FOUNDING}:
        parts.append(t("The messages go out when the letter is posted."))
    return " ".join(parts)


def removed_words(t: Words, invitation: Invitation) -> str:
    """Confirm that an invitation was removed; `mrkdwn`."""
    return t("{name} is off the list.", name=name_words(t, invitation))
