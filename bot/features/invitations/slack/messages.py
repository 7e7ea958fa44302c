"""Direct messages to those who are asked for a signature, each answered in one click."""

from collections.abc import Sequence
from typing import Any

from bot.features.invitations.use_cases import answers
from bot.features.invitations.use_cases.answers import Asking
from bot.letters.endorsement import Kind
from bot.letters.invitation import OPEN, Ask, AskState
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic, NoticeKind
from bot.letters.phases import SIGNABLE
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, actions, button, context, section
from bot.slack.features import Envelope, Features
from bot.slack.text.escaping import clip, date_token, escape, isolate, plain
from bot.slack.topic_messages import on_failure
from bot.slack.words.phases import counted_words, standing_words

MOST = 10
"""Of so many asks of one person each has a row of answers: more would not fit into a message."""
REMINDER = "reminder"
"""The block that only a reminder has."""


def register(features: Features) -> None:
    """Register the message to those who are invited to sign."""
    features.on_message(NoticeKind.ASK, _first, asked)
    on_failure(features, LetterTopic.ASKS_NOT_TOLD, _asks_not_told)


async def _first(envelope: Envelope) -> Asking | None:
    return await answers.first(
        envelope.database, letter=envelope.subject["letter"], person=envelope.person
    )


def _asks_not_told(t: Words, title: str) -> str:
    return t("Some of those who are asked to sign *{title}* got no message.", title=title)


def asked(t: Words, asking: Asking) -> Message:
    """The first message, and what becomes of it as they answer."""
    return _message(t, asking, reminds=False)


def reminded(t: Words, asking: Asking) -> Message:
    """A reminder to somebody who was asked: the same answers, and how to be left in peace."""
    return _message(t, asking, reminds=True)


def _message(t: Words, asking: Asking, *, reminds: bool) -> Message:
    letter, shown = asking.letter, _first_ones(asking.asks)
    takes = asking.phase in SIGNABLE
    lead = _lead(t, asking)
    title = escape(isolate(letter.title))
    blocks: Blocks = [section(f"{lead}\n*{title}*")]
    if letter.summary:
        blocks.append({"type": "section", "text": plain(letter.summary)})
    standing = standing_words(t, letter, asking.phase)
    counted = escape(counted_words(t, letter)) if takes else ""
    blocks.append(section(f"{standing}\n{counted}".strip()))
    said = [_said(t, ask) for ask in shown]
    for ask, words in zip(shown, said, strict=True):
        blocks += _ask(t, letter, ask, words, alone=len(asking.asks) == 1, takes=takes)
    rest = len(asking.asks) - len(shown)
    if rest:
        more = t.n(
            "There is {count} more: it shows as soon as you have answered these.",
            "There are {count} more: they show as soon as you have answered these.",
            rest,
        )
        blocks.append(context(more))
    hopes = takes and any(ask.state in OPEN for ask in asking.asks)
    blocks.append(_foot(t, asking, signs=takes, reminds=reminds and hopes))
    why = _why(t, asking, reminds=reminds and hopes)
    blocks.append(context(why))
    answered = " ".join(words for words in said if words)
    text = f"{lead} {title}. {escape(letter.summary)} {standing} {answered}"
    return clip(" ".join(text.split()), 3900), blocks


def _first_ones(asks: Sequence[Ask]) -> list[Ask]:
    """Return as many as fit: those still open first, then the others."""
    return sorted(asks, key=lambda ask: ask.state not in OPEN)[:MOST]


def _lead(t: Words, asking: Asking) -> str:
    letter, first = asking.letter, asking.asks[0]
    who = escape(isolate(letter.asked_by)) if letter.asked_by else _organiser(t, asking)
    if len(asking.asks) > 1:
        return t("{who} asks for your signature, in more than one name:", who=who)
    if first.kind is Kind.ORGANISATION:
        name = f"*{escape(isolate(first.organisation))}*"
        return t("{who} asks for the signature of {organisation}:", who=who, organisation=name)
    return t("{who} asks for your signature:", who=who)


def _organiser(t: Words, asking: Asking) -> str:
    return t("An organiser") if asking.by is None else f"<@{asking.by.user}>"


def _ask(t: Words, letter: Letter, ask: Ask, said: str, *, alone: bool, takes: bool) -> Blocks:
    """One ask: what they said of it, and what they can say."""
    lines = [] if alone else [f"*{_name(t, ask)}*"]
    lines += [said] if said else []
    blocks: Blocks = [section("\n".join(lines))] if lines else []
    if not takes or ask.state is AskState.SIGNED:
        return blocks
    buttons: Blocks = []
    if alone:
        buttons.append(_sign(t, letter))
    if ask.state is not AskState.READING:
        buttons.append(button(t("I am reading it"), "ask.read", ask.id))
    buttons.append(_picker(t, ask))
    if ask.state is not AskState.DECLINED:
        buttons.append(button(t("No, thank you"), "ask.decline", ask.id))
    blocks.append(actions(*buttons, block=f"ask.{ask.id}"))
    return blocks


def _name(t: Words, ask: Ask) -> str:
    if ask.kind is Kind.ORGANISATION:
        return escape(isolate(ask.organisation))
    return t("You yourself")


def _said(t: Words, ask: Ask) -> str:
    """Say what they answered, with thanks; `mrkdwn`."""
    organisation = ask.kind is Kind.ORGANISATION
    match ask.state:
        case AskState.ASKED:
            return ""
        case AskState.READING:
            return t(":eyes: You are reading it. Thank you for taking the time.")
        case AskState.AWAITING:
            return t(
                ":hourglass_flowing_sand: You need approval until {day}. Thank you for saying so; "
                "no reminder comes before that.",
                day=day_words(t, ask),
            )
        case AskState.DECLINED:
            return t(
                "You said no. Thank you for saying so: no reminder comes, and if you change your mind "
                "you are welcome."
            )
        case AskState.SIGNED if organisation:
            return t(
                ":white_check_mark: {organisation} has signed. Thank you!",
                organisation=escape(isolate(ask.organisation)),
            )
        case AskState.SIGNED:
            return t(":white_check_mark: You have signed. Thank you!")


def day_words(t: Words, ask: Ask) -> str:
    """The day until which an approval is awaited, for `mrkdwn`; empty where there is none."""
    if ask.until is None:
        return ""
    # `until` is the end of that day.
    last_second = int(ask.until.timestamp()) - 1
    return f"*{date_token(last_second, '{date_short_pretty}', t.moment(ask.until))}*"


def _sign(t: Words, letter: Letter) -> dict[str, Any]:
    return button(t("Sign"), "sign", f"{letter.id}:", style="primary")


def _picker(t: Words, ask: Ask) -> dict[str, Any]:
    words = (
        t("We need approval until…")
        if ask.kind is Kind.ORGANISATION
        else t("I need approval until…")
    )
    return {
        "type": "datepicker",
        "action_id": f"ask.await:{ask.id}",
        "placeholder": plain(words, 150),
    }


def _foot(t: Words, asking: Asking, *, signs: bool, reminds: bool) -> dict[str, Any]:
    letter = asking.letter
    number = str(letter.id)
    buttons: Blocks = []
    alone = len(asking.asks) == 1
    if signs and not (alone and asking.asks[0].state is not AskState.SIGNED):
        has_signed = all(ask.state is AskState.SIGNED for ask in asking.asks)
        buttons.append(
            button(t("My signature"), "sign", f"{number}:") if has_signed else _sign(t, letter)
        )
    buttons.append(button(t("Read"), "read", f"{number}:"))
    if reminds:
        buttons.append(button(t("Later"), "remind.later", number))
        buttons.append(button(t("No more of these"), "remind.stop", number))
    return actions(*buttons, block=REMINDER if reminds else "letter")


def _why(t: Words, asking: Asking, *, reminds: bool) -> str:
    why = t(
        "You get this because {organiser} put you on the list of those who are asked to sign. Only "
        "the organisers of the letter see what you answer, and you can answer anew at any time.",
        organiser=_organiser(t, asking),
    )
    if not reminds:
        return why
    ways = t(
        "*Later* asks you again tomorrow; *No more of these* ends the reminders of this letter."
    )
    return f"{why} {ways}"
