"""Direct messages to people invited to sign, each answered in one click."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.features.invitations.use_cases import answers
from bot.features.invitations.use_cases.answers import Addressee
from bot.letters.endorsement import Kind
from bot.letters.invitation import AUTHORS, OPEN, SAYINGS, Author, Invitation, InvitationState
from bot.letters.letter import Letter, Sight
from bot.letters.notices import LetterTopic, NoticeKind
from bot.letters.phases import Phase
from bot.letters.send_windows import NotNow
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    Message,
    actions,
    button,
    context,
    of_row,
    option,
    overflow,
    section,
)
from bot.slack.features import Edited, Envelope, Features
from bot.slack.text.escaping import clip, escape, isolate, moment, plain
from bot.slack.topic_messages import asked_now, over
from bot.slack.words.invitations import STATE_WORDS, own_words
from bot.slack.words.phases import counted_words, standing_words
from bot.use_cases.addressees import Asked, Reminding

MOST = 10
"""Most invitations in one message; each has a row of answers."""
REMINDER = "reminder"
"""Id of the block that only reminders have."""


def register(features: Features) -> None:
    """Register the message to people invited to sign."""
    features.on_message(NoticeKind.INVITATION, _first, invited)
    features.on_message(LetterTopic.DEADLINE_SOONER, _awaiting, _closes_sooner)
    for kind in (NoticeKind.INVITATION, LetterTopic.DEADLINE_SOONER):
        features.on_edit(kind, stands, lambda t, found: edited(t, found, invited))


async def _first(envelope: Envelope) -> Addressee | NotNow | None:
    return await answers.first(
        envelope.database,
        letter=envelope.subject["letter"],
        person=envelope.person,
    )


async def _awaiting(envelope: Envelope) -> Addressee | None:
    return await answers.awaiting(
        envelope.database, letter=envelope.subject["letter"], person=envelope.person
    )


def _closes_sooner(t: Words, addressee: Addressee) -> Message:
    said = t("The letter is now closed. You said that you were waiting for approval.")
    if addressee.phase.takes_signatures:
        said = t("The deadline is now earlier. You said that you’re waiting for approval.")
    text, blocks = invited(t, addressee)
    return f"{said} {text}", [section(said), *blocks]


async def stands(envelope: Envelope) -> Addressee | Asked | None:
    """Return the current state for an edit of the message; None if the letter was deleted."""
    return await answers.standing(
        envelope.database, letter=envelope.subject["letter"], person=envelope.person
    )


def edited(
    t: Words,
    found: Addressee | Asked,
    say: Callable[[Words, Addressee], Message],
    ask: Callable[[Words, Letter], Message] | None = None,
) -> Edited | None:
    """Return the edit of a sent message, which `say` writes as long as it can change again.

    `ask` writes the message to somebody who is not on the list of those invited.
    """
    if isinstance(found, Asked):
        return asked_now(t, found, ask)
    return Edited(say(t, found), last=found.has_signed or found.phase is Phase.CANCELLED)


def is_over(addressee: Addressee) -> bool:
    """Return whether nothing can be answered any more: all have signed, or the letter ended."""
    return addressee.has_signed or not addressee.phase.takes_signatures


def answered_invitation(t: Words, addressee: Addressee) -> Message:
    """Return the message without buttons: what was signed, or the letter's state."""
    if addressee.has_signed:
        shown = _first_ones(addressee.invitations)
        thanks = [STATE_WORDS[one.state].thanks(t, one) for one in shown]
        said = "\n".join(one for one in thanks if one)
    else:
        said = standing_words(t, addressee.letter, addressee.phase)
    return over(addressee.letter, said)


def invited(t: Words, addressee: Addressee, *, picking: str = "") -> Message:
    """Return the first message with current answers; `picking` is the id with a date picker."""
    return _message(t, addressee, reminds=False, picking=picking)


def reminded(t: Words, addressee: Addressee, *, picking: str = "", words: str = "") -> Message:
    """Return a reminder: the message with Remind me later, Stop reminders and other `words`."""
    return _message(t, addressee, reminds=True, picking=picking, words=words)


def _message(
    t: Words, addressee: Addressee, *, reminds: bool, picking: str, words: str = ""
) -> Message:
    if is_over(addressee):
        return answered_invitation(t, addressee)
    letter, shown = addressee.letter, _first_ones(addressee.invitations)
    alone = len(addressee.invitations) == 1
    lead, title = _lead(t, addressee), escape(isolate(letter.title))
    own = words or addressee.invitations[0].words
    blocks: Blocks = [section(f"{lead}\n*{title}*"), *own_words(own)]
    if letter.summary:
        blocks.append({"type": "section", "text": plain(letter.summary)})
    standing = standing_words(t, letter, addressee.phase)
    blocks.append(section(f"{standing}\n{escape(counted_words(t, letter))}"))
    said = [_answer(t, addressee, one) for one in shown]
    for number, (invitation, answer) in enumerate(zip(shown, said, strict=True)):
        blocks += _invitation(t, invitation, answer, number, alone=alone)
        if picking == invitation.id:
            picker = {
                "type": "datepicker",
                "action_id": f"invitation.await:{invitation.id}",
                "placeholder": plain(t("When will you know?"), 150),
            }
            blocks.append(actions(picker, block=f"approval.{invitation.id}"))
    rest = len(addressee.invitations) - len(shown)
    if rest:
        more = t.n(
            "There is {count} more. It appears after you answer these.",
            "There are {count} more. They appear after you answer these.",
            rest,
        )
        blocks.append(context(more))
    hopes = any(invitation.state in OPEN for invitation in addressee.invitations)
    blocks += _foot(t, addressee, reminds=reminds and hopes)
    if hopes:
        blocks.append(context(_why(t, addressee, reminds=reminds)))
    answered = " ".join(words for words in said if words)
    quoted = escape(isolate(own)) if own else ""
    text = f"{lead} {title}. {quoted} {escape(isolate(letter.summary))} {standing} {answered}"
    return clip(" ".join(text.split()), 3900), blocks


def _answer(t: Words, addressee: Addressee, one: Invitation) -> str:
    if one.id not in addressee.others:
        return STATE_WORDS[one.state].thanks(t, one)
    seen = addressee.letter.seen is Sight.ALL
    who = escape(isolate(addressee.others[one.id])) if seen else t("Someone else")
    return t("{who} signed for it. To sign for it too, or to object, press *Sign*.", who=who)


def _first_ones(invitations: Sequence[Invitation]) -> list[Invitation]:
    """Return at most `MOST` invitations, open ones first."""
    return sorted(invitations, key=lambda invitation: invitation.state not in OPEN)[:MOST]


def _lead(t: Words, addressee: Addressee) -> str:
    letter, first = addressee.letter, addressee.invitations[0]
    who = escape(isolate(letter.sender)) if letter.sender else _organiser(t, addressee)
    if len(addressee.invitations) > 1:
        return t("You have more than one invitation to sign. From {who}:", who=who)
    if first.kind is Kind.ORGANISATION:
        name = f"*{escape(isolate(first.organisation))}*"
        return t("{organisation} is invited to sign. From {who}:", who=who, organisation=name)
    return t("You’re invited to sign. From {who}:", who=who)


def _organiser(t: Words, addressee: Addressee) -> str:
    return t("An organiser") if addressee.by is None else f"<@{addressee.by.user}>"


def _invitation(t: Words, invitation: Invitation, said: str, number: int, *, alone: bool) -> Blocks:
    """Return an invitation with its answer and buttons, in a row that fits a phone."""
    name = invitation.organisation or t("You")
    is_person = invitation.kind is Kind.PERSON
    role = t("You") if is_person else escape(isolate(invitation.organisation))
    lines = [] if alone else [f"*{role}*"]
    lines += [said] if said else []
    blocks: Blocks = [section("\n".join(lines))] if lines else []
    buttons: Blocks = []
    if alone:
        # Read is the first button, since nobody should sign an unread letter.
        read = button(t("Read letter"), "read", f"{invitation.letter}:")
        buttons += [read, _sign(t, invitation)]
    if invitation.state in OPEN:
        no = button(t("No, thank you"), "invitation.decline", invitation.id)
        buttons.append(no if alone else of_row(no, name, number))
        buttons.append(_more(t, invitation))
    return [*blocks, actions(*buttons, block=f"invitation.{invitation.id}")] if buttons else blocks


def _more(t: Words, invitation: Invitation) -> dict[str, Any]:
    """Return the menu of answers that keep the invitation open."""
    said = [
        option(STATE_WORDS[state].choice(t), saying.value)
        for state, saying in SAYINGS.items()
        if state in OPEN and Author.INVITED in AUTHORS[saying]
        # An awaited approval can get another day.
        if state is InvitationState.AWAITING or state is not invitation.state
    ]
    return overflow(f"invitation.more:{invitation.id}", said)


def _sign(t: Words, invitation: Invitation) -> dict[str, Any]:
    """Return the Sign button; its form preselects the invited organisation, if any."""
    return button(t("Sign"), f"sign:{invitation.id}", f"{invitation.letter}:", style="primary")


def _foot(t: Words, addressee: Addressee, *, reminds: bool) -> Blocks:
    """Return Read and Sign if there are several invitations, and a reminder's buttons."""
    number = str(addressee.letter.id)
    buttons: Blocks = []
    if len(addressee.invitations) > 1:
        buttons.append(button(t("Read letter"), "read", f"{number}:"))
        buttons.append(_sign(t, _first_ones(addressee.invitations)[0]))
    if reminds:
        buttons += reminder_buttons(t, addressee.letter, addressee.reminding)
    return [actions(*buttons, block=REMINDER if reminds else "letter")] if buttons else []


def reminder_buttons(t: Words, letter: Letter, reminding: Reminding) -> Blocks:
    """Return the buttons that postpone or stop reminders, or the one that has them on again."""
    number = str(letter.id)
    if reminding.off:
        return [button(t("Turn reminders on"), "remind.resume", number)]
    return [
        button(t("Remind me later"), "remind.later", number),
        button(t("Stop reminders"), "remind.stop", number),
    ]


def reminder_words(t: Words, reminding: Reminding) -> str:
    """Return what was chosen about reminders, or what their buttons do; `mrkdwn`."""
    if reminding.off:
        return t("Reminders for this letter are off.")
    if reminding.at is not None:
        return t("Next reminder: {when}.", when=moment(t, reminding.at))
    if reminding.later is None:
        return t(
            "*Remind me later* asks you again on your next working day. *Stop reminders* ends "
            "reminders and updates about this letter."
        )
    return t(
        "*Remind me later* asks you again on {day}. *Stop reminders* ends reminders and updates "
        "about this letter.",
        day=t.weekday(reminding.later),
    )


def _why(t: Words, addressee: Addressee, *, reminds: bool) -> str:
    why = t(
        "You’re getting this because {organiser} invited you to sign. Only the organisers see "
        "your answer, and you can change it at any time.",
        organiser=_organiser(t, addressee),
    )
    return f"{why} {reminder_words(t, addressee.reminding)}" if reminds else why
