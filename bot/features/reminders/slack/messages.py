"""The direct message that reminds somebody to sign."""

from bot.features.invitations.slack import messages as invitation_messages
from bot.features.invitations.use_cases.answers import Addressee, to_remind
from bot.features.reminders.use_cases import reminders
from bot.letters.letter import Letter
from bot.letters.notices import NoticeKind
from bot.letters.send_windows import NotNow
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, actions, button, context, section
from bot.slack.features import Edited, Envelope, Features
from bot.slack.text.escaping import clip, escape, isolate, plain
from bot.slack.words.invitations import own_words
from bot.slack.words.phases import counted_words, standing_words
from bot.use_cases import addressees
from bot.use_cases.addressees import Asked, Reminding

_Reminder = tuple[Addressee | Asked, str, str]
"""The recipient of a reminder with the letter, the name of its step, an organiser's own words."""


def register(features: Features) -> None:
    """Register the reminder message."""
    features.on_message(NoticeKind.REMINDER, _due, _write)
    features.on_edit(NoticeKind.REMINDER, _stands, _edited)


async def _due(envelope: Envelope) -> _Reminder | NotNow | None:
    database, person, letter = envelope.database, envelope.person, envelope.subject["letter"]
    found = await reminders.due_now(
        database, letter=letter, person=person, step=envelope.subject["step"]
    )
    if not isinstance(found, Letter):
        return found
    invited = await to_remind(database, letter=letter, person=person)
    asked = invited or await addressees.asked(database, letter=letter, person=person)
    return None if asked is None else _reminder(envelope, asked)


async def _stands(envelope: Envelope) -> _Reminder | None:
    found = await invitation_messages.stands(envelope)
    return None if found is None else _reminder(envelope, found)


def _reminder(envelope: Envelope, found: Addressee | Asked) -> _Reminder:
    subject = envelope.subject
    return found, str(subject["step"]), str(subject.get("words", ""))


def _edited(t: Words, due: _Reminder) -> Edited | None:
    found, step, words = due
    return invitation_messages.edited(
        t,
        found,
        lambda t, addressee: invitation_messages.reminded(t, addressee, words=words),
        lambda t, letter: reminder(t, letter, found.reminding, step, words),
    )


def _write(t: Words, due: _Reminder) -> Message:
    found, step, words = due
    if isinstance(found, Asked):
        return reminder(t, found.letter, found.reminding, step, words)
    return invitation_messages.reminded(t, found, words=words)


def reminder(
    t: Words, letter: Letter, reminding: Reminding, step: str = "", words: str = ""
) -> Message:
    """Return the reminder to somebody who has not signed, with buttons to postpone or stop it.

    `step` is the step's name, and `words` are an organiser's own.
    """
    title = escape(isolate(letter.title))
    asked = (
        t(
            "Reminder: you can still sign this letter. From {who}:",
            who=escape(isolate(letter.sender)),
        )
        if letter.sender
        else t("Reminder: you can still sign this letter:")
    )
    until = standing_words(t, letter, letter.phase)
    blocks: Blocks = [section(f"{asked}\n*{title}*"), *own_words(words)]
    if letter.summary:
        blocks.append({"type": "section", "text": plain(letter.summary)})
    number = str(letter.id)
    blocks += [
        section(f"{until}\n{escape(counted_words(t, letter))}"),
        actions(
            button(t("Read letter"), "read", f"{number}:"),
            button(t("Sign"), "sign", f"{number}:", style="primary"),
            *invitation_messages.reminder_buttons(t, letter, reminding),
            block="reminder",
        ),
        context(f"{_why(t, step)} {invitation_messages.reminder_words(t, reminding)}".lstrip()),
    ]
    spoken = [f"{asked} {title}.", escape(words), escape(isolate(letter.summary)), until]
    return clip(" ".join(spoken), 3900), blocks


def _why(t: Words, step: str) -> str:
    """Return why somebody whom nobody invited gets a reminder; "" if its step isn't known."""
    if not step:
        return ""
    if step.startswith("d"):
        return t("You’re getting this because you’re in a channel with this letter.")
    if step.startswith("later"):
        return t("You’re getting this because you asked to be reminded.")
    return t("You’re getting this because an organiser of this letter sent a reminder.")
