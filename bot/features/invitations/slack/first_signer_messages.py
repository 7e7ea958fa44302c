"""The direct message to first signers, who sign before the card is public."""

import dataclasses
from dataclasses import dataclass

from bot.features.invitations.use_cases import first_signers
from bot.letters.letter import Letter
from bot.letters.notices import NoticeKind
from bot.letters.send_windows import NotNow
from bot.locales import Words
from bot.slack.block_kit import Blocks, Message, actions, button, section
from bot.slack.features import Edited, Envelope, Features
from bot.slack.text.escaping import clip, escape, isolate, plain
from bot.slack.topic_messages import asked_now
from bot.slack.words.invitations import own_words
from bot.slack.words.phases import standing_words
from bot.use_cases import addressees
from bot.use_cases.addressees import Asked


def register(features: Features) -> None:
    """Register the message to first signers."""
    features.on_message(NoticeKind.FIRST_SIGNER, _invited, first_signer)
    features.on_edit(NoticeKind.FIRST_SIGNER, _stands, _edited)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Content of a first signer's message: the letter, the organiser, and the organiser's words."""

    letter: Letter
    by: str
    words: str


async def _stands(envelope: Envelope) -> tuple[Asked, Chosen] | None:
    asked = await addressees.asked(
        envelope.database, letter=envelope.subject["letter"], person=envelope.person
    )
    if asked is None:
        return None
    subject = envelope.subject
    chosen = Chosen(letter=asked.letter, by=str(subject["by"]), words=str(subject["words"]))
    return asked, chosen


def _edited(t: Words, found: tuple[Asked, Chosen]) -> Edited | None:
    asked, chosen = found
    return asked_now(
        t, asked, lambda t, letter: first_signer(t, dataclasses.replace(chosen, letter=letter))
    )


async def _invited(envelope: Envelope) -> Chosen | NotNow | None:
    subject = envelope.subject
    letter = await first_signers.invited(
        envelope.database, letter=subject["letter"], person=envelope.person, by=subject["by"]
    )
    if not isinstance(letter, Letter):
        return letter
    return Chosen(letter=letter, by=str(subject["by"]), words=str(subject["words"]))


def first_signer(t: Words, chosen: Chosen) -> Message:
    """Return the message to a first signer, with the organiser's name and the deadline."""
    letter = chosen.letter
    said = t(
        "<@{user}> invites you to be one of the first to sign *{title}*, before it goes public.",
        user=chosen.by,
        title=escape(isolate(letter.title)),
    )
    value, until = f"{letter.id}:", standing_words(t, letter, letter.phase)
    blocks: Blocks = [section(said), *own_words(chosen.words)]
    if letter.summary:
        blocks.append({"type": "section", "text": plain(letter.summary)})
    blocks += [
        section(until),
        actions(
            button(t("Read letter"), "read", value),
            button(t("Sign"), "sign", value, style="primary"),
        ),
    ]
    spoken = [said, escape(isolate(chosen.words)), escape(isolate(letter.summary)), until]
    return clip(" ".join(one for one in spoken if one), 3900), blocks
