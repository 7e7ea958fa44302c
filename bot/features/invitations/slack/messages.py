"""Direct messages to those who are invited to sign, each answered in one click."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.features.invitations.use_cases import answers
from bot.features.invitations.use_cases.answers import Addressee
from bot.letters.endorsement import Kind
from bot.letters.invitation import OPEN, Invitation, InvitationState
from bot.letters.notices import NoticeKind
from bot.letters.phases import SIGNABLE
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, actions, button, context, of_row, section
from bot.slack.features import Envelope, Features
from bot.slack.text.escaping import clip, date_token, escape, isolate, plain
from bot.slack.words.phases import counted_words, standing_words

MOST = 10
"""Of so many asks of one person each has a row of answers: more would not fit into a message."""
REMINDER = "reminder"
"""The block that only a reminder has."""


def register(features: Features) -> None:
    """Register the message to those who are invited to sign."""
    features.on_message(NoticeKind.INVITATION, _first, invited)


async def _first(envelope: Envelope) -> Addressee | None:
    return await answers.first(
        envelope.database, letter=envelope.subject["letter"], person=envelope.person
    )


def invited(t: Words, addressee: Addressee) -> Message:
    """The first message, and what becomes of it as they answer."""
    return _message(t, addressee, reminds=False)


def reminded(t: Words, addressee: Addressee, later: date | None = None) -> Message:
    """A reminder to somebody who was invited: the same answers, and how to be left in peace."""
    return _message(t, addressee, reminds=True, later=later)


def _message(
    t: Words, addressee: Addressee, *, reminds: bool, later: date | None = None
) -> Message:
    letter, shown = addressee.letter, _first_ones(addressee.invitations)
    takes = addressee.phase in SIGNABLE
    lead = _lead(t, addressee)
    title = escape(isolate(letter.title))
    blocks: Blocks = [section(f"{lead}\n*{title}*")]
    if letter.summary:
        blocks.append({"type": "section", "text": plain(letter.summary)})
    standing = standing_words(t, letter, addressee.phase)
    counted = escape(counted_words(t, letter)) if takes else ""
    blocks.append(section(f"{standing}\n{counted}".strip()))
    said = [_said(t, invitation) for invitation in shown]
    for number, (invitation, words) in enumerate(zip(shown, said, strict=True)):
        blocks += _invitation(
            t, invitation, words, number, alone=len(addressee.invitations) == 1, takes=takes
        )
    rest = len(addressee.invitations) - len(shown)
    if rest:
        more = t.n(
            "There is {count} more. It appears after you answer these.",
            "There are {count} more. They appear after you answer these.",
            rest,
        )
        blocks.append(context(more))
    hopes = takes and any(invitation.state in OPEN for invitation in addressee.invitations)
    blocks.append(_foot(t, addressee, signs=takes, reminds=reminds and hopes))
    why = _why(t, addressee, reminds=reminds and hopes, later=later)
    blocks.append(context(why))
    answered = " ".join(words for words in said if words)
    text = f"{lead} {title}. {escape(isolate(letter.summary))} {standing} {answered}"
    return clip(" ".join(text.split()), 3900), blocks


def _first_ones(invitations: Sequence[Invitation]) -> list[Invitation]:
    """Return as many as fit: those still open first, then the others."""
    return sorted(invitations, key=lambda invitation: invitation.state not in OPEN)[:MOST]


def _lead(t: Words, addressee: Addressee) -> str:
    letter, first = addressee.letter, addressee.invitations[0]
    who = escape(isolate(letter.sender)) if letter.sender else _organiser(t, addressee)
    if len(addressee.invitations) > 1:
        return t("You’re invited to sign, in more than one role. From {who}:", who=who)
    if first.kind is Kind.ORGANISATION:
        name = f"*{escape(isolate(first.organisation))}*"
        return t("{organisation} is invited to sign. From {who}:", who=who, organisation=name)
    return t("You’re invited to sign. From {who}:", who=who)


def _organiser(t: Words, addressee: Addressee) -> str:
    return t("An organiser") if addressee.by is None else f"<@{addressee.by.user}>"


def _invitation(
    t: Words, invitation: Invitation, said: str, number: int, *, alone: bool, takes: bool
) -> Blocks:
    """One invitation: what they said of it, and what they can say."""
    name = invitation.organisation or t("Yourself")
    lines = [] if alone else [f"*{_name(t, invitation)}*"]
    lines += [said] if said else []
    blocks: Blocks = [section("\n".join(lines))] if lines else []
    if not takes or invitation.state is InvitationState.SIGNED:
        return blocks
    buttons: Blocks = []
    if alone:
        buttons.append(_sign(t, invitation))
    if invitation.state is not InvitationState.READING:
        reading = button(t("I’m reading it"), "invitation.read", invitation.id)
        buttons.append(reading if alone else of_row(reading, name, number))
    buttons.append(_picker(t, invitation))
    if invitation.state is not InvitationState.DECLINED:
        no = button(t("No, thank you"), "invitation.decline", invitation.id)
        buttons.append(no if alone else of_row(no, name, number))
    blocks.append(actions(*buttons, block=f"invitation.{invitation.id}"))
    return blocks


def _name(t: Words, invitation: Invitation) -> str:
    if invitation.kind is Kind.ORGANISATION:
        return escape(isolate(invitation.organisation))
    return t("Yourself")


def _said(t: Words, invitation: Invitation) -> str:
    """Say what they answered, with thanks; `mrkdwn`."""
    organisation = invitation.kind is Kind.ORGANISATION
    match invitation.state:
        case InvitationState.INVITED:
            return ""
        case InvitationState.READING:
            return t(":eyes: Thanks for letting us know you’re reading it.")
        case InvitationState.AWAITING:
            return t(
                ":hourglass_flowing_sand: Thanks. You need approval by {day}. We won’t remind "
                "you before then.",
                day=day_words(t, invitation),
            )
        case InvitationState.DECLINED:
            return t(
                "You declined. Thanks for letting us know – we won’t remind you. You can still "
                "sign if you change your mind."
            )
        case InvitationState.SIGNED if organisation:
            return t(
                ":white_check_mark: {organisation} has signed. Thank you!",
                organisation=escape(isolate(invitation.organisation)),
            )
        case InvitationState.SIGNED:
            return t(":white_check_mark: You’ve signed. Thank you!")


def day_words(t: Words, invitation: Invitation) -> str:
    """The day until which an approval is awaited, for `mrkdwn`; empty where there is none."""
    if invitation.until is None:
        return ""
    # `until` is the end of that day.
    last_second = int(invitation.until.timestamp()) - 1
    return f"*{date_token(last_second, '{day_divider_pretty}', t.moment(invitation.until))}*"


def _sign(t: Words, invitation: Invitation) -> dict[str, Any]:
    """Return the button that opens the form on the organisation that is invited, if one is."""
    return button(t("Sign"), f"sign:{invitation.id}", f"{invitation.letter}:", style="primary")


def _picker(t: Words, invitation: Invitation) -> dict[str, Any]:
    words = (
        t("We need approval by…")
        if invitation.kind is Kind.ORGANISATION
        else t("I need approval by…")
    )
    return {
        "type": "datepicker",
        "action_id": f"invitation.await:{invitation.id}",
        "placeholder": plain(words, 150),
    }


def _foot(t: Words, addressee: Addressee, *, signs: bool, reminds: bool) -> dict[str, Any]:
    letter = addressee.letter
    number = str(letter.id)
    buttons: Blocks = []
    alone = len(addressee.invitations) == 1
    if signs and not (alone and addressee.invitations[0].state is not InvitationState.SIGNED):
        has_signed = all(
            invitation.state is InvitationState.SIGNED for invitation in addressee.invitations
        )
        buttons.append(
            button(t("My signature"), "sign", f"{number}:")
            if has_signed
            else _sign(t, _first_ones(addressee.invitations)[0])
        )
    buttons.append(button(t("Read letter"), "read", f"{number}:"))
    if reminds:
        buttons.append(button(t("Remind me later"), "remind.later", number))
        buttons.append(button(t("Stop reminders"), "remind.stop", number))
    return actions(*buttons, block=REMINDER if reminds else "letter")


def later_words(t: Words, later: date | None) -> str:
    """Say what the buttons of a reminder do; `later` is the day that the first one means."""
    if later is None:
        return t(
            "*Remind me later* asks you again on your next working day. *Stop reminders* ends "
            "reminders for this letter."
        )
    return t(
        "*Remind me later* asks you again on {day}. *Stop reminders* ends reminders for this "
        "letter.",
        day=t.weekday(later),
    )


def _why(t: Words, addressee: Addressee, *, reminds: bool, later: date | None) -> str:
    why = t(
        "You’re getting this because {organiser} invited you to sign. Only the organisers see "
        "your answer, and you can change it at any time.",
        organiser=_organiser(t, addressee),
    )
    if not reminds:
        return why
    ways = later_words(t, later)
    return f"{why} {ways}"
