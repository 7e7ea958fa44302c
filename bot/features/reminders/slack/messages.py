"""The direct message that reminds somebody to sign."""

from dataclasses import dataclass
from datetime import date

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
from bot.use_cases.addressees import Asked


def register(features: Features) -> None:
    """Register the reminder message."""
    features.on_message(NoticeKind.REMINDER, _due, _write)
    features.on_edit(NoticeKind.REMINDER, _stands, _edited)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reminder:
    """Content of a reminder: a letter or an invitation, the day of "later", an organiser's words."""

    found: Letter | Addressee
    step: str
    later: date | None
    words: str


async def _due(envelope: Envelope) -> _Reminder | NotNow | None:
    database, person, letter = envelope.database, envelope.person, envelope.subject["letter"]
    found = await reminders.due_now(
        database, letter=letter, person=person, step=envelope.subject["step"]
    )
    if not isinstance(found, Letter):
        return found
    invited = await to_remind(database, letter=letter, person=person)
    later = await reminders.day_of_later(database, letter=letter, person=person)
    words = str(envelope.subject.get("words", ""))
    return _Reminder(
        found=invited or found, step=envelope.subject["step"], later=later, words=words
    )


async def _stands(envelope: Envelope) -> tuple[Addressee | Asked, str] | None:
    found = await invitation_messages.stands(envelope)
    return None if found is None else (found, str(envelope.subject.get("words", "")))


def _edited(t: Words, found: tuple[Addressee | Asked, str]) -> Edited | None:
    asked, words = found
    return invitation_messages.edited(
        t,
        asked,
        lambda t, addressee: invitation_messages.reminded(t, addressee, words=words),
        lambda t, letter: reminder(t, letter, words=words),
    )


def _write(t: Words, due: _Reminder) -> Message:
    if isinstance(due.found, Letter):
        return reminder(t, due.found, due.step, due.later, due.words)
    return invitation_messages.reminded(t, due.found, due.later, words=due.words)


def reminder(
    t: Words, letter: Letter, step: str = "", later: date | None = None, words: str = ""
) -> Message:
    """Return the reminder to somebody who has not signed, with buttons to postpone or stop it.

    `step` is the step's name, "" if it isn't known any more, `later` the day of the next reminder
    if they press "Remind me later", and `words` are an organiser's own.
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
            button(t("Remind me later"), "remind.later", number),
            button(t("Stop reminders"), "remind.stop", number),
            block="reminder",
        ),
        context(f"{_why(t, step)} {invitation_messages.later_words(t, later)}".lstrip()),
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
