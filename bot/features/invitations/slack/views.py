"""An organiser's views of the invited, and the forms that change the list."""

from collections.abc import Sequence
from typing import Any

from bot.features.invitations.rules import NOTE_MOST, WORDS_MOST
from bot.features.invitations.slack.messages import invited
from bot.features.invitations.slack.words import name_words
from bot.features.invitations.use_cases.answers import Addressee
from bot.features.invitations.use_cases.invitations import Entered, InvitationPage
from bot.letters.entries import COUNTRY_MOST, NAME_MOST
from bot.letters.invitation import OPEN, SAYINGS, Invitation, InvitationState, answer_revision
from bot.letters.letter import Letter
from bot.letters.mail import is_address
from bot.letters.phases import Action
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
    overflow,
    people_picker,
    section,
    text_input,
)
from bot.slack.letter_picker import command_button
from bot.slack.models.shapes import OfLetter
from bot.slack.page_parts import page_arrows, page_foot
from bot.slack.text.escaping import TEXT_LIMIT, clip, escape, isolate, moment, plain
from bot.slack.windows import Part, Place, frame, may
from bot.slack.words.invitations import (
    STATE_WORDS,
    channels_field,
    pipeline_words,
    reach_words,
    when_field,
    words_field,
)
from bot.slack.words.phases import title_line


class Inviting(OfLetter):
    """State of the invitation form."""

    first: bool = False
    """True if the form asks for first signers."""
    again: bool = False
    """True if it invites those who signed the letter before."""
    mails: str | None = None
    """If it sends mails: the id of one invitation, or "" for all with an address."""
    pasting: object = None
    """The state of a pasted list, if it has one."""


PAGE = 50
"""Invitations on a page."""
MOST_PEOPLE = 30
"""Most people chosen at once, because each is looked up while the organiser waits."""
_MENU_MOST = 5
REMINDED = (InvitationState.INVITED, InvitationState.READING)
"""States of the invited who get reminders."""
UNTIL, REMOVE, ACCOUNT, MAIL = "until", "remove", "account", "mail"
"""Menu choices that ask for more, in the row or in a form; the others are of `Saying`."""


def page(t: Words, found: InvitationPage, said: str = "", asks: str = "") -> View:
    """Return a page of the invited, with the counts of all.

    `said` (`mrkdwn`) confirms the last action. `asks` (`what:invitation:…`) is a menu choice whose
    row asks for a day or a confirmation.
    """
    letter = found.letter
    blocks: Blocks = []
    buttons: Blocks = []
    if may(letter, Action.REMIND) and any(found.counts.get(state) for state in REMINDED):
        buttons.append(command_button(t("Remind"), "remind", letter.id, style="primary"))
    if found.may_change:
        style = None if buttons else "primary"
        buttons.append(button(t("Invite"), "invite", str(letter.id), style=style))
        buttons.append(button(t("Invite from a list"), "invitations.paste", str(letter.id)))
        if found.earlier is not None:
            last = t("Invite those who signed #{number}", number=found.earlier.id)
            buttons.append(button(last, "invite.again", str(letter.id)))
    if buttons:
        blocks.append(actions(*buttons, block="next"))
    if found.counts:
        blocks.append(section(pipeline_words(t, found.counts)))
        blocks.append(actions(_filter(t, found), block=f"filter.{found.state or ''}"))
    else:
        nobody = t(
            "No one is invited yet. Invite people from this workspace, or organisations. Each "
            "gets one message and can answer it with one click. We remind those who don’t answer. We "
            "also remind people in the channels, unless you change that in *Settings*."
        )
        blocks.append(section(nobody))
    for invitation in found.invitations:
        blocks += _row(t, found, invitation, asks)
    blocks += _foot(t, found)
    place = place_of(letter.id, found.state, found.number)
    return frame(t, letter, place, blocks, said=said)


def place_of(letter: int, state: InvitationState | None = None, number: int = 1) -> Place:
    """Return the place of a page of the invited, of all or of those in one state."""
    return Place(letter=letter, part=Part.INVITED, at=f"{state or ''}:{number}")


def _filter(t: Words, found: InvitationPage) -> dict[str, Any]:
    """Return a menu of the states that somebody is in; its values are places of the window."""
    said = {None: t("Show everyone")} | {
        state: STATE_WORDS[state].many(t, count) for state, count in found.counts.items()
    }
    options = {
        state: option(words, str(place_of(found.letter.id, state))) for state, words in said.items()
    }
    return {
        "type": "static_select",
        "action_id": "window:filter",
        "options": list(options.values()),
        "initial_option": options.get(found.state, options[None]),
    }


def _row(t: Words, found: InvitationPage, invitation: Invitation, asks: str) -> Blocks:
    accessory, may_change = None, found.may_change
    alone = invitation.person is None and invitation.state is InvitationState.INVITED
    by_mail = alone and found.has_addresses and is_address(invitation.contact)
    shown = f"{invitation.id}:{answer_revision(invitation)}"
    asked = asks.partition(":")[0] if may_change and invitation.id in asks else ""
    if asked == UNTIL:
        accessory = {
            "type": "datepicker",
            "action_id": f"invitations.until:{shown}",
            "placeholder": plain(t("When will they know?"), 150),
        }
    elif asked == REMOVE:
        follows = t(
            "This deletes their answer and your note, and stops reminders. If they signed, their "
            "signature stays."
        )
        sure = confirm(t, t("Remove"), follows, danger=True)
        remove = button(t("Remove"), "invitations.remove", shown, style="danger", confirm=sure)
        accessory = of_row(remove, invitation.organisation or invitation.name)
    elif asked == ACCOUNT:
        accessory = {
            "type": "users_select",
            "action_id": f"invitations.account:{shown}",
            "placeholder": plain(t("Account"), 150),
        }
    elif may_change:
        accessory = overflow("invitations.change", _changes(t, invitation, shown, by_mail=by_mail))
    said = f"*{name_words(t, invitation)}*\n{STATE_WORDS[invitation.state].state(t, invitation)}"
    if invitation.id in found.doubtful:
        said += "\n" + t(
            "Someone with this name signed. If it’s the person you invited, choose their account."
        )
    elif by_mail:
        said += "\n" + t("We can send them an email: press *Send by email*.")
    elif alone:
        said += "\n" + t("Write to them yourself.")
    elif invitation.account is None and invitation.person and invitation.state in OPEN:
        said += "\n" + _mail_words(t, invitation)
    if invitation.note:
        # In the same block: a window has room for a hundred.
        said = clip(f"{said}\n_{escape(isolate(invitation.note))}_", TEXT_LIMIT)
    return [section(said, f"invitation.{invitation.id}", accessory)]


def _mail_words(t: Words, invitation: Invitation) -> str:
    if invitation.mail_error == "barred":
        return t("They asked for no more emails to this address. Write to them another way.")
    if invitation.mail_error:
        return t(
            "The email to them came back, so check the address. To use another one, remove this "
            "row and invite them again."
        )
    if invitation.mailed_at is not None:
        return t("Sent by email: {when}.", when=moment(t, invitation.mailed_at))
    return t("We’re sending the email. It may wait for working hours, or for the letter to open.")


def _changes(
    t: Words, invitation: Invitation, shown: str, *, by_mail: bool
) -> list[dict[str, Any]]:
    # The reset to invited is the last option.
    states = sorted(SAYINGS, key=lambda state: state is InvitationState.INVITED)
    changes = [
        option(
            STATE_WORDS[state].choice(t),
            f"{UNTIL if state is InvitationState.AWAITING else SAYINGS[state].value}:{shown}",
        )
        for state in states
        if invitation.state is not InvitationState.SIGNED
        and (state is InvitationState.AWAITING or state is not invitation.state)
    ]
    if invitation.account is None and invitation.state is not InvitationState.SIGNED:
        # A menu has room for five options. Who got no message yet can't be reading.
        changes = changes[1 : _MENU_MOST - 2] if by_mail else changes[: _MENU_MOST - 2]
        if by_mail:
            changes.insert(0, option(t("Send by email…"), f"{MAIL}:{shown}"))
        changes.append(option(t("Choose account…"), f"{ACCOUNT}:{shown}"))
    return [*changes, option(t("Remove from list"), f"{REMOVE}:{shown}")]


def _foot(t: Words, found: InvitationPage) -> Blocks:
    letter = str(found.letter.id)
    of, _, _ = str(place_of(found.letter.id, found.state)).rpartition(":")
    buttons = page_arrows(t, "window", of, found.number, found.pages)
    blocks = page_foot(t, found.number, found.pages, buttons)
    tools: Blocks = []
    if found.may_change and found.has_addresses:
        tools.append(button(t("Send by email"), "invitations.mail", letter))
    elif found.may_change and found.has_outside:
        tools.append(button(t("Message to send"), "invitations.outside", letter))
    if found.counts:
        tools.append(command_button(t("Get the letter"), "export", found.letter.id))
    return [*blocks, actions(*tools, block="tools")] if tools else blocks


def invite_form(t: Words, letter: Letter, *, whole: bool = False) -> View:
    """Return the form for inviting people; `whole` adds rarely needed fields."""
    follows = t("They get a message when you post the letter.")
    if letter.phase.is_signable:
        follows = t("They get a message from the app that says you invited them.")
    tools = [
        button(t("Preview"), "invite.preview", str(letter.id)),
        button(t("Invite from a list"), "invitations.paste", str(letter.id)),
    ]
    if not whole:
        tools.append(button(t("More"), "invite.more", str(letter.id)))
    blocks: Blocks = [
        section(title_line(letter)),
        field_block("people", t("People"), people_picker(MOST_PEOPLE), optional=True, hint=follows),
        channels_field(t),
        text_input(
            "organisation",
            t("Organisation"),
            most=NAME_MOST,
            optional=True,
            hint=t("To invite an organisation, name it here and choose its contact person above."),
        ),
        *(_rare(t) if whole else []),
        words_field(t, WORDS_MOST),
        when_field(t),
        actions(*tools, block="tools"),
    ]
    return modal(
        t("Invite"),
        blocks,
        close=t("Cancel"),
        submit=t("Send invitations"),
        callback="invite",
        meta=Inviting(letter=letter.id).kept(),
    )


def mail_form(t: Words, letter: Letter, asked: Sequence[Invitation], one: str) -> View:
    """Return the form that sends invitations by mail, to all with an address or to `one`."""
    who = t.n("{count} person gets an email.", "{count} people get an email.", len(asked))
    has = t(
        "The email has the letter’s title and summary, your words, the deadline and a link to "
        "its page. Each address gets one invitation and then the letter’s reminders."
    )
    own = asked[0].words if len(asked) == 1 else ""
    if len(asked) > 1 and any(one.words for one in asked):
        has += " " + t("If you leave this empty, each email has the words of its invitation.")
    fields: Blocks = [context(has), words_field(t, WORDS_MOST, own), when_field(t)]
    return modal(
        t("Send by email"),
        [section(title_line(letter)), section(who), *(fields if asked else ())],
        close=t("Cancel"),
        submit=t("Send") if asked else None,
        callback="invite",
        meta=Inviting(letter=letter.id, mails=one).kept(),
    )


def _rare(t: Words) -> Blocks:
    return [
        text_input("country", t("Country"), most=COUNTRY_MOST, optional=True),
        text_input(
            "contact",
            t("Another way to reach them"),
            most=NAME_MOST,
            optional=True,
            hint=t("Such as an email address. We write to it only when you send an email."),
        ),
        text_input(
            "note",
            t.p("for organisers only", "Note"),
            most=NOTE_MOST,
            optional=True,
            hint=t("Only organisers see this."),
        ),
    ]


def preview(t: Words, addressee: Addressee) -> View:
    """Return a preview of an invitation, without its buttons."""
    _, blocks = invited(t, addressee)
    shown = [block for block in blocks if block["type"] != "actions"]
    return modal(t("Preview"), shown, close=t("Back"))


def said_words(t: Words, invitation: Invitation) -> str:
    """Return the confirmation of the state that an organiser has just recorded, as `mrkdwn`."""
    state = STATE_WORDS[invitation.state].state(t, invitation)
    return f"*{name_words(t, invitation)}* {state}"


def entered_words(t: Words, entered: Entered, letter: Letter, *, unreachable: int = 0) -> str:
    """Return the numbers of new, changed and known invitations, as `mrkdwn`."""
    parts: list[str] = []
    invited = entered.added - entered.signed
    if invited or not entered.signed:
        parts.append(t.n("{count} added.", "{count} added.", invited))
    if entered.signed:
        parts.append(
            t.n(
                "{count} has already signed, so we sent no message.",
                "{count} have already signed, so we sent them no message.",
                entered.signed,
            )
        )
    if entered.changed:
        parts.append(t.n("{count} updated.", "{count} updated.", entered.changed))
    if entered.known:
        known = t.n("{count} was already invited.", "{count} were already invited.", entered.known)
        parts.append(known)
    if unreachable:
        parts.append(
            t.n(
                "{count} can’t get messages (a bot or a deactivated account).",
                "{count} can’t get messages (bots or deactivated accounts).",
                unreachable,
            )
        )
    if reach := reach_words(t, entered.told, entered.alone):
        parts.append(f"{reach}.")
    if invited and letter.phase.is_unposted:
        parts.append(t("They get a message when you post the letter."))
    return " ".join(parts)
